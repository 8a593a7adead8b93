"""The pages of an account, one entry of which is withheld: whichever place it would have had, no page says so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.access import actions as access
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.models import Glass
from alongside.access.rules import Handle, NeedKind
from alongside.audit.actions import number
from alongside.audit.models import Entry
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.people.rules import Typed
from alongside.safety.models import BrokenGlass
from alongside.safety.rules import Declaration, Withheld
from alongside.sharing import actions as sharing
from alongside.sharing import queries
from alongside.sharing.queries import Kind
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MOST, EVERY = 50, 103  # lines of a page; what may be read: two pages, and three lines of a third


def look(by, registration):
    reading.read(by, "people.views.person", lambda: people.header(registration, access=by))


@pytest.fixture
def jordan():
    """Somebody of Riverside, looked at 103 times by the desk and once, in an emergency that is withheld, by another."""
    with clock.at(START - HOUR):
        world = factories.partnership()
        for service in (world.northside, world.riverside):
            for role in ("privacy_lead", "administrator", "therapist"):
                service.sign_in(role)
        made = factories.registered(world.riverside)
        self_ = {"handle": Handle.self_(made), "service": world.riverside.id, "kind": NeedKind.SELF}
        access.add_need(registration=made, **self_, made_by="person", because=made, by=factories.SETTING_UP)
    with clock.at(START):
        desk = world.riverside.sign_in("administrator")
        for minute in range(EVERY):
            with clock.at(START + minute * MINUTE + MINUTE / 2):
                look(desk, made)
    with clock.at(START + 3 * HOUR):
        typed = Typed("Jordan", "Reed", date(1988, 5, 17))
        sharing.look_in_emergency(typed=typed, why=Declaration("Asleep"), by=world.northside.sign_in("therapist"))
        look(world.northside.sign_in("therapist"), made)
        lead = world.riverside.sign_in("privacy_lead")
        harm = Withheld("serious_harm", "He reads it")
        sharing.withhold(entry=BrokenGlass.objects.get(registration=made).pk, said=harm, by=lead)
    return world, made


def pages(by, registration, **more):
    asked = {"since": START - HOUR, "until": START + 24 * HOUR, "of": [Kind.LOOKED], "most": MOST + 1}
    return [queries.account(registration, **asked, **more, start=start, access=by) for start in (0, MOST, 2 * MOST)]


def person(world, registration):
    here = {"service": world.riverside.id, "name": "", "kind": "", "jurisdiction": "uk"}
    return Access.of_person("own_test", registration, **here)


@pytest.mark.parametrize("numbered", [False, True])
def test_whichever_place_it_would_have_had_each_page_is_full(jordan, numbered):
    world, registration = jordan
    if numbered:
        number()
    look = {"of": [Kind.LOOKED], "access": world.riverside.sign_in("privacy_lead"), "start": 0, "most": 200}
    period = {"since": START - HOUR, "until": START + 24 * HOUR}
    assert len([one for one in queries.account(registration, **period, **look) if one.withheld]) == 1
    entry = Entry.objects.get(act="shown", service=world.northside.id)
    for place in (0, 1, 24, 49, 50, 51, 99, 100, 101, 103):
        moment = START + (EVERY - place) * MINUTE
        Glass.objects.filter(registration=registration).update(from_at=moment, until_at=moment + MINUTE / 4)
        Entry.objects.filter(pk=entry.pk).update(at=moment)
        for by, more in (
            (person(world, registration), {}),
            (world.riverside.sign_in("privacy_lead"), {"to_give": True}),
        ):
            found = pages(by, registration, **more)
            assert [len(one) for one in found] == [MOST + 1, MOST + 1, 3]
            assert not [one for page in found for one in page if one.line.role == "therapist"]
