"""A joint journey, lived: the onward referral with what the person agreed, the shared plan, questions between the
teams, and the hand-over of the lead before its side ends.
"""

from datetime import datetime, timedelta

from alongside.access.rules import Handle
from alongside.cli.demonstration.assumptions import number
from alongside.cli.demonstration.calendar import instant, working_day
from alongside.cli.demonstration.living import Walk
from alongside.cli.demonstration.partnership import Colleague
from alongside.cli.demonstration.shapes import Joining
from alongside.cli.demonstration.stays import Stay
from alongside.cli.demonstration.texts import Asked, texts
from alongside.consent.rules import Choice, Given
from alongside.consultation import actions as consultation
from alongside.consultation.rules import Reply
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.plan import actions as plan
from alongside.referral.actions import Carried
from alongside.referral.rules import Urgency
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions

SHARED = policy.bundles()["both_teams"].mask
REVIEW_DAYS = 80
NEXT_STEP_DAYS = 25


class Together:
    """Two stays of one person, joined by their own act."""

    def __init__(self, walk: Walk, first: Stay, second: Stay, joining: Joining) -> None:
        self.walk, self.first, self.second, self.joining = walk, first, second, joining
        self.random = walk.random
        self.journey = ""
        self.lead = self.random.choice([first, second])
        for stay in (first, second):
            stay.before_leaving.append(lambda stay=stay: self._hand_over(stay))

    def begin(self) -> None:
        self.walk.on(instant(self.second.received, "15:10"), self._refer)

    def _choice(self, stay: Stay, **changes: str) -> Choice:
        recipient = Handle.service(self.other(stay).service)
        return Choice(recipient, SHARED, Given.VERBAL, witness=stay.worker.access.name, told_no_is_fine=True, **changes)

    def other(self, stay: Stay) -> Stay:
        return self.second if stay is self.first else self.first

    def _refer(self) -> None:
        worker = self.first.worker.access
        made = sharing.refer(
            registration=self.first.registration,
            to=self.second.service,
            wording=self.second.wording(),
            choice=self._choice(self.first),
            carried=Carried(self.joining.arm, SHARED, Given.VERBAL, worker.name, told_no_is_fine=True),
            by=worker,
        )
        self.second.decide = self._accept  # the second service's triage opens the journey
        self.second.arrived(made)

    def _accept(self, triager: Colleague) -> None:
        accepted = sharing.accept_referral(
            referral=self.second.referral,
            practitioner=self.second.worker.id,
            lead=self.lead.worker.id,
            by=triager.access,
        )
        self.journey = accepted.journey
        if self.joining.evaluation:
            for stay in (self.first, self.second):
                choice = self._choice(stay, purpose="evaluation")
                sharing.agree(registration=stay.registration, choice=choice, by=stay.worker.access)
        now = clock.now()
        self.second.accepted(accepted.episode)
        self.walk.on(now + timedelta(days=6, hours=2), self._plan)
        self.walk.on(now + timedelta(days=REVIEW_DAYS), self._review)
        for turn in range(self.joining.questions):
            asker = self.random.choice([self.first, self.second])
            at = now + timedelta(days=12 + 33 * turn + self.random.randint(0, 12), hours=1)
            self.walk.on(_at_work(at), lambda asker=asker: self._ask(asker))

    def _review(self) -> None:
        if self.lead.open and self.random.random() < 0.9:
            journey.reviewed(about=self.journey, by=self.lead.worker.access)
            self.walk.on(clock.now() + timedelta(days=REVIEW_DAYS), self._review)

    def _plan(self) -> None:
        """A goal in the person's words, something for each service to do, and the person's yes."""
        if not (self.first.open and self.second.open):
            return
        lead, by = self.lead, self.lead.worker.access
        goal = plan.add_goal(registration=lead.registration, words=self.random.choice(texts().goals), by=by)
        for stay in (lead, self.other(lead)):
            self._act(stay, goal)
        plan.agree(registration=lead.registration, agreed_by="person", by=by)
        self.walk.on(clock.now() + timedelta(days=NEXT_STEP_DAYS), lambda: self._next_step(goal))

    def _next_step(self, goal: str) -> None:
        """Every few weeks somebody takes on one thing more."""
        if self.first.open and self.second.open:
            self._act(self.random.choice([self.first, self.second]), goal)
            self.walk.on(clock.now() + timedelta(days=NEXT_STEP_DAYS), lambda: self._next_step(goal))

    def _act(self, stay: Stay, goal: str) -> None:
        made = plan.add_action(
            registration=self.lead.registration,
            text=self.random.choice(texts().actions[stay.course.service]),
            owner=stay.worker.id,
            due_on=working_day(clock.today() + timedelta(days=self.random.randint(14, 40))),
            goal=goal,
            by=self.lead.worker.access,
        )
        done = clock.now() + timedelta(days=self.random.randint(10, 45), minutes=30)
        self.walk.on(done, lambda: self._done(made, stay))

    def _done(self, action: str, stay: Stay) -> None:
        plan.finish_action(action=action, done=True, version=1, by=stay.worker.access)

    def _ask(self, asker: Stay) -> None:
        """A question and, in time or late, its answer, what became of the advice, and what was learnt."""
        answerer = self.other(asker)
        if not (asker.open and answerer.open):
            return
        asked = self.random.choice([one for one in texts().questions if one.by == asker.course.service])
        urgency = self.random.choice([Urgency.ROUTINE, Urgency.ROUTINE, Urgency.SOON])
        made = self.ask(asker, asked.text, urgency)
        in_time = self.random.random() < number("answered_in_time")
        hours = self.random.randint(2, 22) if in_time else self.random.randint(74, 120)
        at = _at_work(clock.now() + timedelta(hours=hours))
        self.walk.on(at, lambda: self._answer(made, asker, asked))

    def ask(self, asker: Stay, text: str, urgency: str) -> str:
        return consultation.ask(
            registration=asker.registration,
            answering_service=self.other(asker).service,
            text=text,
            urgency=urgency,
            by=asker.worker.access,
        )

    def _answer(self, question: str, asker: Stay, asked: Asked) -> None:
        by = self.other(asker).worker.access
        consultation.accept(consultation=question, version=1, by=by)
        consultation.answer(consultation=question, recommendations=asked.recommendations, version=2, by=by)
        replied = _at_work(clock.now() + timedelta(days=self.random.randint(1, 4), minutes=45))
        self.walk.on(replied, lambda: self._reply(question, asker, len(asked.recommendations)))

    def _reply(self, question: str, asker: Stay, given: int) -> None:
        by = asker.worker.access
        replies = [Reply(number, "taken") for number in range(1, given)] + [
            Reply(given, "adapted", "We began with a smaller step.")
            if self.random.random() < 0.4
            else Reply(given, "taken")
        ]
        consultation.reply(consultation=question, replies=replies, by=by)
        consultation.close(consultation=question, outcome="helped", learnt="", version=3, by=by)

    def _hand_over(self, stay: Stay) -> bool:
        """The lead's side ends first: the other side takes the lead, and only then is anybody discharged."""
        other = self.other(stay)
        if stay is not self.lead or not other.open or not self.journey:
            return False
        handover = transitions.propose_handover(
            registration=stay.registration,
            to=other.worker.id,
            words="Treatment here ends this week. The plan stands; please keep the Friday call.",
            by=stay.worker.access,
        )
        self.lead = other
        now = clock.now()
        self.walk.on(
            now + timedelta(minutes=20),
            lambda: transitions.accept_handover(handover=handover, by=other.worker.access),
        )
        self.walk.on(now + timedelta(minutes=40), stay.discharge)
        return True


def _at_work(at: datetime) -> datetime:
    """The same instant, or in the morning where nobody is at work at night."""
    return at if 8 <= at.hour < 19 else at.replace(hour=9) + timedelta(days=at.hour >= 19)
