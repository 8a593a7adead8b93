"""What happens to each person, as calls of the actions that a service uses.

Person `k` has a shape and a phase, which moves everything by weeks and varies the answers. People of one shape and
phase differ only in their ids, in who they are and in who looks after them. The first of each block were looked after,
in the shapes of `SHAPES` by turns; the rest asked for help and were offered something else, but two who wait to hear.
So 19 people are 20 registrations, and one of them is on a joint journey.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from alongside.access.context import Access
from alongside.consent.rules import Choice, Given
from alongside.consultation import actions as consultation
from alongside.consultation.rules import Reply
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.measures import rules as measuring
from alongside.people import actions as people
from alongside.people.rules import Identity
from alongside.plan import actions as plan
from alongside.referral import actions as referral
from alongside.referral import queries as referrals
from alongside.referral.actions import Carried, Wording
from alongside.referral.rules import Declining, Use
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from benchmarks.staff import BLOCK, NOW, Service, World

SHAPES = ("joint", "talking", "using", *["talked"] * 4, *["used"] * 3)
CARED_FOR = 200  # of a block
AWAY = ("offered_therapy_instead", "offered_keywork_instead")
WAITING = {BLOCK - 2: "waiting_for_therapy", BLOCK - 1: "waiting_for_keywork"}
PHASES = 8
WEEK = timedelta(weeks=1)
BOTH = policy.bundles()["both_teams"].mask
BACK = "Call us, or ask your keyworker. You need no new referral for a year."


def template_of(person: int) -> tuple[str, int]:
    """The shape and the phase of a person."""
    place = person % BLOCK
    came = SHAPES[place % len(SHAPES)] if place < CARED_FOR else WAITING.get(place, AWAY[place % len(AWAY)])
    return came, person // len(SHAPES) % PHASES


@dataclass
class Walk:
    """One person's way through both services. `start` is a Monday at nine."""

    person: int
    world: World
    identity: Identity
    therapist: Access = field(init=False)
    keyworker: Access = field(init=False)
    shape: str = field(init=False)
    phase: int = field(init=False)

    def __post_init__(self) -> None:
        self.therapist = self.world.northside.of(self.person)
        self.keyworker = self.world.riverside.of(self.person)
        self.shape, self.phase = template_of(self.person)

    def go(self) -> None:
        getattr(self, self.shape)()

    def start(self, weeks_ago: int) -> datetime:
        monday = (NOW - timedelta(days=NOW.weekday())).replace(hour=9, minute=0)
        return monday - (weeks_ago + self.phase) * WEEK

    def talking(self) -> None:
        """In therapy, not drinking; a meeting planned for next week."""
        begun = self.start(7)
        registration, episode = self.referred_themselves(begun)
        self.sessions(registration, episode, begun + WEEK, 5, missed=3)
        self.next_meeting(registration, episode, self.therapist)

    def talked(self) -> None:
        """Was in therapy and was discharged in a year gone by."""
        begun = self.start(24)
        registration, episode = self.referred_themselves(begun)
        self.sessions(registration, episode, begun + WEEK, 3)
        self.discharge(episode, "10", begun + 4 * WEEK, self.therapist)

    def using(self) -> None:
        """With a keyworker, drinking less."""
        begun = self.start(9)
        registration, episode = self.taken_on(begun)
        self.keywork(registration, episode, begun + WEEK, 5)
        self.next_meeting(registration, episode, self.keyworker)

    def used(self) -> None:
        """Was with a keyworker and left in a year gone by."""
        begun = self.start(24)
        registration, episode = self.taken_on(begun)
        self.keywork(registration, episode, begun + WEEK, 3)
        self.discharge(episode, "completed_alcohol_free", begun + 5 * WEEK, self.keyworker)

    def offered_therapy_instead(self) -> None:
        """Asked the substance use service, which thought that therapy would help more."""
        self.turned_away(self.world.riverside)

    def offered_keywork_instead(self) -> None:
        self.turned_away(self.world.northside)

    def waiting_for_therapy(self) -> None:
        """Asked this week; nobody has decided yet."""
        self.asks(self.world.northside, NOW - timedelta(days=1, hours=self.phase))

    def waiting_for_keywork(self) -> None:
        self.asks(self.world.riverside, NOW - timedelta(days=1, hours=self.phase))

    def joint(self) -> None:
        """With a keyworker, then in therapy too: one journey, one plan, questions each way."""
        begun = self.start(9)
        there, stay = self.taken_on(begun)
        self.keywork(there, stay, begun + WEEK, 2)
        with clock.at(begun + 2 * WEEK):
            sent = sharing.refer(
                registration=there,
                to=self.world.northside.id,
                wording=Wording("Panic since cutting down", "To sleep and to work again", self.drinking()),
                choice=Choice("", BOTH, Given.VERBAL, witness="K. Worker", told_no_is_fine=True),
                carried=Carried("one_to_one", BOTH, Given.VERBAL, "K. Worker", True),
                by=self.keyworker,
            )
        here, episode = self.accepted(sent, self.world.northside, self.therapist, begun + 2 * WEEK + timedelta(days=1))
        self.sessions(here, episode, begun + 3 * WEEK, 5)
        self.keywork(there, stay, begun + 4 * WEEK, 3)
        self.planned_together(here, begun + 4 * WEEK + timedelta(hours=5))
        self.asked(here, begun + 5 * WEEK)
        self.next_meeting(here, episode, self.therapist)
        self.next_meeting(there, stay, self.keyworker)

    def referred_themselves(self, at: datetime) -> tuple[str, str]:
        sent = self.asks(self.world.northside, at)
        return self.accepted(sent, self.world.northside, self.therapist, at + timedelta(hours=3))

    def asks(self, service: Service, at: datetime) -> str:
        """The referral that somebody sent about themselves."""
        with clock.at(at):
            return referral.refer_myself(
                to=service.id,
                identity=self.identity,
                wording=Wording("Low since the spring", "To feel like myself", self.drinking()),
                by=Access.public(),
            )

    def turned_away(self, service: Service) -> None:
        """A referral that was declined, with what is offered instead, and the person was told."""
        begun = self.start(12)
        sent = self.asks(service, begun)
        with clock.at(begun + timedelta(days=1)):
            offered = "The other service can see you next week. Call us if it does not help."
            review = begun.date() + 12 * WEEK
            decision = Declining("more_specialist", "Talked on the telephone.", offered, "", review)
            referral.decline(referral=sent, decision=decision, by=service.duty)
        with clock.at(begun + timedelta(days=2)):
            referral.told(referral=sent, by=service.duty)

    def drinking(self) -> Use:
        """What they say they drink: nothing was asked of every fourth phase."""
        return Use("alcohol", 24 - self.phase, Decimal(9), "units") if self.phase % 4 else Use()

    def accepted(self, sent: str, service: Service, practitioner: Access, at: datetime) -> tuple[str, str]:
        """The registration and the episode that accepting a referral leaves."""
        with clock.at(at):
            registration = referrals.received(sent, access=service.duty).registration
            taken = sharing.accept_referral(referral=sent, practitioner=practitioner.actor, by=service.duty)
            journey.record_problem(episode=taken.episode, code="F411", by=practitioner)
        return registration, taken.episode

    def taken_on(self, at: datetime) -> tuple[str, str]:
        service = self.world.riverside
        with clock.at(at):
            registration = people.register(service=service.id, identity=self.identity, by=service.duty)
            episode = journey.open_episode(
                registration=registration,
                team=service.duty.teams[0],
                received_on=clock.today(),
                practitioner=self.keyworker.actor,
                by=service.duty,
            )
        return registration, episode

    def sessions(self, registration: str, episode: str, first: datetime, times: int, missed: int = 0) -> None:
        """Weekly therapy with both measures; the one numbered `missed` was cancelled."""
        for turn in range(times):
            low, worry = 19 - 2 * turn - self.phase % 3, 16 - 2 * turn + self.phase % 2
            given = [measuring.Given("phq9", total=low, harm=False), measuring.Given("gad7", total=worry)]
            meeting = Meeting("treatment" if turn else "assessment", first + turn * WEEK, "video", 50)
            kept = not missed or turn + 1 != missed
            self.meet(registration, episode, meeting, self.therapist, given=given if kept else ())

    def keywork(self, registration: str, episode: str, first: datetime, times: int) -> None:
        """Weekly meetings with a keyworker, who asks about drinking days."""
        for turn in range(times):
            use = measuring.Use("alcohol", 24 - 3 * turn - self.phase % 4, 9, "units")
            meeting = Meeting("treatment", first + turn * WEEK + timedelta(hours=2), "face_to_face", 40)
            self.meet(registration, episode, meeting, self.keyworker, uses=[use])

    def meet(self, registration: str, episode: str, meeting: Meeting, by: Access, given=(), uses=()) -> None:
        with clock.at(meeting.starts_at - timedelta(days=3)):
            planned = contacts.plan_contact(registration=registration, episode=episode, meeting=meeting, by=by)
        kept = bool(given or uses)
        with clock.at(meeting.starts_at + timedelta(hours=1)):
            contacts.record(
                registration=registration,
                episode=episode,
                contact=planned,
                meeting=meeting,
                attendance="attended" if kept else "cancelled_by_person",
                note={"talked_about": "Sleep, and the evenings alone."} if kept else {},
                responses=given,
                uses=uses,
                by=by,
            )

    def next_meeting(self, registration: str, episode: str, by: Access) -> None:
        at = NOW + timedelta(days=3 + self.phase)
        with clock.at(NOW - timedelta(days=1)):
            contacts.plan_contact(
                registration=registration, episode=episode, meeting=Meeting("treatment", at, "video", 50), by=by
            )

    def discharge(self, episode: str, end_code: str, at: datetime, by: Access) -> None:
        with clock.at(at + timedelta(hours=6)):
            version = journeys.episode(episode, access=by).version
            transitions.discharge(
                episode=episode, end_code=end_code, ended_on=at.date(), return_route=BACK, version=version, by=by
            )

    def planned_together(self, here: str, at: datetime) -> None:
        """A goal in the person's words and an action in each service."""
        with clock.at(at):
            goal = plan.add_goal(registration=here, words="Sleep without a drink", by=self.therapist)
            for text, owner in (("A sleep diary", self.therapist), ("Cut down by two units a week", self.keyworker)):
                due = date(2026, 3, 20) + timedelta(days=self.phase)
                plan.add_action(
                    registration=here, text=text, owner=owner.actor, due_on=due, goal=goal, by=self.therapist
                )

    def asked(self, here: str, at: datetime) -> None:
        """A question to the keyworker's team: answered and closed in even phases, not answered yet in odd ones."""
        keyworker, therapist = self.keyworker, self.therapist
        with clock.at(at):
            question = consultation.ask(
                registration=here,
                answering_service=self.world.riverside.id,
                answering_team=keyworker.teams[0],
                text="Is it safe to begin sleep restriction while they cut down?",
                by=therapist,
            )
        with clock.at(at + timedelta(hours=2)):
            consultation.accept(consultation=question, version=1, by=keyworker)
            if self.phase % 2:
                return
            advice = ["Wait two weeks after the last drink.", "Keep the diary meanwhile."]
            consultation.answer(consultation=question, recommendations=advice, version=2, by=keyworker)
        with clock.at(at + timedelta(hours=26)):
            told = [Reply(number, "taken") for number in (1, 2)]
            consultation.reply(consultation=question, replies=told, by=therapist)
            consultation.close(consultation=question, outcome="helped", version=3, by=therapist, learnt="When to wait.")
