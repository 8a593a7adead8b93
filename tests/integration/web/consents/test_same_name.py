"""Two people of one name in one service are told apart wherever one of them is chosen, and what was read is theirs."""

import re
from datetime import date

import pytest

from alongside.consent import queries
from alongside.organisations import actions as organisations
from tests import factories
from tests.factories import SETTING_UP
from tests.integration.web.consents.test_by_name import BY_VOICE, KINDS, agreed, at, theirs
from tests.integration.web.own.signed_in import ADDRESS, read_back, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(settings):
    settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


def works(service, email, role="therapist", **changes):
    made = organisations.join(name="Kim Park", email=f"{email}@example.org", by=SETTING_UP)
    place = {"service": service.id, "team": service.team, "role": role} | changes
    organisations.assign_role(practitioner=made, **place, by=SETTING_UP)
    return made


def option(answer, value):
    """What a list calls somebody."""
    after = answer.content.decode().partition(f'value="practitioner:{value}"')[2].partition(">")[2]
    return re.sub(r"<[^>]*>", "", after[:300]).strip().partition("\n")[0].strip()


class TestTheyAreToldApart:
    def test_by_what_they_do(self, joint, keyworker):
        one, other = works(joint.world.northside, "a"), works(joint.world.northside, "b", role="team_lead")
        page = keyworker.get(at(joint))
        assert option(page, one) == "Kim Park, Northside Talking Therapies (Therapist, Adult team)"
        assert option(page, other) == "Kim Park, Northside Talking Therapies (Team lead, Adult team)"

    def test_by_a_code_where_nothing_else_differs(self, joint, keyworker):
        one, other = works(joint.world.northside, "a"), works(joint.world.northside, "b")
        page = keyworker.get(at(joint))
        assert option(page, one) == f"Kim Park, Northside Talking Therapies (Therapist, Adult team, code {one[-4:]})"
        assert option(page, one) != option(page, other)

    @pytest.mark.parametrize("where", ["but_not", "close", "own"])
    def test_on_every_page(self, joint, keyworker, where):
        here = joint.world.northside
        one, other = works(here, "a"), works(here, "b", role="team_lead")
        if where == "own":
            page = signed_in(joint, browser(here, "therapist"), date(1988, 5, 17)).get("/own/sharing/close/")
        else:
            path = (
                at(joint, agreed(joint)[theirs(joint)].id)
                if where == "but_not"
                else at(joint).replace("named", "close")
            )
            page = keyworker.get(path)
        assert "(Therapist, Adult team)" in option(page, one)
        assert "(Team lead, Adult team)" in option(page, other)

    def test_whoever_has_the_name_alone_is_called_by_it(self, joint, keyworker):
        one = works(joint.world.northside, "a")
        works(joint.world.riverside, "b")
        assert option(keyworker.get(at(joint)), one) == "Kim Park, Northside Talking Therapies"

    def test_the_sentence_says_which(self, joint, keyworker):
        one, _other = works(joint.world.northside, "a"), works(joint.world.northside, "b", role="team_lead")
        page = keyworker.send(at(joint), recipient=f"practitioner:{one}", kinds=KINDS, **BY_VOICE)
        assert "“Kim Park, Northside Talking Therapies (Therapist, Adult team) may see" in words(page)


class TestWhatWasRead:
    def test_it_is_of_one_of_them(self, joint, keyworker, monkeypatch):
        """Also where both are called alike."""
        one, other = works(joint.world.northside, "a"), works(joint.world.northside, "b")
        monkeypatch.setattr("alongside.web.consents.recipients._apart", lambda found, _access: {})
        sent = {"kinds": KINDS} | BY_VOICE
        read = read_back(keyworker.send(at(joint), recipient=f"practitioner:{one}", **sent))
        page = keyworker.send(at(joint), recipient=f"practitioner:{other}", **sent, **read)
        assert "may see, to care for me" in words(page)
        assert f"practitioner:{other}" not in agreed(joint)
        keyworker.send(at(joint), recipient=f"practitioner:{one}", **sent, **read)
        assert f"practitioner:{one}" in agreed(joint)

    def test_also_in_the_persons_own_sign_in(self, joint, monkeypatch):
        here = joint.world.northside
        one, other = works(here, "a"), works(here, "b")
        monkeypatch.setattr("alongside.web.consents.recipients._apart", lambda found, _access: {})
        person = signed_in(joint, browser(here, "therapist"), date(1988, 5, 17))
        sent = {"share": "everything"}
        read = read_back(person.send("/own/sharing/close/", who=f"practitioner:{one}", **sent))
        person.send("/own/sharing/close/", who=f"practitioner:{other}", **sent, **read)
        live = queries.in_force(joint.northside, access=joint.therapist)
        assert not [refused for refused in live if refused.refuses]
        person.send("/own/sharing/close/", who=f"practitioner:{one}", **sent, **read)
        live = queries.in_force(joint.northside, access=joint.therapist)
        assert [refused.recipient for refused in live if refused.refuses] == [f"practitioner:{one}"]
