"""When somebody is seen: waits, gaps, missed contacts, and which measures are taken at which."""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from statistics import NormalDist

from alongside.cli.demonstration import mood
from alongside.cli.demonstration.assumptions import number, numbers
from alongside.cli.demonstration.chance import pick, whole
from alongside.cli.demonstration.mood import Mood, Pair
from alongside.cli.demonstration.shapes import Using, Visit
from alongside.outcomes.rules.courses import MET

LONGEST_WAIT = 300
AUDIT_C_SPREAD = 3.2


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a service sees people: days between contacts, minutes of one, and how each is held."""

    gaps: dict[str, float]
    minutes: int
    modes: dict[str, float]
    attendance: dict[str, float]


def talking(step: str, mode: str = "") -> Rhythm:
    """Weekly or fortnightly; half an hour with a psychological wellbeing practitioner."""
    modes = {mode: 1.0} if mode else numbers("modes")
    minutes = 35 if step == "low" else 55
    return Rhythm({"7": 0.65, "14": 0.35}, minutes, modes, numbers("attendance"))


def keywork(mode: str = "") -> Rhythm:
    modes = {mode: 1.0} if mode else {"face_to_face": 0.75, "telephone": 0.25}
    return Rhythm({"14": 0.6, "21": 0.2, "28": 0.2}, 45, modes, numbers("attendance"))


def wait(random: Random) -> int:
    """Days from referral to the first treatment contact of a course that is finished."""
    bands = numbers("wait_days")
    starts = [int(start) for start in bands] + [LONGEST_WAIT]
    band = starts.index(int(pick(random, bands)))
    return random.randint(starts[band], starts[band + 1] - 1)


def begin(random: Random, first_treatment: int, rhythm: Rhythm) -> list[Visit]:
    """Assessment and first treatment: in one contact, or the assessment some days before."""
    if first_treatment < 7 or random.random() < 0.6:
        return [_visit(random, rhythm, first_treatment, "assessment_and_treatment")]
    before = random.randint(max(1, first_treatment // 3), first_treatment - 3)
    return [
        _visit(random, rhythm, before, "assessment"),
        _visit(random, rhythm, first_treatment, "treatment"),
    ]


def _visit(random: Random, rhythm: Rhythm, after: int, kind: str, attendance: str = "attended") -> Visit:
    return Visit(after, kind, attendance, pick(random, rhythm.modes), rhythm.minutes)


def go_on(random: Random, begun: list[Visit], rhythm: Rhythm, treatments: int) -> list[Visit]:
    """Contacts after the first until so many treatment contacts have taken place; some are missed on the way."""
    visits, kept = list(begun), 1
    while kept < treatments:
        after = visits[-1].after + int(pick(random, rhythm.gaps))
        last_missed = visits[-1].attendance not in MET
        attendance = "attended" if last_missed else pick(random, rhythm.attendance)
        kind = "review_and_treatment" if kept % 6 == 5 else "treatment"
        visits.append(_visit(random, rhythm, after, kind, attendance))
        kept += attendance in MET
    return visits


def until(random: Random, begun: list[Visit], rhythm: Rhythm, end: int) -> list[Visit]:
    """Contacts after the first until day `end`."""
    visits = list(begun)
    while (after := visits[-1].after + int(pick(random, rhythm.gaps))) <= end:
        attendance = "attended" if visits[-1].attendance not in MET else pick(random, rhythm.attendance)
        visits.append(_visit(random, rhythm, after, "treatment", attendance))
    return visits


def lapse(random: Random, visits: list[Visit], rhythm: Rhythm) -> list[Visit]:
    """Somebody who stops coming: a last contact or two that nobody came to."""
    missed = [
        _visit(random, rhythm, visits[-1].after + 7 * turn, "treatment", "did_not_attend")
        for turn in range(1, random.randint(1, 2) + 1)
    ]
    return visits + missed


def with_mood(random: Random, visits: list[Visit], felt: Mood) -> list[Visit]:
    """The scores of a course, one set at each contact that took place."""
    kept = [place for place, visit in enumerate(visits) if visit.attendance in MET]
    if felt.fate == "unpaired":
        kept = kept[:1]
    phq9 = mood.between(random, felt.first.phq9, felt.last.phq9, len(kept), 27)
    gad7 = mood.between(random, felt.first.gad7, felt.last.gad7, len(kept), 21)
    scored = list(visits)
    for place, *pair in zip(kept, phq9, gad7, strict=True):
        scored[place] = replace(scored[place], scores=mood.scores(Pair(*pair), felt.own) + scored[place].scores)
    return scored


def with_audit_c(visits: list[Visit], total: int) -> list[Visit]:
    """AUDIT-C at the first contact."""
    return [replace(visits[0], scores=(*visits[0].scores, ("audit_c", Decimal(total)))), *visits[1:]]


def reports(visits: list[Visit]) -> list[int]:
    """The contacts at which days of use are asked: the first, then one every four weeks or so, and the last."""
    kept = [place for place, visit in enumerate(visits) if visit.attendance in MET]
    asked = kept[:1]
    for place in kept[1:]:
        if visits[place].after - visits[asked[-1]].after >= 26:
            asked.append(place)
    if len(kept) > 1 and asked[-1] != kept[-1]:
        asked = [*(asked[:-1] if len(asked) > 1 else asked), kept[-1]]
    return asked


def with_use(visits: list[Visit], at: list[int], paths: list[list[Using]]) -> list[Visit]:
    """Days of use at the contacts `at`; one path for each substance."""
    told = list(visits)
    for turn, place in enumerate(at):
        told[place] = replace(told[place], uses=tuple(path[turn] for path in paths))
    return told


def audit_c(random: Random, *, high: bool = False) -> int:
    """AUDIT-C on entering; 8 to 12 for somebody whose drinking brought them to both services."""
    return random.randint(8, 12) if high else whole(random, number("audit_c_first"), AUDIT_C_SPREAD, 0, 12)


def audit_c_below(score: int) -> float:
    """The share of people whose first AUDIT-C is below a score."""
    return NormalDist(number("audit_c_first"), AUDIT_C_SPREAD).cdf(score - 0.5)
