"""The nine people of the one-to-one arm whose journeys have finished: seven below both cut-offs at the end, one
improved and not below, one who left early; of the seven, one drinks more.

The counts follow the published pathway (nine people, seven in recovery at discharge); everything else is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from alongside.cli.demonstration import population, use, visits
from alongside.cli.demonstration.chance import source
from alongside.cli.demonstration.mood import Mood, Pair
from alongside.cli.demonstration.shapes import SUBSTANCE, TALKING, Course, Joining, Life, Using, Visit

COUNT = 9


@dataclass(frozen=True, slots=True)
class Ends:
    """First and last scores, days of drinking at both ends, treatment contacts, and how it ended."""

    first: Pair
    last: Pair
    days: tuple[int, int]
    contacts: int
    entered: int  # days before today
    end_code: str = "46"
    own: str = ""


_NINE = (
    Ends(Pair(18, 15), Pair(6, 5), (24, 6), 10, 288),
    Ends(Pair(15, 17), Pair(7, 6), (20, 4), 9, 281),
    Ends(Pair(21, 14), Pair(9, 7), (26, 9), 11, 270),
    Ends(Pair(13, 12), Pair(4, 3), (12, 12), 8, 262),
    Ends(Pair(17, 16), Pair(8, 4), (16, 0), 9, 255),
    Ends(Pair(14, 11), Pair(5, 6), (22, 10), 8, 249),
    Ends(Pair(16, 13), Pair(6, 4), (10, 18), 9, 244),  # below both cut-offs, and drinking more
    Ends(Pair(22, 18), Pair(13, 11), (25, 14), 12, 276),  # reliably better, and not below
    Ends(Pair(19, 16), Pair(18, 15), (21, 20), 2, 240, end_code="47"),  # left early
)


def lives(seed: int) -> Iterator[Life]:
    """The nine, in the order in which they are listed above."""
    return (_life(place, ends, seed) for place, ends in enumerate(_NINE))


def _life(place: int, ends: Ends, seed: int) -> Life:
    random = source(seed, f"nine {place}")
    key = f"nine {place + 1}"
    traits = population.who(random, "joint")
    therapy = therapy_of(random, ends)
    keywork = keywork_of(random, ends, weeks=(therapy.ended_after or 0) // 7 + 4)
    return Life(key, traits, ends.entered, (keywork, therapy), Joining("one_to_one", 14, questions=place % 3))


def therapy_of(random: Random, ends: Ends) -> Course:
    """Weekly therapy from the second week after the referral, with these scores at its ends."""
    rhythm = visits.talking("high", "face_to_face")
    seen = [Visit(10, "assessment_and_treatment", minutes=rhythm.minutes)]
    seen += [Visit(10 + 7 * turn, "treatment", minutes=rhythm.minutes) for turn in range(1, ends.contacts)]
    felt = Mood("", True, ends.first, ends.last, 0.0, ends.own)
    scored = visits.with_audit_c(visits.with_mood(random, seen, felt), random.randint(8, 11))
    course = scored if ends.end_code == "46" else visits.lapse(random, scored, rhythm)
    return Course(
        TALKING,
        SUBSTANCE,
        tuple(course),
        ended_after=course[-1].after + 7,
        end_code=ends.end_code,
        descriptor="F321",
        fate="nine",
    )


def keywork_of(random: Random, ends: Ends, *, weeks: int) -> Course:
    """Keywork every fortnight, from before the therapy until after it, with these days of drinking at its ends."""
    start = Using("alcohol", ends.days[0], Decimal(random.randint(10, 20)), "units")
    seen = [Visit(5, "assessment_and_treatment", minutes=45)]
    seen += [Visit(5 + 14 * turn, "treatment", minutes=45) for turn in range(1, weeks // 2 + 2)]
    asked = visits.reports(seen)
    told = visits.with_use(seen, asked, [use.path(random, start, ends.days[1], len(asked))])
    better = ends.days[1] < ends.days[0]
    return Course(
        SUBSTANCE,
        "self",
        tuple(told),
        ended_after=told[-1].after + 5,
        end_code="completed_occasional_user" if better else "onward_referral_refused",
        group="alcohol",
        using=start,
    )
