"""What others may do that readers of Northside and of Quay, and the public, may not see, by the actions that do it.

Each takes the world and draws the rest; it returns the registrations that it made, if any, because the reader is going
to ask for them by id. Nothing here is about somebody in a way that the person shared with those readers: what they
signed again, all the same as before, neither.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.consent import queries as consents
from alongside.contacts import actions as contacts
from alongside.contacts.models import Contact, Note
from alongside.journey.models import Episode
from alongside.kernel import clock
from alongside.lives import actions as lives
from alongside.lives.rules import Told as Happened
from alongside.measures import actions as measures
from alongside.medication import actions as medication
from alongside.medication.rules import Told as Changed
from alongside.people import actions as persons
from alongside.people import queries as people
from alongside.people.rules import Correcting
from alongside.plan import actions as plan
from alongside.referral.actions import Wording
from alongside.screening import actions as screening
from alongside.screening.rules import Asked
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.twins import lived
from tests.twins.lived import Subject, World

Made = list[str]
NAMES = ("Quinn", "FXenon", "Fxenia", "Aaron", "Zoe")
SYSTEM = Access.system("hidden")


def somebody_new(world: World, draw: Random) -> Made:
    """Born the day, or called the name, that a reader looks for."""
    born = date(1988, 5, 17) if draw.random() < 0.5 else date(1970, 1, 1 + draw.randrange(28))
    one = lived.stay(world.riverside, _river(world), draw.choice(NAMES), birth_date=born)
    return [one.registration]


def the_same_human(world: World, draw: Random) -> Made:
    """Somebody of Northside attends, or attended, Riverside too; neither was told of the other."""
    one = lived.stay(world.riverside, _river(world), "Xenon", nhs_number=lived.NUMBER)
    if draw.random() < 0.5:
        lived.kept(one)
    if draw.random() < 0.3:
        ended = {"end_code": "completed_drug_free", "ended_on": clock.today(), "return_route": "Ring us"}
        transitions.discharge(
            episode=one.episode, version=Episode.objects.get(pk=one.episode).version, **ended, by=one.holder
        )
    return [one.registration]


def a_contact(world: World, draw: Random) -> Made:
    lived.kept(_hidden(world, draw))
    return []


def an_appointment(world: World, draw: Random) -> Made:
    lived.planned(_hidden(world, draw), days=draw.randrange(1, 20))
    return []


def a_move(world: World, draw: Random) -> Made:
    contact = Contact.objects.get(pk=_hidden(world, draw).ids["planned"])
    to = clock.now() + timedelta(days=draw.randrange(1, 20))
    contacts.move_contact(contact=contact.pk, starts_at=to, showed=contact.occurred_at, by=_river(world))
    return []


def an_identity_put_right(world: World, draw: Random) -> Made:
    one = _hidden(world, draw)
    identity, version = people.identity(one.registration, access=one.holder)
    changed = replace(identity, family_name=draw.choice(NAMES), nhs_number=lived.NUMBER)
    persons.correct_identity(registration=one.registration, identity=changed, version=version, by=one.holder)
    return []


def a_note_rewritten(world: World, draw: Random) -> Made:
    """Also of somebody who shares much, and not what they say in sessions."""
    one = draw.choice([*_hidden_ones(world), world.subjects["joined"]])
    note = Note.objects.filter(pk=one.ids["note"], superseded_by="").first()
    if note:
        contacts.correct_note(
            note=note.pk, text=f"Other words {draw.random()}", why=Correcting("A slip"), by=one.holder
        )
    return []


def what_they_live_with(world: World, draw: Random) -> Made:
    about = {"registration": _hidden(world, draw).registration, "by": _river(world)}
    draw.choice(
        [
            lambda: lives.record(told=Happened("relapse", clock.today()), **about),
            lambda: medication.record(told=Changed("Naltrexone", "started", clock.today()), **about),
            lambda: screening.record(asked=[Asked("sleep", "positive")], **about),
            lambda: plan.add_goal(words="Rest", **about),
            lambda: measures.record_response(instrument="gad7", total=20, completed_at=clock.now(), **about),
        ]
    )()
    return []


def an_agreement(world: World, draw: Random) -> Made:
    """With somebody else than who reads; also by somebody who shares much with who reads."""
    one = draw.choice([*_hidden_ones(world), world.subjects["joined"]])
    choice = factories.choice(recipient=Handle.service(world.harbour.id))
    sharing.agree(registration=one.registration, choice=choice, by=one.holder)
    return []


def the_same_agreed_again(world: World, _draw: Random) -> Made:
    """By whoever shares with who reads: what is open to them stays as it is, and when it was signed is not theirs."""
    one, handle = world.subjects["joined"], Handle.service(world.northside.id)
    [stands] = [each for each in consents.current(one.registration, access=one.holder) if each.recipient == handle]
    choice = factories.choice(stands.categories, recipient=handle, purpose=stands.purpose)
    sharing.agree(registration=one.registration, choice=choice, by=one.holder)
    return []


def a_refusal(world: World, draw: Random) -> Made:
    """Also of whoever reads, by somebody whom they know nothing of."""
    one = draw.choice(_hidden_ones(world))
    to = draw.choice([world.northside, world.harbour, world.quay])
    choice = factories.choice(recipient=Handle.service(to.id), effect=Effect.DENY, hard=draw.random() < 0.5)
    sharing.refuse(registration=one.registration, choice=choice, by=one.holder)
    return []


def a_withdrawal(world: World, draw: Random) -> Made:
    one = world.subjects["alone"]
    recipient = Handle.service(world.harbour.id)
    sharing.agree(registration=one.registration, choice=factories.choice(recipient=recipient), by=one.holder)
    sharing.stop(registration=one.registration, recipient=recipient, by=one.holder)
    return []


def a_referral(world: World, draw: Random) -> Made:
    wording = Wording(f"Words {draw.random()}", "To sleep")
    one = _hidden(world, draw)
    sharing.refer(registration=one.registration, to=world.harbour.id, wording=wording, by=one.holder)
    return []


def a_restriction(world: World, draw: Random) -> Made:
    access.restrict(registration=_hidden(world, draw).registration, restricted=True, by=SYSTEM)
    return []


def a_broken_glass(world: World, draw: Random) -> Made:
    session, until = f"gla_{draw.randrange(10**9)}", clock.now() + timedelta(hours=1)
    access.break_glass(registration=_hidden(world, draw).registration, session=session, until=until, by=SYSTEM)
    return []


def _river(world: World) -> Access:
    return world.subjects["alone"].holder


def _hidden_ones(world: World) -> list[Subject]:
    return [world.subjects["alone"], world.subjects["parted"]]


def _hidden(world: World, draw: Random) -> Subject:
    return draw.choice(_hidden_ones(world))


ACTS: dict[str, Callable[[World, Random], Made]] = {
    act.__name__.replace("_", " "): act
    for act in (
        somebody_new,
        the_same_human,
        a_contact,
        an_appointment,
        a_move,
        an_identity_put_right,
        a_note_rewritten,
        what_they_live_with,
        an_agreement,
        the_same_agreed_again,
        a_refusal,
        a_withdrawal,
        a_referral,
        a_restriction,
        a_broken_glass,
    )
}
