"""One stay with one service, lived: referred, triaged, seen, reviewed, discharged."""

from datetime import date, datetime, timedelta

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.cli.demonstration import totals
from alongside.cli.demonstration.calendar import instant, working_day
from alongside.cli.demonstration.lived import Lived
from alongside.cli.demonstration.living import TO_THE_DEMONSTRATION, Walk
from alongside.cli.demonstration.partnership import PRACTICE, Colleague
from alongside.cli.demonstration.planned import SIGN_INS
from alongside.cli.demonstration.screened import Screened
from alongside.cli.demonstration.shapes import TALKING, Course, Visit
from alongside.cli.demonstration.texts import texts
from alongside.consent.rules import Choice, Given
from alongside.contacts import actions as contacts
from alongside.contacts.rules import FollowUp, Meeting
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.measures import rules as measures
from alongside.outcomes.rules.courses import MET
from alongside.people import actions as people
from alongside.people.rules import Identity
from alongside.referral import actions as referrals
from alongside.referral import queries as referred
from alongside.referral.actions import Carried, Wording
from alongside.referral.rules import Declining, Urgency, Use
from alongside.sharing import actions as sharing

RETURN_ROUTE = "Ring us or refer yourself again at any time; you do not need to start from the beginning."
THRESHOLD = "15 units on a drinking day"
REVIEW_DAYS = 80
TODAYS = 3  # contacts that each sign-in finds in today's diary


class Stay:
    """A course as it is lived. `received` is the day its referral arrives."""

    def __init__(self, walk: Walk, course: Course, received: date) -> None:
        self.walk, self.course, self.received = walk, course, received
        self.world, self.random = walk.world, walk.random
        self.service = self.world.services[course.service]
        self.worker = self._worker()
        self.registration = self.episode = self.referral = ""
        self.open = False
        self.before_leaving: list = []  # what a joint journey does first; each says whether to wait

    def _worker(self) -> Colleague:
        named = self.walk.life.worker.get(self.course.service)
        if named:
            return self.world.by_email(named)
        if self.course.service == TALKING:
            role = "step2_practitioner" if self.course.step == "low" else "therapist"
        else:
            role = "prescriber" if self.course.group == "opiate" and self.random.random() < 0.3 else "keyworker"
        return self.random.choice(self.world.in_role(self.course.service, role))

    def wording(self) -> Wording:
        told = texts()
        reasons = told.reasons_talking_therapies if self.course.service == TALKING else told.reasons_substance_use
        if self.walk.life.joining:
            reasons = told.reasons_joint
        return Wording(self.random.choice(reasons), self.random.choice(told.wants), self.use(), Urgency.ROUTINE)

    def use(self) -> Use:
        using = self.course.using
        return Use(using.substance, using.days, using.amount, using.unit) if using else Use()

    def begin(self, identity: Identity) -> None:
        """Put the first referral on the agenda, through the course's own door."""
        at = instant(self.received, f"08:{self.random.randint(5, 35):02d}")
        self.walk.on(at, lambda: self._refer(identity))

    def _refer(self, identity: Identity) -> None:
        if self.course.door == "gp":
            doctor = self.world.in_role(PRACTICE, "gp")[0].access
            known = people.register(service=self.world.services[PRACTICE], identity=identity, by=doctor)
            made = self._refer_with(known, doctor) if self.course.with_practice else self._refer_on(known, doctor)
        else:
            made = referrals.refer_myself(
                to=self.service, identity=identity, wording=self.wording(), by=Access.public()
            )
        self.arrived(made)

    def _refer_on(self, known: str, doctor: Access) -> str:
        return sharing.refer(registration=known, to=self.service, wording=self.wording(), by=doctor)

    def _refer_with(self, known: str, doctor: Access) -> str:
        """The practice stays with the person: its own stay is open, and each side shares what helps the other."""
        journey.open_episode(
            registration=known,
            team=self.world.team[PRACTICE],
            practitioner=doctor.actor,
            received_on=clock.today(),
            by=doctor,
        )
        shared = policy.bundles()["both_teams"].mask
        return sharing.refer(
            registration=known,
            to=self.service,
            wording=self.wording(),
            choice=Choice("", shared, Given.VERBAL, witness=doctor.name, told_no_is_fine=True),
            carried=Carried("consultation_only", shared, Given.VERBAL, doctor.name, told_no_is_fine=True),
            by=doctor,
        )

    def arrived(self, referral: str) -> None:
        """The referral is with the service's intake team; decide about it in a working day or two."""
        self.referral = referral
        triager = self.world.triager(self.random, self.course.service)
        self.registration = referred.received(referral, access=triager.access).registration
        if not self.course.waiting:
            self.walk.on(self.triaged_at(), lambda: self.decide(triager))

    def triaged_at(self) -> datetime:
        if self.course.declined:
            return instant(self.received + timedelta(days=self.course.ended_after or 1), "10:15")
        first = self.course.visits[0].after if self.course.visits else 9
        soonest = clock.now() + timedelta(minutes=10)
        if first < 2:
            return max(instant(self.received, "08:45"), soonest)
        day = working_day(self.received + timedelta(days=self.random.randint(1, min(3, first - 1))))
        return max(instant(day, f"09:{self.random.randint(10, 50)}"), soonest)

    def decide(self, triager: Colleague) -> None:
        if self.course.declined:
            self._decline(triager)
            return
        accepted = sharing.accept_referral(referral=self.referral, practitioner=self.worker.id, by=triager.access)
        self.accepted(accepted.episode)

    def _decline(self, triager: Colleague) -> None:
        reason = self.course.declined
        decision = Declining(
            reason=reason,
            words="Talked about with the team at triage.",
            offered="A call from us this week, and the self-help library in the meantime.",
            threshold=THRESHOLD if reason in ("alcohol_use", "drug_use") else "",
            review_on=self.received + timedelta(days=90),
        )
        referrals.decline(referral=self.referral, decision=decision, by=triager.access)
        teller = self.world.in_role(PRACTICE, "gp")[0] if self.course.door == "gp" else triager
        told = instant(working_day(self.received + timedelta(days=4), not_before=self.received), "11:20")
        if self.received + timedelta(days=7) < self.walk.today:
            self.walk.on(told + timedelta(days=2), lambda: referrals.told(referral=self.referral, by=teller.access))

    def accepted(self, episode: str) -> None:
        """The episode is open: see the person, look at the whole now and then, and discharge in the end."""
        self.episode, self.open = episode, True
        now = clock.now()
        before_nine = now < instant(self.day_of(now), "09:00")
        self._see(0, self.day_of(now) + timedelta(days=not before_nine), fresh=True)
        self._later_review(now)
        if not self.course.visits and self.course.ended_after is not None:
            self._end_on(self.received + timedelta(days=self.course.ended_after))

    def _later_review(self, since: datetime) -> None:
        if self.random.random() < 0.92:
            self.walk.on(since + timedelta(days=REVIEW_DAYS), self._review)

    def _review(self) -> None:
        if self.open:
            journey.reviewed(about=self.episode, by=self.worker.access)
            self._later_review(clock.now())

    def day_of(self, at: datetime) -> date:
        return at.astimezone(LONDON).date()

    def _see(self, place: int, earliest: date, *, fresh: bool = False) -> Meeting | None:
        """Bring the visit at this place about: recorded on its day, or (returned) planned where that is to come."""
        if place >= len(self.course.visits):
            return None
        visit = self.course.visits[place]
        day = self._visit_day(visit, earliest)
        if day < self.walk.today and not self._forgotten(visit, day):
            starts = self._book(day)
            ends = starts + timedelta(minutes=visit.minutes + 4)
            self.walk.on(ends, lambda: self._record(place, starts))
            return None
        meeting = self._meeting(visit, self._book(day))
        if fresh:
            contacts.plan_contact(
                registration=self.registration, episode=self.episode, meeting=meeting, by=self.worker.access
            )
        return meeting

    def _book(self, day: date) -> datetime:
        return self.walk.diary.book(self.worker.id, self.walk.life.key, day)

    def _visit_day(self, visit: Visit, earliest: date) -> date:
        day = max(self.received + timedelta(days=visit.after), earliest)
        if visit.pinned or day == self.walk.today:
            return day
        today, worker = self.walk.today, self.worker
        soon = today < day <= today + timedelta(days=TO_THE_DEMONSTRATION)
        if soon and worker.email in SIGN_INS and self.walk.diary.booked(worker.id, today) < TODAYS:
            return today
        if day < today:
            return working_day(day, not_before=earliest)
        return working_day(day, not_before=max(earliest, today + timedelta(days=1)))

    def _forgotten(self, visit: Visit, day: date) -> bool:
        """Now and then a contact of the last days is not written up yet."""
        if visit.pinned or visit.unwritten:
            return visit.unwritten
        return day >= self.walk.today - timedelta(days=3) and self.random.random() < 0.25

    def _meeting(self, visit: Visit, starts: datetime) -> Meeting:
        together = bool(self.walk.life.joining and self.walk.life.joining.arm == "group")
        return Meeting(visit.kind, starts, visit.mode, visit.minutes, self.worker.id, together)

    def _record(self, place: int, starts: datetime) -> None:
        visit, day = self.course.visits[place], self.day_of(starts)
        kept = visit.attendance in MET
        if place == 0:
            self._first_meeting()
        following = self._see(place + 1, day + timedelta(days=1))
        handed = totals.given(visit.scores) if kept else []
        made = contacts.record(
            registration=self.registration,
            episode=self.episode,
            meeting=self._meeting(visit, starts),
            attendance=visit.attendance,
            note=self._note() if kept else None,
            responses=handed,
            talk=totals.talk(handed),
            uses=[measures.Use(one.substance, one.days, one.amount, one.unit) for one in visit.uses] if kept else (),
            next_meeting=following,
            by=self.worker.access,
        )
        made_good = following and visit.attendance == "cancelled_by_service"
        if not kept and visit.attendance != "cancelled_by_person" and not made_good:
            self._follow_up(made, day, visit.attendance)
        if place + 1 == len(self.course.visits) and self.course.ended_after is not None:
            self._end_on(
                max(self.received + timedelta(days=self.course.ended_after), day + timedelta(days=2 * (not kept)))
            )

    def _note(self) -> dict[str, str] | None:
        """A note at some contacts of a joint journey: sealing each one takes time, and nobody reads three thousand."""
        if self.walk.life.joining is None or self.random.random() < 0.6:
            return None
        return {"talked_about": self.random.choice(texts().notes)}

    def _first_meeting(self) -> None:
        if self.course.descriptor:
            journey.record_problem(episode=self.episode, code=self.course.descriptor, by=self.worker.access)
        if self.course.door == "gp" and self.random.random() < 0.4:
            self._share_with_practice()
        if self.walk.life.worker or self.walk.life.joining:
            kind, by = self.course.service, self.worker.access
            Screened(self.walk, kind, self.registration, by, lambda: self.open).begin()
            Lived(self.walk, self.course, self.registration, by, lambda: self.open).begin()

    def _share_with_practice(self) -> None:
        choice = Choice(
            recipient=Handle.service(self.world.services[PRACTICE]),
            categories=policy.bundles()["appointments_and_safety"].mask,
            given=Given.VERBAL,
            witness=self.worker.access.name,
            told_no_is_fine=True,
        )
        sharing.agree(registration=self.registration, choice=choice, by=self.worker.access)

    def _follow_up(self, contact: str, day: date, attendance: str) -> None:
        left_open = day > self.walk.today - timedelta(days=9) and self.random.random() < 0.5
        if left_open:
            return
        outcome = (
            FollowUp.REBOOKED
            if attendance == "cancelled_by_service"
            else self.random.choice([FollowUp.REACHED, FollowUp.REBOOKED, FollowUp.MESSAGE_LEFT])
        )
        at = instant(day + timedelta(days=1), f"16:{self.random.randint(10, 55)}")
        self.walk.on(at, lambda: contacts.close_follow_up(contact=contact, outcome=outcome, by=self.worker.access))

    def _end_on(self, day: date) -> None:
        self.walk.on(instant(day, "18:40"), self.discharge)

    def discharge(self) -> None:
        """End the episode, once whatever a joint journey needs first is done."""
        if any(wait() for wait in self.before_leaving):
            return
        version = journeys.episode(self.episode, access=self.worker.access).version
        sharing.discharge(
            episode=self.episode,
            end_code=self.course.end_code,
            ended_on=self.day_of(clock.now()),
            return_route=RETURN_ROUTE,
            version=version,
            by=self.worker.access,
        )
        self.open = False
