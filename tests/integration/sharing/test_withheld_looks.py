"""A look in an emergency that the person may not know of, until a second person has decided: and no longer."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.access import actions as access
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.people import queries as people
from alongside.people.rules import Typed
from alongside.safety import actions as safety
from alongside.safety import queries as withheld
from alongside.safety.models import BrokenGlass
from alongside.safety.rules import Declaration, Withheld
from alongside.sharing import actions as sharing
from alongside.sharing import queries
from alongside.sharing.queries import Kind
from alongside.tasks.models import Task
from tests import factories
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
HARM = Withheld("serious_harm", "He reads her account and knows then that she was brought in")
WHY = Declaration("Found unconscious; which medicines?")


@pytest.fixture
def both():
    with clock.at(START - HOUR):
        made = factories.partnership()
        for service in (made.northside, made.riverside):
            for role in ("privacy_lead", "administrator", "team_lead", "therapist"):
                service.sign_in(role)
    return made


@pytest.fixture
def jordan(both):
    """Known to Riverside, with a sign-in of their own; somebody of Northside looked at them."""
    with clock.at(START):
        made = factories.registered(both.riverside)
        self_ = {"handle": Handle.self_(made), "service": both.riverside.id, "kind": NeedKind.SELF}
        access.add_need(registration=made, **self_, made_by="person", because=made, by=factories.SETTING_UP)
    with clock.at(START + HOUR):
        typed = Typed("Jordan", "Reed", date(1988, 5, 17))
        sharing.look_in_emergency(typed=typed, why=WHY, by=both.northside.sign_in("therapist"))
        look(both.northside.sign_in("therapist"), made)
    with clock.at(START + 3 * HOUR):
        look(both.riverside.sign_in("administrator"), made)
    return made


def look(by, registration):
    with reading.reading(by, "person"):
        people.header(registration, access=by)


@pytest.fixture
def glass(jordan):
    return BrokenGlass.objects.get(registration=jordan).pk


def person(both, jordan):
    here = {"service": both.riverside.id, "name": "", "kind": "", "jurisdiction": "uk"}
    return Access.of_person("own_test", jordan, **here)


def lead(both):
    return both.riverside.sign_in("privacy_lead")


def account(by, registration, **more):
    asked = {"since": START - HOUR, "until": START + timedelta(days=30), "of": [Kind.LOOKED], "start": 0, "most": 50}
    return queries.account(registration, **(asked | more), access=by)


def withhold(both, glass, said=HARM):
    return sharing.withhold(entry=glass, said=said, by=lead(both))


def who(found):
    return [one.line.role for one in found]


def test_the_person_reads_a_look_in_an_emergency(both, jordan):
    assert who(account(person(both, jordan), jordan)) == ["administrator", "therapist"]


def test_a_look_that_is_withheld_is_not_in_the_persons_account(both, jordan, glass):
    withhold(both, glass)
    assert who(account(person(both, jordan), jordan)) == ["administrator"]
    assert withheld.looks_into(jordan, access=person(both, jordan)) == {}


def test_a_page_is_as_full_as_without_it(both, jordan, glass):
    """Else a line that is missing says that something was left out, and hides what stands behind it."""
    withhold(both, glass)
    with clock.at(START + 2 * HOUR - timedelta(minutes=1)):
        look(both.northside.sign_in("therapist"), jordan)
    with clock.at(START + timedelta(minutes=1)):
        look(both.riverside.sign_in("administrator"), jordan)
    assert who(account(person(both, jordan), jordan, most=2)) == ["administrator", "administrator"]
    assert who(account(person(both, jordan), jordan, start=1, most=2)) == ["administrator"]


def test_staff_read_it_marked(both, jordan, glass):
    withhold(both, glass)
    found = account(lead(both), jordan)
    assert [(one.line.role, one.withheld) for one in found] == [("administrator", False), ("therapist", True)]


def test_the_file_for_the_person_leaves_it_out(both, jordan, glass):
    by = browser(both.riverside, "privacy_lead")
    with clock.at(START + 4 * HOUR):
        path = f"/people/{jordan}/sharing/looked.csv"
        before = list(csv.reader(by.get(path).content.decode().splitlines()))
        withhold(both, glass)
        after = list(csv.reader(by.get(path).content.decode().splitlines()))
    assert [row[3] for row in before if "Therapist" in row]
    assert not [row for row in after if "Therapist" in row]


@pytest.mark.parametrize(("upheld", "reads"), [(True, ["administrator"]), (False, ["administrator", "therapist"])])
def test_a_second_person_decides(both, jordan, glass, upheld, reads):
    made = withhold(both, glass)
    sharing.review_withheld(withholding=made, upheld=upheld, by=both.riverside.sign_in("team_lead"))
    assert who(account(person(both, jordan), jordan)) == reads
    assert not Task.objects.filter(about=made, closed_at=None).exists()


def test_nobody_decides_about_their_own(both, jordan, glass):
    made = withhold(both, glass)
    with pytest.raises(NotAllowed):
        sharing.review_withheld(withholding=made, upheld=True, by=lead(both))
    with pytest.raises(NotThere):
        sharing.review_withheld(withholding=made, upheld=True, by=both.northside.sign_in("therapist"))


def test_without_a_decision_it_comes_back(both, jordan, glass):
    with clock.at(START + 4 * HOUR):
        made = withhold(both, glass)
    job = Access.system("tick")
    for after, lapsed in ((timedelta(days=4), 0), (timedelta(days=7, hours=10), 1), (timedelta(days=8), 0)):
        with clock.at(START + after):
            assert safety.lapse_looks(by=job) == lapsed
    assert who(account(person(both, jordan), jordan)) == ["administrator", "therapist"]
    with pytest.raises(Stale):
        sharing.review_withheld(withholding=made, upheld=True, by=both.riverside.sign_in("team_lead"))


def test_what_was_upheld_does_not_lapse(both, jordan, glass):
    with clock.at(START + 4 * HOUR):
        made = withhold(both, glass)
        sharing.review_withheld(withholding=made, upheld=True, by=both.riverside.sign_in("team_lead"))
    with clock.at(START + timedelta(days=30)):
        assert safety.lapse_looks(by=Access.system("tick")) == 0
    with pytest.raises(NotAllowed):
        safety.lapse_looks(by=lead(both))


def test_only_for_serious_harm_and_with_words(both, glass):
    for wrong in (Withheld("third_party", "Said so"), Withheld("serious_harm", " ")):
        with pytest.raises(Invalid):
            withhold(both, glass, wrong)


def test_only_whoever_oversees_the_service_whose_record_it_is(both, jordan, glass):
    for by, refused in (
        (both.riverside.sign_in("team_lead"), NotAllowed),
        (both.northside.sign_in("privacy_lead"), NotThere),
        (person(both, jordan), NotAllowed),
    ):
        with pytest.raises(refused):
            sharing.withhold(entry=glass, said=HARM, by=by)
    [attempt] = BrokenGlass.objects.exclude(pk=glass)
    with pytest.raises(NotThere):
        sharing.withhold(entry=attempt.pk, said=HARM, by=both.northside.sign_in("privacy_lead"))


def test_it_is_still_reviewed_and_ended_as_any_other(both, jordan, glass):
    withhold(both, glass)
    with clock.at(START + 5 * HOUR):
        safety.review_look(look=glass, verdict="appropriate", words="Asked the ward", by=lead(both))
    assert withheld.look(glass, access=lead(both)).settled


def test_on_the_pages(both, jordan, glass):
    by = browser(both.riverside, "privacy_lead")
    with clock.at(START + 4 * HOUR):
        page = by.send(
            f"/emergency/looks/{glass}/withhold/", follow=True, withhold="serious_harm", withhold_words="He reads it"
        )
        assert "It is withheld from them until somebody else has decided." in words(page)
        made = withheld.withheld([glass], access=lead(both))[glass]
        second = browser(both.riverside, "team_lead")
        assert "Saved." in words(second.send(f"/withheld/{made.id}/", follow=True, upheld="no"))
        assert "theirs to read again" in by.text(f"/emergency/looks/{glass}/")
