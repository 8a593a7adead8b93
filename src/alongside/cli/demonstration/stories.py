"""The people whom the demonstration promises, by name. Where to look for each: `docs/reference/demonstration.md`."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from alongside.cli.demonstration import mood
from alongside.cli.demonstration.mood import Pair
from alongside.cli.demonstration.shapes import SUBSTANCE, TALKING, Course, Joining, Life, Traits, Using, Visit

THERAPIST, STEP2 = "therapist@northside.example", "step2@northside.example"
KEYWORKER, PRESCRIBER = "keyworker@riverside.example", "prescriber@riverside.example"


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens beside the ordinary course. `side` is who asks: 0 for the first service, 1 for the second; a
    colleague of the practitioner where `asker` names a sign-in.
    """

    kind: Literal["asks", "answered", "asks_practice", "withdraws", "turned_away"]
    side: int = 0
    text: str = ""
    advice: str = ""
    asker: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One of them: what to see, from which sign-in, and what happens beside the ordinary course."""

    life: Life
    see: str
    sign_in: str
    turns: tuple[Turn, ...] = ()


def _traits(age: int, sex: str, decile: int, **more) -> Traits:
    pronouns = {"female": "she/her", "male": "he/him"}[sex]
    return Traits(age, 100 + 3 * age, sex, more.pop("ethnicity", "White British"), decile, pronouns, **more)


def _seen(ago: int, pairs: Sequence[tuple[int, int]], *, coming: int = 4, **how) -> tuple[Visit, ...]:
    """Weekly contacts of a course received `ago` days ago, the last of these yesterday, and more to come: the first
    of them today."""
    first = ago - 1 - 7 * (len(pairs) - 1)
    past = [
        Visit(first + 7 * turn, "treatment", scores=mood.scores(Pair(*pair), ""), pinned=True, **how)
        for turn, pair in enumerate(pairs)
    ]
    past[0] = Visit(first, "assessment_and_treatment", scores=past[0].scores, pinned=True, **how)
    later = [Visit(ago + 7 * turn, "treatment", pinned=turn == 0, **how) for turn in range(coming)]
    return tuple(past + later)


def _kept(ago: int, days: Sequence[int], *, units: int = 0, substance: str = "alcohol", **how) -> tuple[Visit, ...]:
    """Keywork every four weeks with days of use, the last a week ago, and more to come: the first of them today."""
    first = ago - 7 - 28 * (len(days) - 1)
    amount, unit = (Decimal(units), "units") if units else (None, "")
    past = [
        Visit(
            first + 28 * turn, "treatment", minutes=45, uses=(Using(substance, day, amount, unit),), pinned=True, **how
        )
        for turn, day in enumerate(days)
    ]
    later = [Visit(ago + 14 * turn, "treatment", minutes=45, pinned=turn == 0, **how) for turn in range(3)]
    return tuple(past + later)


def _joint(
    name: str,
    traits: Traits,
    felt: Sequence[tuple[int, int]],
    days: Sequence[int],
    units: int,
    worker: dict[str, str] | None = None,
) -> Life:
    """Somebody on an open one-to-one journey who came through Riverside four months ago."""
    keywork = Course(
        SUBSTANCE,
        "self",
        _kept(118, days, units=units),
        group="alcohol",
        using=Using("alcohol", days[0], Decimal(units), "units"),
    )
    therapy = Course(TALKING, SUBSTANCE, _seen(100, felt), descriptor="F321")
    given, family = name.split()
    return Life(name, traits, 118, (keywork, therapy), Joining("one_to_one", 18), given, family, worker or _MAIN)


_MAIN = {TALKING: THERAPIST, SUBSTANCE: KEYWORKER}
_SECOND = {TALKING: STEP2, SUBSTANCE: PRESCRIBER}


def _asks(side: int, text: str) -> Turn:
    return Turn("asks", side, text)


def _answered(side: int, text: str, advice: str, asker: str = "") -> Turn:
    return Turn("answered", side, text, advice, asker)


def _alone(name: str, traits: Traits, course: Course, ago: int, worker: str) -> Life:
    given, family = name.split()
    return Life(name, traits, ago, (course,), None, given, family, {course.service: worker})


def _waiting(name: str, traits: Traits, service: str, ago: int, using: Using | None = None) -> Story:
    course = Course(service, "self", waiting=True, using=using)
    when = "overdue" if ago > 2 else "due today"
    return Story(_alone(name, traits, course, ago, ""), f"a self-referral nobody has decided yet, {when}", "")


def _sent_back(name: str, traits: Traits, ago: int, reason: str, when: str) -> Story:
    """The GP referred them, Northside said no, and the GP has not told them yet."""
    course = Course(TALKING, "gp", declined=reason, ended_after=1)
    see = f"declined by Northside: the GP tells them what is offered instead, {when}"
    return Story(_alone(name, traits, course, ago, ""), see, "gp@millfield.example")


def _unwritten(name: str, traits: Traits, service: str, worker: str, **more: str) -> Story:
    """A contact of two days ago that nobody has written up."""
    visits = [Visit(30 + 14 * turn, "treatment", minutes=45, pinned=True) for turn in range(3)]
    visits.append(Visit(72, "treatment", minutes=45, pinned=True, unwritten=True))
    course = Course(service, "gp", tuple(visits), **more)
    return Story(_alone(name, traits, course, 74, worker), "a contact of two days ago is not recorded yet", worker)


@cache
def stories() -> tuple[Story, ...]:
    """All of them, in the order in which they are lived."""
    return (*_both_services(), *_needs(), *_queues())


def _both_services() -> tuple[Story, ...]:
    better = [(17, 15), (16, 13), (14, 12), (12, 10), (11, 9), (9, 8), (8, 7)]
    stuck = [(18, 15), (17, 15), (19, 16), (18, 14), (18, 15), (17, 15), (18, 15)]
    halfway = [(16, 14), (15, 13), (14, 12), (13, 11)]
    apart = Life(
        "Jamie Thornbury",
        _traits(29, "male", 3),
        90,
        (
            Course(TALKING, "self", _seen(90, halfway), descriptor="F411"),
            Course(SUBSTANCE, "self", _kept(87, [20, 18, 15], units=14), group="alcohol"),
        ),
        None,
        "Jamie",
        "Thornbury",
        _MAIN,
    )
    turned_away = Course(SUBSTANCE, "self", _kept(60, [20, 20], units=12), group="alcohol")
    return (
        Story(
            _joint("Morgan Ellery", _traits(34, "female", 4), better, [11, 14, 17, 21], 9),
            "mood better and drinking more; Northside's question to Riverside is due in two hours",
            THERAPIST,
            (_asks(1, "Mood is better and the drinking is going up. Do we change the plan, or wait for the review?"),),
        ),
        Story(
            _joint("Rowan Sedgwick", _traits(45, "male", 2), stuck, [6, 6, 7, 6], 8),
            "use stable and mood stuck; Riverside's question to Northside is due in two hours",
            KEYWORKER,
            (
                _asks(0, "Use has been steady for months, the mood has not moved. Could the treatment be stepped up?"),
                _answered(
                    1,
                    "Sleeps four hours. Is it the drinking, or should we work on sleep first?",
                    "Work on sleep now; the drinking is steady and low.",
                ),
                _answered(
                    1,
                    "The course ends in a month without change. Will you join a review of it?",
                    "Yes. Offer two times and we come to you.",
                    "lead@northside.example",
                ),
                _answered(
                    0,
                    "Rang here about an earlier therapy appointment. Is one free this week?",
                    "One was cancelled for Friday at 11. We ring today.",
                    "duty@riverside.example",
                ),
            ),
        ),
        Story(
            _joint("Casey Lindqvist", _traits(38, "female", 5), halfway, [18, 15, 12, 11], 11),
            "withdrew consent yesterday in the middle of treatment: Northside no longer sees Riverside's record",
            THERAPIST,
            (Turn("withdraws"),),
        ),
        Story(
            apart, "known to both services and has told neither: two records that do not know of each other", THERAPIST
        ),
        Story(
            _alone("Alex Fairbairn", _traits(41, "male", 3), turned_away, 60, KEYWORKER),
            "declined by Northside at 12 units a day, under its own threshold of 15; nobody has told them yet",
            KEYWORKER,
            (Turn("turned_away"),),
        ),
        Story(
            _joint("Bronwen Tully", _traits(53, "female", 4), halfway, [20, 16, 12, 9], 10, _SECOND),
            "seen at Northside yesterday; Riverside answered Northside's question yesterday",
            STEP2,
            (
                _answered(
                    1,
                    "She starts acamprosate this week. What should the sessions look out for?",
                    "Loose stools in the first fortnight are common. Tell us if she stops taking it.",
                ),
                _answered(
                    1,
                    "She rang our duty line after a heavy evening. Who can see her sooner?",
                    "The duty worker here sees her tomorrow at 10.",
                    "duty@northside.example",
                ),
                _answered(
                    0,
                    "We would like to see her on the day of her session, in your building. Is a room free?",
                    "Yes, the room beside it from 2 to 4.",
                    "lead@riverside.example",
                ),
            ),
        ),
    )


def _needs() -> tuple[Story, ...]:
    felt = [(15, 13), (14, 12), (12, 11)]
    bsl = _traits(
        52,
        "female",
        6,
        language="bfi",
        interpreter=True,
        access_needs="British Sign Language interpreter; text, never ring",
    )
    urdu = _traits(
        36,
        "female",
        1,
        ethnicity="Pakistani",
        language="ur",
        interpreter=True,
        access_needs="Urdu interpreter, a woman",
    )
    rural = _traits(
        61,
        "male",
        8,
        access_needs="By telephone only: no bus and no broadband",
        address="Highfold Farm, Upper Marrick, Northford",
        safe_contact="Ring the landline in the evening",
    )
    talking = {"descriptor": "F411", "step": "low"}
    with_practice = Course(TALKING, "gp", _seen(50, felt), descriptor="F321", with_practice=True)
    return (
        Story(
            _alone("Hester Boyle", bsl, Course(TALKING, "gp", _seen(60, felt, mode="video"), **talking), 60, STEP2),
            "uses British Sign Language",
            STEP2,
        ),
        Story(
            _alone("Nasreen Akhtar", urdu, with_practice, 50, THERAPIST),
            "needs an Urdu interpreter; agreed that her GP sees how treatment goes: the GP has news and a question",
            "gp@millfield.example",
            (Turn("asks_practice", text="She wakes at three. Did her thyroid result come back, and may we see it?"),),
        ),
        Story(
            _alone(
                "Wilf Braithwaite",
                rural,
                Course(TALKING, "self", _seen(45, felt, mode="telephone"), **talking),
                45,
                STEP2,
            ),
            "lives far out and can only be reached by telephone",
            STEP2,
        ),
    )


def _queues() -> tuple[Story, ...]:
    drinking = Using("alcohol", 22, Decimal(14), "units")
    return (
        _waiting("Ines Calloway", _traits(27, "female", 4), TALKING, 5),
        _waiting("Gareth Pugh", _traits(33, "male", 6), TALKING, 2, drinking),
        _waiting("Lorna Mackie", _traits(48, "female", 2), SUBSTANCE, 5, drinking),
        _waiting("Dean Ashworth", _traits(39, "male", 3), SUBSTANCE, 2, drinking),
        _sent_back("Marjorie Tate", _traits(70, "female", 7), 5, "more_specialist", "overdue"),
        _sent_back("Colin Strand", _traits(57, "male", 5), 2, "out_of_area", "due today"),
        _unwritten("Ruth Osei", _traits(44, "female", 3), TALKING, STEP2, descriptor="F411", step="low"),
        _unwritten(
            "Piotr Banas", _traits(50, "male", 2, ethnicity="White other"), SUBSTANCE, PRESCRIBER, group="opiate"
        ),
    )
