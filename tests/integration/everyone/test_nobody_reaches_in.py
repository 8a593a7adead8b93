"""Whoever has no business with a record cannot act on it by its id, and cannot tell that there is one.

The table has a row for every public action and every id that it takes; the list of those is read off the modules, so
that an action that is not in the table fails the test.
"""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import actions as consent
from alongside.consent.models import Consent
from alongside.consultation import actions as consultation
from alongside.consultation.rules import Reply
from alongside.contacts import actions as contacts
from alongside.contacts.models import Contact
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.lives import actions as lives
from alongside.measures import actions as measures
from alongside.measures.rules import Calendar
from alongside.medication import actions as medication
from alongside.people import actions as people
from alongside.people.rules import Correcting
from alongside.plan import actions as plan
from alongside.post import actions as post
from alongside.referral import actions as referral
from alongside.referral.actions import Wording
from alongside.safety import actions as safety
from alongside.safety.rules import Talk
from alongside.screening import actions as screening
from alongside.screening.rules import Asked, Step
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories
from tests.building import gates
from tests.building.test_gates import ALLOWED
from tests.integration.everyone.world import (
    DRINK,
    HARM,
    PLAN,
    World,
    changed,
    declining,
    everything,
    happened,
    looking,
    meeting_at,
    told,
    version,
)

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
WORDING, WHY = Wording("Low again", "To sleep"), Correcting("A slip of the pen")
# Parameters that name a record of somebody's, where they are text.
IDS = {"registration", "other", "episode", "about", "journey", "link", "contact", "response", "record", "note"}
IDS |= {
    "consultation",
    "goal",
    "action",
    "referral",
    "handover",
    "consent",
    "consent_id",
    "task",
    "prompt",
    "message",
    "ask",
    "screening",
    "event",
    "change",
    "disclosure",
    "received",
    "withholding",
    "entry",
    "attempt",
    "look",
    "hold",
}
WITHOUT_A_ROW = {
    "journey.open_episode referral": "the referral that `referral.accept` opens it for, and nobody else calls it",
}


@dataclass(frozen=True)
class Row:
    """Whose record it is, how one comes to be, and how `by` would act on it."""

    owner: str
    make: Callable[[World], str]
    act: Callable[[World, str, Access], object]


def riverside(make, act):
    return Row("riverside", make, act)


def northside(make, act):
    return Row("northside", make, act)


def overseers(make, act):
    """Of Riverside's privacy lead; outsiders are privacy leads, too."""
    return Row("overseers", make, act)


def keeping_to(room, w, one, by):
    named = w.keyworker.actor
    return room.restrict(registration=one, named=[named], keeper=named, reason="Works here", by=by)


def asked(name, make, **said):
    """An act of the asking side on a question."""
    act = getattr(consultation, name)
    return riverside(make, lambda w, one, by: act(consultation=one, version=_question(one), by=by, **said))


def answering(name, make, **said):
    act = getattr(consultation, name)
    return northside(make, lambda w, one, by: act(consultation=one, version=_question(one), by=by, **said))


def _question(one):
    return version("alongside_consultation.Consultation", one)


def theirs(w):
    return w.person.riverside


def choice(w):
    return factories.choice(recipient=Handle.service(w.northside.id))


def keeping(w, by, **changes):
    registration, episode = w.mine(by)
    usual = {"registration": registration, "episode": episode, "meeting": meeting_at(-HOUR), "attendance": "attended"}
    return usual | changes


def planning(w, by, **changes):
    registration, episode = w.mine(by)
    return {"registration": registration, "episode": episode, "meeting": meeting_at(WEEK)} | changes


def measuring(w, by, **changes):
    usual = {"registration": w.mine(by)[0], "instrument": "gad7", "total": 9, "completed_at": clock.now() - HOUR}
    return usual | changes


def using(w, by, **changes):
    return {"registration": w.mine(by)[0], "use": DRINK, "asked_at": clock.now() - HOUR} | changes


def tapped(w, by, **changes):
    days = Calendar("alcohol", clock.today(), [0] * 21 + [4] * 7)
    return {"registration": w.mine(by)[0], "calendar": days} | changes


def asks(_world, one, by):
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        measures.ask(registration=one, instruments=["phq9"], channel="email", by=by)


def invites(act, one, by, **more):
    with override_settings(DEMONSTRATION=True, ADDRESS="https://questions.example.org"):
        act(registration=one, by=by, **more)


def asks_more(room, one, by):
    room.ask_more(registration=one, kinds=PLAN, why="To plan together", until=clock.now() + WEEK, by=by)


def doing(w, by, **changes):
    due = (clock.now() + WEEK).date()
    return {"registration": w.mine(by)[0], "text": "Ring", "owner": by.actor, "due_on": due} | changes


def moved(w, one, by):
    showed = Contact.objects.filter(pk=one).values_list("occurred_at", flat=True).first() or clock.now()
    contacts.move_contact(contact=one, starts_at=clock.now() + WEEK, showed=showed, by=by)


def ended(w, one, by, act, **more):
    said = {"end_code": "completed_drug_free", "ended_on": clock.today()}
    act(episode=one, **said, version=version("alongside_journey.Episode", one), by=by, **more)


def stands(registration):
    """The ids of every choice that holds: what a page of them was drawn from."""
    return list(Consent.objects.filter(registration=registration, status="active").values_list("pk", flat=True))


ROWS = {
    "consent.give registration": riverside(
        theirs, lambda w, one, by: consent.give(registration=one, choice=choice(w), by=by)
    ),
    "consent.withdraw consent": riverside(World.consent, lambda w, one, by: consent.withdraw(consent=one, by=by)),
    "consultation.ask registration": riverside(
        theirs,
        lambda w, one, by: consultation.ask(
            registration=one,
            answering_service=w.northside.id if by.service != w.northside.id else w.riverside.id,
            text="Slowly?",
            by=by,
        ),
    ),
    "consultation.accept consultation": answering("accept", World.asked),
    "consultation.redirect consultation": northside(
        World.accepted,
        lambda w, one, by: consultation.redirect(
            consultation=one, team=w.northside.team, version=_question(one), by=by
        ),
    ),
    "consultation.ask_back consultation": answering("ask_back", World.accepted, text="Since when?"),
    "consultation.clarify consultation": asked("clarify", World.clarifying, text="Since May"),
    "consultation.answer consultation": answering("answer", World.accepted, recommendations=["Slowly"]),
    "consultation.reply consultation": riverside(
        World.answered,
        lambda w, one, by: consultation.reply(consultation=one, replies=[Reply(1, "taken")], by=by),
    ),
    "consultation.close consultation": asked("close", World.replied, outcome="helped"),
    "consultation.withdraw consultation": asked("withdraw", World.asked),
    "consultation.hand_back consultation": answering("hand_back", World.accepted),
    "contacts.correct_contact contact": riverside(
        World.kept,
        lambda w, one, by: contacts.correct_contact(
            contact=one, meeting=meeting_at(-HOUR), attendance="attended", why=WHY, by=by
        ),
    ),
    "contacts.withhold_note note": riverside(
        lambda w: w.of_a_contact("alongside_contacts.Note"),
        lambda w, one, by: contacts.withhold_note(note=one, said=HARM, by=by),
    ),
    "contacts.wrong_person contact": riverside(
        World.kept, lambda w, one, by: contacts.wrong_person(contact=one, why=WHY, by=by)
    ),
    "contacts.correct_note note": riverside(
        lambda w: w.of_a_contact("alongside_contacts.Note"),
        lambda w, one, by: contacts.correct_note(note=one, text="Work", why=WHY, by=by),
    ),
    "contacts.plan_contact registration": riverside(
        theirs, lambda w, one, by: contacts.plan_contact(**planning(w, by, registration=one), by=by)
    ),
    "contacts.plan_contact episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: contacts.plan_contact(**planning(w, by, episode=one), by=by),
    ),
    "contacts.move_contact contact": riverside(World.planned, moved),
    "contacts.cancel contact": riverside(
        World.planned, lambda w, one, by: contacts.cancel(contact=one, attendance="cancelled_by_person", by=by)
    ),
    "contacts.close_follow_up contact": riverside(
        World.missed, lambda w, one, by: contacts.close_follow_up(contact=one, outcome="reached", by=by)
    ),
    "contacts.record registration": riverside(
        theirs, lambda w, one, by: contacts.record(**keeping(w, by, registration=one), by=by)
    ),
    "contacts.record episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: contacts.record(**keeping(w, by, episode=one), by=by),
    ),
    "contacts.record contact": riverside(
        World.planned, lambda w, one, by: contacts.record(**keeping(w, by, contact=one), by=by)
    ),
    "journey.open_episode registration": riverside(
        World.unopened,
        lambda w, one, by: journey.open_episode(
            registration=one, team=w.riverside.team, received_on=clock.today(), by=by
        ),
    ),
    "journey.allocate episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: journey.allocate(episode=one, practitioner=by.actor, by=by),
    ),
    "journey.reviewed about": riverside(
        lambda w: w.person.riverside_episode, lambda w, one, by: journey.reviewed(about=one, by=by)
    ),
    "journey.reviewed about, a journey": northside(
        lambda w: w.person.accepted.journey, lambda w, one, by: journey.reviewed(about=one, by=by)
    ),
    "journey.record_problem episode": riverside(
        lambda w: w.person.riverside_episode, lambda w, one, by: journey.record_problem(episode=one, code="F32", by=by)
    ),
    "journey.end_episode episode": riverside(
        lambda w: w.person.riverside_episode, lambda w, one, by: ended(w, one, by, journey.end_episode)
    ),
    "measures.ask registration": riverside(World.reachable, asks),
    "measures.withdraw_ask ask": riverside(
        World.asked_to_answer, lambda w, one, by: measures.withdraw_ask(ask=one, by=by)
    ),
    "measures.record_response registration": riverside(
        theirs, lambda w, one, by: measures.record_response(**measuring(w, by, registration=one), by=by)
    ),
    "measures.record_response episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: measures.record_response(**measuring(w, by, episode=one), by=by),
    ),
    "measures.record_use registration": riverside(
        theirs, lambda w, one, by: measures.record_use(**using(w, by, registration=one), by=by)
    ),
    "measures.record_use episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: measures.record_use(**using(w, by, episode=one), by=by),
    ),
    "measures.record_calendar registration": riverside(
        theirs, lambda w, one, by: measures.record_calendar(**tapped(w, by, registration=one), by=by)
    ),
    "measures.record_calendar episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: measures.record_calendar(**tapped(w, by, episode=one), by=by),
    ),
    "measures.correct_response response": riverside(
        lambda w: w.of_a_contact("alongside_measures.Response"),
        lambda w, one, by: measures.correct_response(response=one, total=10, why=WHY, by=by),
    ),
    "measures.correct_use record": riverside(
        lambda w: w.of_a_contact("alongside_measures.UseRecord"),
        lambda w, one, by: measures.correct_use(record=one, use=DRINK, why=WHY, by=by),
    ),
    "measures.withdraw_wrong_person record": riverside(
        lambda w: w.of_a_contact("alongside_measures.Response"),
        lambda w, one, by: measures.withdraw_wrong_person(record=one, why=WHY, by=by),
    ),
    "people.correct_identity registration": riverside(
        theirs,
        lambda w, one, by: people.correct_identity(registration=one, identity=factories.SOMEBODY, version=1, by=by),
    ),
    "plan.add_goal registration": riverside(
        theirs, lambda w, one, by: plan.add_goal(registration=one, words="Sleep", by=by)
    ),
    "plan.end_goal goal": riverside(
        World.goal, lambda w, one, by: plan.end_goal(goal=one, reached=True, version=1, by=by)
    ),
    "plan.add_action registration": riverside(
        theirs, lambda w, one, by: plan.add_action(**doing(w, by, registration=one), by=by)
    ),
    "plan.add_action goal": riverside(World.goal, lambda w, one, by: plan.add_action(**doing(w, by, goal=one), by=by)),
    "plan.finish_action action": riverside(
        World.action, lambda w, one, by: plan.finish_action(action=one, done=True, version=1, by=by)
    ),
    "plan.hand_over_action action": riverside(
        World.action, lambda w, one, by: plan.hand_over_action(action=one, owner=w.therapist.actor, version=1, by=by)
    ),
    "plan.agree registration": riverside(
        lambda w: w.goal() and w.person.riverside,
        lambda w, one, by: plan.agree(registration=one, agreed_by="person", by=by),
    ),
    "post.settle message": riverside(World.not_sent, lambda w, one, by: post.settle(message=one, by=by)),
    "referral.send registration": riverside(
        theirs, lambda w, one, by: referral.send(registration=one, to=w.northside.id, wording=WORDING, by=by)
    ),
    "referral.accept referral": northside(
        World.waiting, lambda w, one, by: referral.accept(referral=one, practitioner=by.actor, by=by)
    ),
    "referral.decline referral": northside(
        World.waiting, lambda w, one, by: referral.decline(referral=one, decision=declining(), by=by)
    ),
    "referral.told referral": riverside(World.declined, lambda w, one, by: referral.told(referral=one, by=by)),
    "referral.withdraw referral": riverside(World.waiting, lambda w, one, by: referral.withdraw(referral=one, by=by)),
    "referral.sender_registration referral": northside(
        World.waiting, lambda w, one, by: referral.sender_registration(referral=one, by=by)
    ),
    "referral.given_with referral": northside(
        World.waiting, lambda w, one, by: referral.given_with(referral=one, by=by)
    ),
    "safety.disclose registration": riverside(
        theirs, lambda w, one, by: safety.disclose(registration=one, push=told(), by=by)
    ),
    "safety.read_received received": northside(
        World.received, lambda w, one, by: safety.read_received(received=one, by=by)
    ),
    "safety.withhold_disclosure disclosure": riverside(
        World.disclosed, lambda w, one, by: safety.withhold_disclosure(disclosure=one, said=HARM, by=by)
    ),
    "safety.withhold_received received": northside(
        World.received, lambda w, one, by: safety.withhold_received(received=one, said=HARM, by=by)
    ),
    "safety.review withholding": riverside(
        World.withheld, lambda w, one, by: safety.review(withholding=one, upheld=True, by=by)
    ),
    "safety.close prompt": riverside(
        World.answered_about_harm, lambda w, one, by: safety.close(prompt=one, talk=Talk("talked_about"), by=by)
    ),
    "lives.record registration": riverside(
        theirs, lambda w, one, by: lives.record(registration=one, told=happened(), by=by)
    ),
    "lives.correct event": riverside(
        World.happened, lambda w, one, by: lives.correct(event=one, told=happened(), why=WHY, by=by)
    ),
    "lives.wrong_person event": riverside(
        World.happened, lambda w, one, by: lives.wrong_person(event=one, why=WHY, by=by)
    ),
    "medication.record registration": riverside(
        theirs, lambda w, one, by: medication.record(registration=one, told=changed(), by=by)
    ),
    "medication.correct change": riverside(
        World.medicine, lambda w, one, by: medication.correct(change=one, told=changed(), why=WHY, by=by)
    ),
    "medication.wrong_person change": riverside(
        World.medicine, lambda w, one, by: medication.wrong_person(change=one, why=WHY, by=by)
    ),
    "screening.record registration": riverside(
        theirs, lambda w, one, by: screening.record(registration=one, asked=[Asked("mood", "negative")], by=by)
    ),
    "screening.take_on screening": riverside(
        World.screened, lambda w, one, by: screening.take_on(screening=one, steps=[Step("discussed")], by=by)
    ),
    "screening.correct screening": riverside(
        World.screened, lambda w, one, by: screening.correct(screening=one, found="negative", why=WHY, by=by)
    ),
    "screening.wrong_person screening": riverside(
        World.screened, lambda w, one, by: screening.wrong_person(screening=one, why=WHY, by=by)
    ),
    "people.hold registration": overseers(
        theirs, lambda w, one, by: people.hold(registration=one, reason="Inquest", by=by)
    ),
    "people.lift_hold hold": overseers(World.held, lambda w, one, by: people.lift_hold(hold=one, reason="Over", by=by)),
    "people.propose_erasure registration": overseers(
        World.long_gone, lambda w, one, by: people.propose_erasure(registration=one, reason="Old", died=None, by=by)
    ),
    "people.say_no registration": overseers(
        World.to_erase, lambda w, one, by: people.say_no(registration=one, reason="Needed", by=by)
    ),
    "people.waiting registration": overseers(
        World.to_erase, lambda w, one, by: people.waiting(registration=one, by=by)
    ),
    "sharing.propose_erasure registration": overseers(
        World.long_gone, lambda w, one, by: sharing.propose_erasure(registration=one, reason="Old", by=by)
    ),
    "sharing.keep registration": overseers(
        World.to_erase, lambda w, one, by: sharing.keep(registration=one, reason="Needed", by=by)
    ),
    "sharing.erase registration": overseers(
        World.to_erase_by_another, lambda w, one, by: sharing.erase(registration=one, word="erase", by=by)
    ),
    "sharing.agree registration": riverside(
        theirs, lambda w, one, by: sharing.agree(registration=one, choice=choice(w), by=by)
    ),
    "sharing.refuse registration": riverside(
        theirs, lambda w, one, by: sharing.refuse(registration=one, choice=choice(w), by=by)
    ),
    "sharing.agree_all registration": riverside(
        theirs, lambda w, one, by: sharing.agree_all(registration=one, choices=[choice(w)], by=by)
    ),
    "sharing.agree_several registration": riverside(
        theirs, lambda w, one, by: sharing.agree_several(registration=one, said=[[choice(w)]], seen=stands(one), by=by)
    ),
    "consent.check_drawn registration": riverside(
        theirs, lambda _w, one, by: consent.check_drawn(registration=one, seen=stands(one), by=by)
    ),
    "sharing.stop registration": riverside(
        theirs,
        lambda w, one, by: sharing.stop(registration=one, recipient=Handle.service(w.northside.id), by=by),
    ),
    "sharing.withdraw consent_id": riverside(World.consent, lambda w, one, by: sharing.withdraw(consent_id=one, by=by)),
    "sharing.refer registration": riverside(
        theirs, lambda w, one, by: sharing.refer(registration=one, to=w.northside.id, wording=WORDING, by=by)
    ),
    "sharing.accept_referral referral": northside(
        World.waiting, lambda w, one, by: sharing.accept_referral(referral=one, practitioner=by.actor, by=by)
    ),
    "sharing.invite registration": riverside(World.reachable, lambda _w, one, by: invites(sharing.invite, one, by)),
    "sharing.end_sign_in registration": riverside(
        World.invited, lambda _w, one, by: sharing.end_sign_in(registration=one, by=by)
    ),
    "sharing.show_less registration": riverside(theirs, lambda _w, one, by: sharing.show_less(registration=one, by=by)),
    "people.invite_proxy registration": riverside(
        World.reachable, lambda _w, one, by: invites(people.invite_proxy, one, by, proposed=looking())
    ),
    "sharing.invite_proxy registration": riverside(
        World.reachable, lambda _w, one, by: invites(sharing.invite_proxy, one, by, proposed=looking())
    ),
    "people.end_proxy registration": riverside(
        World.proxied, lambda w, one, by: people.end_proxy(registration=one, proxy=w.proxy, by=by)
    ),
    "sharing.end_proxy registration": riverside(
        World.proxied, lambda w, one, by: sharing.end_proxy(registration=one, proxy=w.proxy, by=by)
    ),
    "consent.ask_more registration": riverside(theirs, lambda _w, one, by: asks_more(consent, one, by)),
    "sharing.ask_more registration": riverside(World.signed_in, lambda _w, one, by: asks_more(sharing, one, by)),
    "safety.withhold_look look": overseers(
        World.into_riverside, lambda _w, one, by: safety.withhold_look(look=one, said=HARM, by=by)
    ),
    "people.invite registration": riverside(World.reachable, lambda _w, one, by: invites(people.invite, one, by)),
    "people.end_sign_in registration": riverside(
        World.invited, lambda _w, one, by: people.end_sign_in(registration=one, by=by)
    ),
    "sharing.disclose registration": riverside(
        theirs, lambda w, one, by: sharing.disclose(registration=one, push=told(), by=by)
    ),
    "sharing.withhold entry": riverside(
        World.disclosed, lambda w, one, by: sharing.withhold(entry=one, said=HARM, by=by)
    ),
    "sharing.withhold entry, of a note": riverside(
        lambda w: w.of_a_contact("alongside_contacts.Note"),
        lambda w, one, by: sharing.withhold(entry=one, said=HARM, by=by),
    ),
    "sharing.review_withheld withholding": riverside(
        World.withheld, lambda w, one, by: sharing.review_withheld(withholding=one, upheld=False, by=by)
    ),
    "safety.end attempt": riverside(World.looked, lambda w, one, by: safety.end(attempt=one, by=by)),
    "sharing.end_look attempt": riverside(World.looked, lambda w, one, by: sharing.end_look(attempt=one, by=by)),
    "safety.shut look": overseers(World.looked, lambda w, one, by: safety.shut(look=one, by=by)),
    "sharing.shut_look look": overseers(World.looked, lambda w, one, by: sharing.shut_look(look=one, by=by)),
    "safety.review_look look": overseers(
        World.to_review,
        lambda w, one, by: safety.review_look(look=one, verdict="appropriate", words="Rang the ward", by=by),
    ),
    "sharing.restrict registration": overseers(theirs, lambda w, one, by: keeping_to(sharing, w, one, by)),
    "people.restrict registration": overseers(theirs, lambda w, one, by: keeping_to(people, w, one, by)),
    "sharing.lift_restriction registration": overseers(
        World.kept_to_a_few, lambda w, one, by: sharing.lift_restriction(registration=one, reason="Left", by=by)
    ),
    "people.lift registration": overseers(
        World.kept_to_a_few, lambda w, one, by: people.lift(registration=one, reason="Left", by=by)
    ),
    "sharing.propose_same registration": riverside(
        World.twice, lambda w, one, by: sharing.propose_same(registration=one, other=w.second, reason="T", by=by)
    ),
    "sharing.propose_same other": riverside(
        World.again, lambda w, one, by: sharing.propose_same(registration=w.mine(by)[0], other=one, reason="T", by=by)
    ),
    "sharing.decide_same registration": riverside(
        World.proposed_same, lambda w, one, by: sharing.decide_same(registration=one, same=True, by=by)
    ),
    "sharing.confirm_same registration": riverside(
        World.same, lambda w, one, by: sharing.confirm_same(registration=one, by=by)
    ),
    "sharing.part_same registration": riverside(
        World.same, lambda w, one, by: sharing.part_same(registration=one, reason="Two", by=by)
    ),
    "sharing.unlink registration": riverside(
        theirs,
        lambda w, one, by: sharing.unlink(registration=one, other=w.person.northside, why=factories.APART, by=by),
    ),
    "sharing.unlink other": riverside(
        lambda w: w.person.northside,
        lambda w, one, by: sharing.unlink(registration=w.mine(by)[0], other=one, why=factories.APART, by=by),
    ),
    "transitions.propose_handover registration": northside(
        lambda w: w.person.northside,
        lambda w, one, by: transitions.propose_handover(registration=one, to=w.keyworker.actor, words="You", by=by),
    ),
    "transitions.accept_handover handover": riverside(
        World.handover, lambda w, one, by: transitions.accept_handover(handover=one, by=by)
    ),
    "transitions.return_handover handover": riverside(
        World.handover, lambda w, one, by: transitions.return_handover(handover=one, words="Not yet", by=by)
    ),
    "transitions.discharge episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: ended(w, one, by, transitions.discharge, return_route="Ring us"),
    ),
    "sharing.discharge episode": riverside(
        lambda w: w.person.riverside_episode,
        lambda w, one, by: ended(w, one, by, sharing.discharge, return_route="Ring us"),
    ),
    "consent.end_with_treatment registration": riverside(
        theirs, lambda _w, one, by: consent.end_with_treatment(registration=one, by=by)
    ),
}


def doors(functions: list[gates.Function]) -> set[str]:
    """`room.action parameter` of every id that a public action takes; those that only certain callers may use apart."""
    found = set()
    for one in functions:
        if one.kind == "actions" and one.public and one.key not in ALLOWED and one.name != "reroute":
            action = getattr(importlib.import_module(f"alongside.{one.room}.actions"), one.name)
            taken = inspect.signature(action).parameters.values()
            found |= {f"{one.room}.{one.name} {p.name}" for p in taken if p.name in IDS and p.annotation is str}
    return found - set(WITHOUT_A_ROW)


def test_every_id_that_an_action_takes_is_in_the_table():
    assert doors(gates.all_functions()) == {name.partition(",")[0] for name in ROWS}


def test_an_action_that_is_not_in_the_table_is_found():
    planted = gates.Function("plan", "actions", "end_goal", True, frozenset())
    assert doors([planted]) - {name for name in ROWS if name != "plan.end_goal goal"} == {"plan.end_goal goal"}


@pytest.mark.parametrize("name", ROWS)
def test_nobody_else_reaches_it(name):
    row, world = ROWS[name], World()
    one = row.make(world)
    nothing = f"{one.partition('_')[0]}_{'0' * 20}"
    _the_holder_may(world, row, one)
    for who, by in world.outsiders(row.owner).items():
        before = everything()
        answers = [_refused(lambda of: row.act(world, of, by), of) for of in (one, nothing)]  # noqa: B023 - called at once
        assert answers[0] == answers[1] == (NotThere, str(NotThere())), who
        assert everything() == before, who


def _the_holder_may(world: World, row: Row, one: str) -> None:
    """Or the row would prove nothing: it is for want of access that the others are refused."""
    with transaction.atomic():
        row.act(world, one, world.holder(row.owner))
        transaction.set_rollback(True)


def _refused(act: Callable[[str], object], of: str) -> tuple[type[Exception] | None, str]:
    try:
        act(of)
    except Exception as refusal:  # whatever it is, it must be the same for both
        return type(refusal), str(refusal)
    return None, "It was let through."


def test_an_action_that_lets_somebody_in_is_found(monkeypatch):
    """The same test, with the gate of one action taken away."""

    def anybodys(model, item, _version, _by):
        row = model.objects.filter(pk=item).first()
        if row is None:
            raise NotThere()
        return row

    monkeypatch.setattr(plan.goals, "own", anybodys)
    with pytest.raises(AssertionError, match="a third service"):
        test_nobody_else_reaches_it("plan.end_goal goal")
