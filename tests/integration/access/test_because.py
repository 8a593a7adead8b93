"""An entry says by what another service's record was open: what the person agreed to, or a look in an emergency."""

import pytest

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.models import Line
from alongside.access.recalling import Then
from alongside.access.rules import Handle
from alongside.audit.models import Entry, Pseudonym
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER
from alongside.people import queries as people
from alongside.people.rules import Typed
from alongside.safety.rules import Declaration
from alongside.sharing import actions as sharing
from tests import factories

pytestmark = pytest.mark.django_db


def entry(access, *registrations):
    reading.read(access, "a list", lambda: people.headers(registrations, access=access))
    return Entry.objects.filter(act="shown", subject="a list").latest("pk")


def agreed(joint):
    """The consent by which Northside reads the record of Riverside now."""
    [line] = Line.objects.filter(registration=joint.riverside, recipient__startswith="service:", until_at=FOR_EVER)
    return line.because


def name(registration):
    return Pseudonym.objects.get(registration=registration).pseudonym


def test_what_was_agreed_is_named_for_the_record_of_another_service():
    joint = factories.JointJourney()
    made = entry(joint.therapist, joint.riverside, joint.northside)
    assert made.detail["because"] == [[name(joint.riverside), agreed(joint)]]


def test_it_is_what_the_specification_says_when_it_is_asked():
    joint = factories.JointJourney()
    made = entry(joint.therapist, joint.riverside)
    then = Then(made.service, made.actor, made.role, made.purpose, made.about[0][1], made.at)
    [why] = allowed.recalled(joint.riverside, [then], access=joint.world.riverside.sign_in("privacy_lead"))
    assert [[name(joint.riverside), one] for one in why.consents] == made.detail["because"]


def test_a_name_explains_nothing_that_was_shown_to_a_job_elsewhere():
    """Somebody is named in one partnership, and takes nothing of it to a job outside."""
    joint = factories.JointJourney()
    kim = Handle.practitioner(joint.therapist.actor)
    sharing.agree(registration=joint.riverside, choice=factories.choice(recipient=kim), by=joint.keyworker)
    elsewhere = factories.partnership().riverside.id
    then = Then(elsewhere, joint.therapist.actor, "therapist", "direct_care", 1, clock.now())
    [why] = allowed.recalled(joint.riverside, [then], access=joint.world.riverside.sign_in("privacy_lead"))
    assert (why.reasons, why.consents) == ((), ())


def test_the_own_record_needs_no_agreement():
    world = factories.partnership()
    registration = factories.registered(world.riverside)
    assert "because" not in entry(world.riverside.sign_in("keyworker"), registration).detail


def test_what_was_agreed_last_is_named():
    joint = factories.JointJourney()
    first = agreed(joint)
    there = joint.world.northside.id
    sharing.agree(
        registration=joint.riverside, choice=factories.choice(recipient=Handle.service(there)), by=joint.keyworker
    )
    [[_, named]] = entry(joint.therapist, joint.riverside).detail["because"]
    assert named == agreed(joint) != first


def test_an_emergency_is_named_by_its_look():
    both = factories.partnership()
    jordan = factories.registered(both.riverside)
    identity, _ = people.identity(jordan, access=both.riverside.sign_in("keyworker"))
    typed = Typed(identity.given_name, identity.family_name, identity.birth_date)
    sharing.look_in_emergency(typed=typed, why=Declaration("Found asleep"), by=both.northside.sign_in("therapist"))
    reader = both.northside.sign_in("therapist")
    [session] = (one for one in reader.speaks_for if one.startswith("glass:"))
    [[named, because]] = entry(reader, jordan).detail["because"]
    assert named == name(jordan)
    assert because == session.removeprefix("glass:")
