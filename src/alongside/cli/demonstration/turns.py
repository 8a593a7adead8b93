"""What happens in a story beside the ordinary course of a life, put on the person's agenda."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from alongside.access.rules import Handle
from alongside.cli.demonstration.calendar import half_way, instant
from alongside.cli.demonstration.living import Walk
from alongside.cli.demonstration.partnership import PRACTICE
from alongside.cli.demonstration.shapes import TALKING
from alongside.cli.demonstration.stays import THRESHOLD, Stay
from alongside.cli.demonstration.stories import Turn
from alongside.cli.demonstration.together import Together
from alongside.consent import queries as consents
from alongside.consultation import actions as consultation
from alongside.definitions.agreements import agreement
from alongside.referral import actions as referrals
from alongside.referral.actions import Wording
from alongside.referral.rules import Declining, Use
from alongside.sharing import actions as sharing

DUE_IN = timedelta(hours=2)


def prepare(turn: Turn, walk: Walk, stays: Sequence[Stay], together: Together | None) -> None:
    """Put a story's turn on the agenda."""
    match turn.kind:
        case "asks":
            _ask(turn, walk, stays, together)
        case "answered":
            _answered(turn, walk, stays, together)
        case "asks_practice":
            _ask_practice(turn, walk, stays[0])
        case "withdraws":
            _withdraw(walk, stays[0])
        case "turned_away":
            _turn_away(walk, stays[0])


def _ask(turn: Turn, walk: Walk, stays: Sequence[Stay], together: Together | None) -> None:
    """A question asked so long ago that two hours of open time are left to answer it."""
    if together is None:
        raise ValueError("Only a joint journey has two teams that ask each other.")
    asker = stays[turn.side]
    hours = walk.world.hours[together.other(asker).course.service]
    promised = agreement("northside_riverside").consultation.answer_within.same_day.working_hours or 0
    asked = half_way(walk.now, timedelta(hours=promised) - DUE_IN, hours)
    walk.on(asked, lambda: together.ask(asker, turn.text, "same_day"), today=True)


def _answered(turn: Turn, walk: Walk, stays: Sequence[Stay], together: Together | None) -> None:
    """A question of three days ago that was answered yesterday afternoon; what became of the advice is still owed."""
    if together is None:
        raise ValueError("Only a joint journey has two teams that ask each other.")
    asker = stays[turn.side]
    there = together.other(asker)
    asking = walk.world.by_email(turn.asker) if turn.asker else asker.worker
    answering = there.worker.access

    def ask() -> None:
        made = consultation.ask(
            registration=asker.registration,
            answering_service=there.service,
            text=turn.text,
            urgency="soon",
            by=asking.access,
        )
        walk.on(instant(walk.today - timedelta(days=1), "14:40"), lambda: answer(made))

    def answer(made: str) -> None:
        consultation.accept(consultation=made, version=1, by=answering)
        consultation.answer(consultation=made, recommendations=[turn.advice], version=2, by=answering)

    walk.on(instant(walk.today - timedelta(days=3), "10:20"), ask)


def _ask_practice(turn: Turn, walk: Walk, here: Stay) -> None:
    """Yesterday afternoon the therapist asked the person's GP."""
    practice = walk.world.services[PRACTICE]
    walk.on(
        instant(walk.today - timedelta(days=1), "16:35"),
        lambda: consultation.ask(
            registration=here.registration, answering_service=practice, text=turn.text, by=here.worker.access
        ),
    )


def _withdraw(walk: Walk, here: Stay) -> None:
    """Yesterday afternoon the person takes back what they agreed that their first service may share."""

    def act() -> None:
        by = here.worker.access
        northside = Handle.service(walk.world.services[TALKING])
        for agreed in consents.current(here.registration, access=by):
            if agreed.recipient == northside:
                sharing.withdraw(consent_id=agreed.id, by=by, reason="Wants to tell the therapist in person first")

    walk.on(instant(walk.today - timedelta(days=1), "15:20"), act)


def _turn_away(walk: Walk, here: Stay) -> None:
    """Riverside refers somebody to Northside, which says no because of twelve units a day: under its own threshold."""
    triager = walk.world.in_role(TALKING, "duty_worker")[0].access

    def send() -> None:
        wording = Wording(
            "Worry all day; drinks in the evening to stop it",
            "Somebody to talk to about the worry",
            Use("alcohol", 20, Decimal(12), "units"),
        )
        made = sharing.refer(
            registration=here.registration, to=walk.world.services[TALKING], wording=wording, by=here.worker.access
        )
        walk.on(instant(walk.today - timedelta(days=4), "10:40"), lambda: decline(made))

    def decline(referral: str) -> None:
        decision = Declining(
            reason="alcohol_use",
            words="Drinking at present; asked to come back when it is under control.",
            offered="A leaflet about drinking and anxiety.",
            threshold=THRESHOLD,
            review_on=walk.today + timedelta(days=80),
        )
        referrals.decline(referral=referral, decision=decision, by=triager)

    walk.on(instant(walk.today - timedelta(days=6), "14:30"), send)
