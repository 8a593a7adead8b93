"""Who was shown or told what about somebody: the account, and why it was open then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access import actions as access
from alongside.access import reading
from alongside.access.models import Line
from alongside.access.rules import Handle, NeedKind, Reason
from alongside.audit.actions import number
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.safety.rules import Push, Withheld
from alongside.sharing import actions as sharing
from alongside.sharing import queries
from alongside.sharing.queries import Kind
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 6, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def joint():
    with clock.at(START):
        return factories.JointJourney()


def look(reader, registration, at):
    with clock.at(at):
        reading.read(reader, "people.views.person", lambda: people.header(registration, access=reader))


def account(reader, registration, of=(Kind.LOOKED,), since=START, until=START + 24 * HOUR, start=0, most=50):
    asked = {"since": since, "until": until, "of": of, "start": start, "most": most}
    return queries.account(registration, **asked, access=reader)


def test_a_look_by_another_service_says_which_consent_opened_it(joint):
    """The consent is the one in force at that moment, also where it was taken back since."""
    [consent] = Line.objects.filter(registration=joint.riverside).values_list("because", flat=True)
    look(joint.therapist, joint.riverside, START + HOUR)
    with clock.at(START + 2 * HOUR):
        sharing.stop(registration=joint.riverside, recipient=recipient(joint), by=joint.keyworker)
    [found] = account(joint.keyworker, joint.riverside)
    assert (found.line.actor, found.line.service) == (joint.therapist.actor, joint.world.northside.id)
    assert found.line.kinds & policy.categories_mask("identity")
    assert found.line.policy == policy.edition()
    assert found.why.reasons == (Reason.CONSENT,)
    assert found.why.consents == (consent,)


def recipient(joint):
    return Handle.service(joint.world.northside.id)


def test_a_look_in_ones_own_service_says_the_need(joint):
    look(joint.keyworker, joint.riverside, START + HOUR)
    [found] = account(joint.keyworker, joint.riverside)
    assert (found.why.reasons, found.why.consents) == ((Reason.OWN_SERVICE,), ())
    assert found.why.needs[0] is NeedKind.CARE_TEAM


@pytest.mark.parametrize("numbered", [False, True])
def test_a_period_holds_its_first_instant_and_not_its_last(joint, numbered):
    for hours in (1, 2, 3):
        look(joint.keyworker, joint.riverside, START + hours * HOUR)
    if numbered:
        number()
    found = account(joint.keyworker, joint.riverside, since=START + HOUR, until=START + 3 * HOUR)
    assert [one.line.at for one in found] == [START + 2 * HOUR, START + HOUR]


def test_pages_follow_each_other_whatever_waits_for_its_position(joint):
    for minutes in range(7):
        look(joint.keyworker, joint.riverside, START + timedelta(minutes=minutes))
        if minutes == 3:
            number()
    pages = [account(joint.keyworker, joint.riverside, start=start, most=3) for start in (0, 3, 6, 9)]
    minutes = [[one.line.at.minute for one in page] for page in pages]
    assert minutes == [[6, 5, 4], [3, 2, 1], [0], []]


def test_what_was_told_and_sent_is_in_it(joint):
    push = Push("safeguarding", policy.categories_mask("safety"), "Alone", START, True, to_body="Desk", way="phone")
    with clock.at(START + HOUR):
        made = sharing.disclose(registration=joint.riverside, push=push, by=joint.keyworker)
    told, referred = account(joint.keyworker, joint.riverside, of=(Kind.TOLD, Kind.SENT))
    assert (told.line.subject, told.line.detail["basis"]) == (made, "safeguarding")
    assert referred.line.act == "referral.send"


def test_each_service_has_the_account_of_its_own_record_alone(joint):
    look(joint.therapist, joint.northside, START + HOUR)
    assert account(joint.keyworker, joint.riverside) == []
    assert len(account(joint.therapist, joint.northside)) == 1
    for registration in (joint.northside, "reg_nobody"):
        with pytest.raises(NotThere):
            account(joint.keyworker, registration)
    with pytest.raises(NotThere):
        account(joint.world.riverside.sign_in("administrator"), joint.riverside)


def test_what_is_withheld_from_the_person_is_not_in_their_account(joint):
    role = policy.roles()["person"]
    handle = Handle.self_(joint.riverside)
    access.add_need(
        registration=joint.riverside,
        handle=handle,
        service=joint.world.riverside.id,
        kind=NeedKind.SELF,
        made_by=joint.world.riverside.id,
        because=joint.riverside,
        by=factories.SETTING_UP,
    )
    hats = {"speaks_for": (handle,), "every_hat": (handle,), "own": role.own, "other": role.other}
    person = replace(joint.keyworker, actor="", role="person", purpose="own_access", teams=(), **hats)
    push = Push("safeguarding", policy.categories_mask("safety"), "Alone", START, True, to_body="Desk", way="phone")
    with clock.at(START + HOUR):
        open_one = sharing.disclose(registration=joint.riverside, push=push, by=joint.keyworker)
        harm = Withheld("serious_harm", "He reads it")
        kept = sharing.disclose(registration=joint.riverside, push=push, by=joint.keyworker, withheld=harm)
    whole = {one.line.subject for one in account(joint.keyworker, joint.riverside, of=(Kind.TOLD,))}
    assert whole == {open_one, kept}
    assert [one.line.subject for one in account(person, joint.riverside, of=(Kind.TOLD,))] == [open_one]


def test_a_denial_later_changes_nothing_about_why_it_was_open(joint):
    look(joint.therapist, joint.riverside, START + HOUR)
    with clock.at(START + 2 * HOUR):
        sharing.unlink(registration=joint.riverside, other=joint.northside, why=factories.APART, by=joint.keyworker)
    [found] = account(joint.keyworker, joint.riverside)
    assert found.why.reasons == (Reason.CONSENT,)
    assert contacts.timeline([joint.riverside], access=joint.keyworker) == []
