"""Nothing is nowhere: walks through every room's acts at random, with the promise asked for after every step.

An act that the rules refuse is part of the walk; it must leave everything as it was.
"""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries as consents
from alongside.consultation import actions as consultation
from alongside.consultation import queries as questions
from alongside.consultation.rules import Urgency
from alongside.contacts import actions as contacts
from alongside.contacts import queries as meetings
from alongside.contacts.rules import Meeting
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError
from alongside.people.rules import Correcting
from alongside.plan import actions as plan
from alongside.plan import queries as plans
from alongside.referral import actions as referrals
from alongside.referral import queries as referred
from alongside.referral.actions import Wording
from alongside.referral.rules import Declining
from alongside.screening import actions as screening
from alongside.screening import queries as screened
from alongside.screening.rules import MOVES, Asked, Step
from alongside.sharing import actions as sharing
from alongside.sharing import queries
from alongside.tasks import actions as tasks
from alongside.transitions import actions as transitions
from alongside.transitions import queries as handovers
from tests import factories

pytestmark = pytest.mark.django_db
SYSTEM = Access.system("test")
STEPS = 30


class Walk:
    """Two services, one person on a joint journey, and whoever acts next drawn at random."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        both = factories.choice().categories
        self.person = factories.JointJourney(factories.partnership(), categories=both, back=both)
        self.sides = {
            self.person.keyworker.actor: (self.person.keyworker, self.person.riverside, self.person.therapist),
            self.person.therapist.actor: (self.person.therapist, self.person.northside, self.person.keyworker),
        }
        self.done = 0

    def step(self):
        by, own, other = self.draw.choice(list(self.sides.values()))
        act = self.draw.choice(ACTS)
        try:
            with transaction.atomic():
                act(self, by, own, other)
            self.done += 1
        except (AlongsideError, IndexError):
            pass  # the rules said no, or there was nothing to act on

    def soon(self):
        return clock.now() + timedelta(days=self.draw.randrange(1, 9))


def an_open_episode(own, by):
    episode = journeys.open_episode(own, access=by)
    if episode is None:
        raise IndexError("Everybody here was discharged.")
    return episode


def refer(walk, by, own, other):
    referrals.send(registration=own, to=other.service, wording=Wording("Low again", "To sleep"), by=by)


def decide(walk, by, own, other):
    waiting = walk.draw.choice(referred.to_triage(access=by))
    if walk.draw.random() < 0.3:
        sharing.accept_referral(referral=waiting.id, practitioner=by.actor, by=by)
    later = clock.today() + timedelta(days=30)
    decision = Declining("more_specialist", "Needs more than we have.", "Keyworker stays", "", later)
    referrals.decline(referral=waiting.id, decision=decision, by=by)


def tell(walk, by, own, other):
    referrals.told(referral=walk.draw.choice(referred.sent(access=by)).id, by=by)


def take_back(walk, by, own, other):
    referrals.withdraw(referral=walk.draw.choice(referred.sent(access=by)).id, by=by)


def book(walk, by, own, other):
    episode = an_open_episode(own, by)
    contacts.plan_contact(
        registration=own, episode=episode.id, meeting=Meeting("treatment", walk.soon(), "video"), by=by
    )


def keep(walk, by, own, other):
    booked = walk.draw.choice([one for one in meetings.timeline([own], access=by) if not one.attendance])
    with clock.at(booked.starts_at + timedelta(hours=2)):
        contacts.record(
            registration=own,
            episode=booked.episode,
            contact=booked.id,
            meeting=booked.meeting,
            attendance=walk.draw.choice(["attended", "did_not_attend", "cancelled_by_service"]),
            by=by,
        )


def follow_up(walk, by, own, other):
    contacts.close_follow_up(contact=walk.draw.choice(meetings.timeline([own], access=by)).id, outcome="reached", by=by)


def ask(walk, by, own, other):
    consultation.ask(
        registration=own, answering_service=other.service, text="Is it safe to start?", urgency=Urgency.SOON, by=by
    )


def move_question(walk, by, own, other):
    inbox = questions.inbox(access=by)
    line = walk.draw.choice([*inbox.to_answer, *inbox.to_reply, *inbox.waiting])
    version = line.version
    walk.draw.choice(
        [
            lambda: consultation.accept(consultation=line.id, version=version, by=by),
            lambda: consultation.ask_back(consultation=line.id, text="How much?", version=version, by=by),
            lambda: consultation.clarify(consultation=line.id, text="12 units.", version=version, by=by),
            lambda: consultation.answer(
                consultation=line.id, recommendations=["Yes, slowly"], text="", version=version, by=by
            ),
            lambda: consultation.close(consultation=line.id, outcome="Started", version=version, by=by),
            lambda: consultation.withdraw(consultation=line.id, version=version, by=by),
            lambda: consultation.hand_back(consultation=line.id, version=version, by=by),
        ]
    )()


def add_to_plan(walk, by, own, other):
    goal = plan.add_goal(registration=own, words="To sleep through", by=by)
    owner = walk.draw.choice([by.actor, other.actor])
    plan.add_action(
        registration=own, goal=goal, text="Ring the pharmacy", owner=owner, due_on=walk.soon().date(), by=by
    )


def finish_action(walk, by, own, other):
    goals = plans.plan([own], access=by).goals
    action = walk.draw.choice([one for goal in goals for one in goal.actions])
    plan.finish_action(action=action.id, done=True, version=action.version, by=by)


def screen(walk, by, own, other):
    found = walk.draw.choice(["positive", "positive", "negative", "did_not_say"])
    screening.record(registration=own, asked=[Asked(walk.draw.choice(["alcohol", "mood"]), found)], by=by)


def take_on(walk, by, own, other):
    found = walk.draw.choice([one for one in screened.screenings([own], access=by) if one.open])
    step = Step(walk.draw.choice(sorted(MOVES[found.state])), "Talked about it.")
    screening.take_on(screening=found.id, steps=[step], by=by)


def put_screening_right(walk, by, own, other):
    found = walk.draw.choice(screened.screenings([own], access=by))
    why = Correcting("A slip of the pen")
    if walk.draw.random() < 0.3:
        screening.wrong_person(screening=found.id, why=why, by=by)
    screening.correct(screening=found.id, found=walk.draw.choice(["positive", "negative"]), why=why, by=by)


def propose(walk, by, own, other):
    transitions.propose_handover(registration=own, to=other.actor, words="Over to you.", by=by)


def answer_handover(walk, by, own, other):
    everything = list(walk.sides.values())
    registrations = [registration for _, registration, _ in everything]
    waiting = walk.draw.choice(handovers.proposed(registrations, access=by))
    if walk.draw.random() < 0.5:
        transitions.accept_handover(handover=waiting.id, by=by)
    else:
        transitions.return_handover(handover=waiting.id, words="Not yet.", by=by)


def withdraw(walk, by, own, other):
    agreed = walk.draw.choice(consents.current(own, access=by))
    sharing.withdraw(consent_id=agreed.id, by=by)


def agree(walk, by, own, other):
    choice = factories.choice(recipient=Handle.service(other.service))
    sharing.agree(registration=own, choice=choice, by=by)


def discharge(walk, by, own, other):
    episode = an_open_episode(own, by)
    code = "46" if by.role == "therapist" else "completed_drug_free"
    transitions.discharge(
        episode=episode.id,
        end_code=code,
        ended_on=clock.today(),
        return_route="Call us.",
        version=episode.version,
        by=by,
    )


USUAL = [refer, decide, tell, take_back, book, keep, follow_up, ask, move_question, move_question, add_to_plan]
USUAL += [screen, take_on, put_screening_right]
ACTS = [*USUAL, *USUAL, finish_action, propose, answer_handover, withdraw, agree, discharge]


@pytest.mark.parametrize("seed", range(6))
def test_after_every_step_every_open_thing_has_one_holder(seed):
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step()
        assert list(queries.nowhere(access=SYSTEM)) == []
    assert walk.done >= STEPS // 4  # a walk on which everything is refused proves nothing


def test_a_task_nobody_closed_is_found(monkeypatch):
    walk = Walk(1)
    episode = journeys.open_episode(walk.person.northside, access=walk.person.therapist)
    soon = Meeting("treatment", clock.now() + timedelta(days=1), "video")
    contacts.plan_contact(registration=episode.registration, episode=episode.id, meeting=soon, by=walk.person.therapist)
    monkeypatch.setattr(tasks, "close", lambda **_: None)
    [booked] = meetings.timeline([episode.registration], access=walk.person.therapist)
    contacts.cancel(contact=booked.id, attendance="cancelled_by_person", by=walk.person.therapist)
    assert any("is over and still has an open task" in one for one in queries.nowhere(access=SYSTEM))
