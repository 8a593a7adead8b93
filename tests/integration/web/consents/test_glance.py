"""Everything at a glance: what stands for each recipient and each kind of information, in words."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries
from alongside.consent.rules import Exception_
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import Period
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import browser, cost, words

pytestmark = pytest.mark.django_db
PLAN, DRINK, MOOD = "The shared plan: goals and actions", "What I drink and use", "My mood and anxiety scores"
OFFERED = [one.words for one in policy.categories().values() if one.offered]


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/glance/"


class _Cells(HTMLParser):
    """The rows of the table, each a list of words."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def table(client, at):
    """By recipient, by the beginning of a kind's words, what stands."""
    parser = _Cells()
    parser.feed(client.get(at).content.decode())
    first, *rows = [[cell.strip() for cell in row] for row in parser.rows]
    return {
        name: {row[0]: row[column] for row in rows if row[0] != "Change it"}
        for column, name in enumerate(first)
        if column
    }


def said(joint, at, client, name):
    found = table(client, at)
    [column] = [cells for called, cells in found.items() if called.startswith(name)]
    return {key: next(words for kind, words in column.items() if kind.startswith(key)) for key in (PLAN, DRINK, MOOD)}


def agree(joint, *kinds, **changes):
    who = changes.pop("recipient", Handle.service(joint.world.northside.id))
    choice = factories.choice(policy.categories_mask(*kinds), recipient=who, **changes)
    sharing.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)


def close(joint, who, *kinds, **changes):
    mask = policy.categories_mask(*kinds) if kinds else policy.all_categories()
    choice = factories.choice(mask, recipient=who, effect=Effect.DENY, **changes)
    sharing.refuse(registration=joint.riverside, choice=choice, by=joint.keyworker)


def test_every_kind_that_people_are_asked_about_is_a_row(joint, keyworker, at):
    [column] = table(keyworker, at).values()
    assert list(column) == OFFERED


@pytest.mark.parametrize(
    ("kinds", "changes", "plan", "drink"),
    [
        (["plan"], {}, "open", "not agreed"),
        (["plan", "use_pattern"], {}, "open", "open"),
        (["plan"], {"data": Period(datetime(2026, 1, 1, tzinfo=UTC))}, "open, in part", "not agreed"),
        (["plan"], {"exceptions": (Exception_(1 << 6, "practitioner:pra_1"),)}, "open, in part", "not agreed"),
        (["plan"], {"expires": clock.now() + timedelta(days=300)}, "open", "not agreed"),
        (["plan"], {"purpose": "research"}, "not agreed", "not agreed"),
    ],
)
def test_what_is_agreed(joint, keyworker, at, kinds, changes, plan, drink):
    sharing.stop(registration=joint.riverside, recipient=Handle.service(joint.world.northside.id), by=joint.keyworker)
    agree(joint, *kinds, **changes)
    found = said(joint, at, keyworker, "Northside")
    assert (found[PLAN], found[DRINK]) == (plan, drink)


@pytest.mark.parametrize(
    ("kinds", "hard", "plan", "drink"),
    [
        ((), False, "closed", "closed"),
        (("plan",), False, "closed", "open"),
        (("plan",), True, "closed, also in an emergency", "open"),
    ],
)
def test_a_no_goes_before_what_is_agreed(joint, keyworker, at, kinds, hard, plan, drink):
    close(joint, Handle.service(joint.world.northside.id), *kinds, hard=hard)
    found = said(joint, at, keyworker, "Northside")
    assert (found[PLAN], found[DRINK]) == (plan, drink)


def test_somebody_whom_it_is_closed_to_has_a_column_and_the_rest_is_their_services(joint, keyworker, at):
    close(joint, Handle.practitioner(joint.therapist.actor), "plan")
    found = said(joint, at, keyworker, joint.therapist.name)
    assert (found[PLAN], found[DRINK]) == ("closed", "as their service")


def test_what_is_closed_to_one_of_a_service_is_not_open_to_everybody_there(joint, keyworker, at):
    close(joint, Handle.practitioner(joint.therapist.actor), "plan")
    found = said(joint, at, keyworker, "Northside")
    assert (found[PLAN], found[DRINK]) == ("open, in part", "open")


@pytest.mark.parametrize("who", ["service", "team", "practitioner"])
def test_nor_is_what_is_closed_to_some_of_a_class(joint, keyworker, at, who):
    north = joint.world.northside
    agree(joint, "plan", "use_pattern", recipient=Handle.of_class("treating"))
    assert said(joint, at, keyworker, "Everybody")[PLAN] == "open"
    closed = {"service": north.id, "team": north.team, "practitioner": joint.therapist.actor}
    close(joint, f"{who}:{closed[who]}", "plan")
    found = said(joint, at, keyworker, "Everybody")
    assert (found[PLAN], found[DRINK]) == ("open, in part", "open")


def test_closed_to_a_colleague_of_our_own_says_nothing_of_another_service(joint, keyworker, at):
    close(joint, Handle.practitioner(joint.world.riverside.sign_in("privacy_lead").actor), "plan")
    assert said(joint, at, keyworker, "Northside")[PLAN] == "open"


def test_whoever_is_named_has_what_a_no_to_their_service_leaves(joint, keyworker, at):
    who = Handle.practitioner(joint.therapist.actor)
    agree(joint, "plan", "use_pattern", recipient=who)
    close(joint, Handle.service(joint.world.northside.id), "plan")
    found = said(joint, at, keyworker, joint.therapist.name)
    assert (found[PLAN], found[DRINK]) == ("closed", "open")


def test_the_column_of_somebody_says_where_they_work(joint, keyworker, at):
    close(joint, Handle.practitioner(joint.therapist.actor), "plan")
    assert f"{joint.therapist.name}, Northside Talking Therapies" in table(keyworker, at)


def test_on_paper_it_names_the_service_whose_record_it_is(keyworker, at):
    assert "for our record at Riverside Substance Use Service" in keyworker.text(at)


def test_a_class_has_a_column_and_what_it_opens_stands_with_its_services(joint, keyworker, at):
    choice = factories.choice(policy.categories_mask("test_results"), recipient=Handle.of_class("treating"))
    sharing.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)
    found = table(keyworker, at)
    assert {name.split(" ")[0] for name in found} == {"Northside", "Everybody"}
    assert all(column["My test results"] == "open" for column in found.values())
    assert "through what is agreed for: Everybody who treats me" in keyworker.text(at)


def test_it_leads_to_where_each_is_changed_and_a_no_taken_back(joint, keyworker, at):
    who = Handle.service(joint.world.northside.id)
    close(joint, who, "plan")
    [no] = [one for one in queries.in_force(joint.riverside, access=joint.keyworker) if one.refuses]
    page = keyworker.get(at).content.decode()
    for href in (f"/people/{joint.riverside}/sharing/agree/?with={joint.world.northside.id}", f"/{no.id}/stop/"):
        assert href in page
    lead = browser(joint.world.riverside, "privacy_lead")
    assert "Change it" not in words(lead.get(at))


def test_the_columns_of_services_are_the_same_for_everybody(joint, keyworker, at):
    other = factories.registered(joint.world.riverside)
    assert list(table(keyworker, f"/people/{other}/sharing/glance/")) == ["Northside Talking Therapies"]
    assert set(table(keyworker, f"/people/{other}/sharing/glance/")["Northside Talking Therapies"].values()) == {
        "not agreed"
    }


def test_each_service_reads_its_own_side_and_a_stranger_nothing(joint, at):
    therapist = browser(joint.world.northside, "therapist")
    close(joint, Handle.service(joint.world.northside.id), "plan")
    assert list(table(therapist, f"/people/{joint.northside}/sharing/glance/")) == ["Riverside Substance Use Service"]
    stranger = browser(factories.partnership().northside, "therapist")
    assert stranger.get(at).status_code == stranger.get("/people/reg_nobody/sharing/glance/").status_code == 404


def test_each_cell_says_its_kind_for_a_telephone_where_it_stands_under_its_recipient(keyworker, at):
    page = keyworker.get(at).content.decode()
    assert all(f'data-kind="{kind.replace("&", "&amp;")}"' in page for kind in OFFERED)


def test_it_costs_no_more_than_other_pages(keyworker, at):
    assert cost(keyworker, at) <= 12
