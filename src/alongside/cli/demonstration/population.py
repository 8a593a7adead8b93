"""The invented people, drawn purely: no database, no clock, no files but the assumptions."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from alongside.cli.demonstration import mood, use, visits
from alongside.cli.demonstration.assumptions import number, numbers
from alongside.cli.demonstration.chance import bounded, pick, shifted_odds, source, whole
from alongside.cli.demonstration.shapes import SUBSTANCE, TALKING, Course, Joining, Life, Traits, Using, Visit

YEARS = 2
OLDEST_ENTRY = 365 * YEARS - 10


def people(count: int, seed: int, *, first: int = 0) -> Iterator[Life]:
    """`count` people, numbered from `first`. The same seed draws the same people, however many are asked for."""
    return (person(place, seed) for place in range(first, first + count))


def person(place: int, seed: int) -> Life:
    """The person of this number: which services, which course, what became of it."""
    random = source(seed, f"person {place}")
    path = pick(random, numbers("paths"))
    traits = who(random, path)
    if path == "joint":
        return joint(random, f"person {place}", traits)
    entered = random.randint(3, OLDEST_ENTRY)
    door = pick(random, numbers(f"doors_{path}"))
    course = talking(random, traits, door) if path == TALKING else substance(random, door)
    return Life(f"person {place}", traits, entered, (course,))


def who(random: Random, path: str) -> Traits:
    """Age, sex, ethnicity and where somebody lives."""
    female = random.random() < numbers("female")[path]
    return Traits(
        age=whole(random, numbers("age")[path], 14, 18, 85),
        birthday=random.randint(1, 365),
        sex="female" if female else "male",
        ethnicity=pick(random, numbers("ethnicity")),
        decile=int(pick(random, numbers("deprivation"))),
        pronouns=pick(random, {"": 0.5, "she/her" if female else "he/him": 0.47, "they/them": 0.03}),
    )


def talking(random: Random, traits: Traits, door: str) -> Course:
    """A stay with Talking Therapies of somebody who is not on a joint journey."""
    descriptor = pick(random, numbers("descriptors"))
    descriptor = "" if descriptor == "none" else descriptor
    step = "low" if random.random() < number("low_intensity") else "high"
    if random.random() < number("declined"):
        return _declined(random, door)
    score = visits.audit_c(random)
    match _how_far(random, score):
        case "finished":
            return finished(random, traits, door, descriptor, step, audit_c=score)
        case "treated_once":
            return treated_once(random, door, descriptor, step, score)
    return _not_treated(random, door, descriptor, step, score)


def _how_far(random: Random, audit_c: int) -> str:
    """How far somebody gets: likelier to stop after one treatment contact with an AUDIT-C of 8 or more, and that much
    less likely below it, so that the whole is as published."""
    shares = numbers("talking_flow")
    high = 1 - visits.audit_c_below(8)
    once_high = shifted_odds(shares["treated_once"], number("drop_out_when_audit_c_8"))
    once = once_high if audit_c >= 8 else (shares["treated_once"] - high * once_high) / (1 - high)
    rest = (1 - once) / (1 - shares["treated_once"])
    return pick(random, {key: once if key == "treated_once" else share * rest for key, share in shares.items()})


def _declined(random: Random, door: str) -> Course:
    reason = pick(random, numbers("declined_reasons"))
    using = None
    if reason == "alcohol_use":
        below = random.random() < number("declined_below_threshold")
        units = random.randint(5, 14) if below else random.randint(15, 32)
        using = Using("alcohol", random.randint(8, 28), Decimal(units), "units")
    elif reason == "drug_use":
        using = Using(random.choice(["cannabis", "cocaine"]), random.randint(6, 28))
    return Course(TALKING, door, declined=reason, using=using, ended_after=random.randint(1, 3))


def finished(
    random: Random, traits: Traits, door: str, descriptor: str, step: str, *, audit_c: int, fate: str = ""
) -> Course:
    """A finished course: at least two treatment contacts."""
    rhythm, felt = visits.talking(step), mood.draw(random, descriptor, traits.decile, fate=fate)
    mean = numbers("treatment_contacts")[step]
    end_code = pick(random, numbers("ends_finished"))
    treatments = whole(random, mean if end_code == "46" else mean - 2, 2.5, 2, 20)
    seen = visits.go_on(random, visits.begin(random, visits.wait(random), rhythm), rhythm, treatments)
    scored = visits.with_audit_c(visits.with_mood(random, seen, felt), audit_c)
    whole_course = scored if end_code == "46" else visits.lapse(random, scored, rhythm)
    return Course(
        TALKING,
        door,
        tuple(whole_course),
        ended_after=whole_course[-1].after + random.randint(0, 12),
        end_code=end_code,
        descriptor=descriptor,
        step=step,
        fate=felt.fate,
    )


def treated_once(random: Random, door: str, descriptor: str, step: str, audit_c: int) -> Course:
    """Somebody who came to one treatment contact and not again."""
    rhythm = visits.talking(step)
    begun = visits.begin(random, visits.wait(random), rhythm)
    _, first = mood.start(random)
    begun[0] = replace(begun[0], scores=mood.scores(first, ""))
    seen = visits.lapse(random, visits.with_audit_c(begun, audit_c), rhythm)
    end_code = pick(random, numbers("ends_treated_once"))
    return Course(
        TALKING, door, tuple(seen), seen[-1].after + random.randint(5, 20), end_code, "", descriptor, step=step
    )


def _not_treated(random: Random, door: str, descriptor: str, step: str, audit_c: int) -> Course:
    """Somebody who was assessed, or whom nobody reached, and who was not treated."""
    rhythm = visits.talking(step)
    after = min(visits.wait(random), 60) + 1
    if random.random() < 0.3:
        return Course(TALKING, door, (), after + 14, "50", step=step)
    seen = [Visit(after, "assessment", "attended", pick(random, rhythm.modes), rhythm.minutes)]
    _, first = mood.start(random)
    seen[0] = replace(seen[0], scores=mood.scores(first, ""))
    end_code = pick(random, numbers("ends_not_treated"))
    ended = after + random.randint(0, 14)
    return Course(TALKING, door, tuple(visits.with_audit_c(seen, audit_c)), ended, end_code, "", descriptor, step=step)


def substance(
    random: Random, door: str, *, group: str = "", severity: float = 0.0, change: str = "", weeks: int = 0
) -> Course:
    """A stay with the substance use service; `change` is what becomes of the main substance's days."""
    chosen = group or pick(random, numbers("groups"))
    completed = random.random() < number("completed")
    mean = numbers("weeks_in_treatment")[chosen]
    end = 7 * (weeks or whole(random, mean, mean / 2, 4, 90))
    rhythm = visits.keywork()
    begun = visits.begin(random, _first_keywork(random), rhythm)
    seen = visits.until(random, begun, rhythm, begun[-1].after + end)
    changed = change or use.change(random, "use_when_completed" if completed else "use_when_not_completed")
    firsts = [use.first(random, one, severity) for one in use.substances(random, chosen)]
    told = _told(random, seen, firsts, changed)
    end_code = _left(random, chosen) if completed else pick(random, numbers("left_early"))
    if end_code == "dropped_out":
        told = visits.lapse(random, told, rhythm)
    ended = told[-1].after + random.randint(1, 14)
    return Course(SUBSTANCE, door, tuple(told), ended, end_code, group=chosen, using=firsts[0], fate=changed)


def _first_keywork(random: Random) -> int:
    late = random.random() >= number("start_in_three_weeks")
    return random.randint(22, 45) if late else random.randint(1, 20)


def _told(random: Random, seen: list[Visit], firsts: list[Using], change: str) -> list[Visit]:
    """Days of use at the contacts where they are asked. Nobody uses on more than 28 days of 28: who will use more
    begins below that."""
    asked = visits.reports(seen)
    paths = []
    for turn, start in enumerate(firsts):
        if change == "more":
            start = use.reported(start, min(start.days, 22))
        end = use.last_days(random, start.days, change if turn == 0 else use.change(random, "use_when_not_completed"))
        paths.append(use.path(random, start, end, len(asked)))
    return visits.with_use(seen, asked, paths)


def _left(random: Random, group: str) -> str:
    if group == "alcohol":
        return "completed_alcohol_free" if random.random() < 0.6 else "completed_occasional_user"
    return "completed_drug_free" if group == "opiate" or random.random() < 0.6 else "completed_occasional_user"


def joint(random: Random, key: str, traits: Traits) -> Life:
    """Somebody on a joint journey: one course in each service, mood and use drawn together."""
    arm = pick(random, numbers("arms"))
    first_service = pick(random, numbers("doors_joint"))
    group = pick(random, numbers("groups_joint"))
    therapy, severity, better = _therapy(random, traits, arm, group)
    changed = use.change(random, "use_when_mood_better" if better else "use_when_mood_not_better")
    weeks = max(16, therapy.ended_after // 7 + random.randint(-4, 16)) if therapy.ended_after else 26
    keywork = substance(
        random, _door(random, first_service, SUBSTANCE), group=group, severity=severity, change=changed, weeks=weeks
    )
    after = random.randint(10, 24)
    therapy = replace(therapy, door=_door(random, first_service, TALKING))
    courses = (therapy, keywork) if first_service == TALKING else (keywork, therapy)
    joining = Joining(
        arm,
        after,
        evaluation=random.random() < number("agrees_to_evaluation"),
        questions=int(pick(random, numbers("questions"))),
    )
    return Life(key, traits, _entered(random, arm, after, courses), courses, joining)


def _therapy(random: Random, traits: Traits, arm: str, group: str) -> tuple[Course, float, bool]:
    """The Talking Therapies course on a joint journey, latent severity, and whether mood reliably improves."""
    descriptor = pick(random, numbers("descriptors"))
    descriptor = "" if descriptor == "none" else descriptor
    audit_c = visits.audit_c(random, high="alcohol" in group)
    if random.random() >= number("finished_joint") and arm != "one_to_one":
        severity, _ = mood.start(random)
        return treated_once(random, "self", descriptor, "high", audit_c), severity, False
    course = finished(random, traits, "self", descriptor, "high", audit_c=audit_c)
    first = next(visit.scores for visit in course.visits if visit.scores)
    severity = (float(first[0][1]) - numbers("phq9_first")["mean"]) / numbers("phq9_first")["sd"]
    return course, severity, course.fate in ("recovered_reliably", "improved")


def _door(random: Random, first: str, service: str) -> str:
    return pick(random, numbers(f"doors_{service}")) if first == service else first


def _entered(random: Random, arm: str, after: int, courses: tuple[Course, ...]) -> int:
    """Days since the first referral. One-to-one journeys beside the nine are still open; the others began at any
    time since the pathway opened."""
    opened = int(number("pathway_days"))
    ends = [(courses[0].ended_after or 400), after + (courses[1].ended_after or 400)]
    if arm == "one_to_one":
        latest = max(after + 9, min([*ends, opened]) - 5)
        return bounded(after + 8 + random.random() * (latest - after - 8), after + 8, latest)
    return random.randint(after + 8, opened)
