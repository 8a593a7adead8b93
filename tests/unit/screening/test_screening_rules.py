"""What may follow on what, who holds it, by when, what is still to be asked, and what a questionnaire suggests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources

import pytest

from alongside.definitions import screening as content
from alongside.definitions.agreements import agreement
from alongside.definitions.instruments import Whose, instrument
from alongside.definitions.loader import parse
from alongside.definitions.screening import Screening
from alongside.kernel.errors import Invalid, NotAllowed, Several
from alongside.measures.rules import category
from alongside.organisations.rules import ServiceKind, opening_hours, usual_hours
from alongside.screening import rules
from alongside.screening.rules import HOLDER, MOVES, OPEN, OWED, Asked, Cascade, Holds, State, Step

HOURS = opening_hours(usual_hours(), "Europe/London")
AGREED = agreement("northside_riverside")
MONDAY = datetime(2026, 6, 15, 9, tzinfo=UTC)

# Each state with those that may follow. Who holds it follows: somebody as long as anything may.
ONWARD = {
    "negative": "",
    "did_not_say": "",
    "positive": "discussed in_treatment left",
    "discussed": "offered in_treatment nothing_needed left",
    "offered": "started offer_declined in_treatment left",
    "started": "",
    "offer_declined": "",
    "in_treatment": "",
    "nothing_needed": "",
    "left": "",
}


@pytest.mark.parametrize("state", list(State))
def test_what_may_follow_and_who_holds_it(state):
    assert MOVES[state] == set(ONWARD[state].split())
    assert HOLDER[state] is (Holds.PRACTITIONER if ONWARD[state] else Holds.NOBODY)


def test_whatever_is_open_is_owed_as_something():
    assert set(OWED) == set(OPEN) == {"positive", "discussed", "offered"}


def test_everything_that_is_open_can_be_left_by_a_discharge():
    assert all(State.LEFT in MOVES[state] for state in OPEN)


@pytest.mark.parametrize("now", list(State))
@pytest.mark.parametrize("to", list(State))
def test_only_legal_steps_are_taken(now, to):
    step = Step(to, "Said")
    if to in MOVES[now] and to is not State.LEFT:
        assert rules.check_step(now, step) is to
    else:
        with pytest.raises(NotAllowed):
            rules.check_step(now, step)


@pytest.mark.parametrize(
    ("now", "step", "field"),
    [
        ("positive", Step("discussed"), ""),
        ("offered", Step("offer_declined"), ""),
        ("offered", Step("started", thing="ref_1"), ""),
        ("discussed", Step("offered", "  "), "offered"),
        ("offered", Step("started"), "started"),
        ("positive", Step("in_treatment"), "in_treatment"),
        ("discussed", Step("nothing_needed"), "nothing_needed"),
        ("discussed", Step("offered", "A group", thing="ref_1"), "offered"),
        ("positive", Step("discussed", "x" * 1001), "discussed"),
        ("positive", Step("discussed", "x" * 1000), ""),
    ],
)
def test_a_step_says_what_the_next_person_must_know(now, step, field):
    if not field:
        assert rules.check_step(State(now), step) is State(step.to)
        return
    with pytest.raises(Invalid) as refused:
        rules.check_step(State(now), step)
    assert refused.value.field == field


def test_a_step_that_is_none_is_refused():
    with pytest.raises(NotAllowed):
        rules.check_step(State.POSITIVE, Step("cured"))


@pytest.mark.parametrize(
    ("state", "due"),
    [
        ("positive", datetime(2026, 6, 22, 16, tzinfo=UTC)),
        ("discussed", datetime(2026, 6, 22, 16, tzinfo=UTC)),
        ("offered", datetime(2026, 7, 13, 16, tzinfo=UTC)),
    ],
)
def test_the_next_step_is_due_by_the_agreement(state, due):
    assert rules.due_at(State(state), MONDAY, AGREED, HOURS) == due


@pytest.mark.parametrize("state", sorted(set(State) - OPEN))
def test_what_nobody_holds_is_never_due(state):
    with pytest.raises(KeyError):
        rules.due_at(State(state), MONDAY, AGREED, HOURS)


@pytest.mark.parametrize(
    ("asked", "since", "left"),
    [
        ({}, date(2026, 6, 1), ("alcohol", "drugs")),
        ({"alcohol": MONDAY}, date(2026, 6, 1), ("drugs",)),
        ({"alcohol": MONDAY}, date(2026, 6, 15), ("drugs",)),  # on the first day of the stay
        ({"alcohol": MONDAY}, date(2026, 6, 16), ("alcohol", "drugs")),  # in an earlier stay
        ({"alcohol": MONDAY, "drugs": MONDAY}, None, ()),
        ({"mood": MONDAY}, None, ("alcohol", "drugs")),
        ({"alcohol": datetime(2026, 6, 15, 23, 30, tzinfo=UTC)}, date(2026, 6, 16), ("drugs",)),  # midnight in London
    ],
)
def test_what_is_still_to_be_asked_in_this_stay(asked, since, left):
    assert rules.to_ask(("alcohol", "drugs"), asked, since) == left


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ([], [""]),
        ([Asked("alcohol", "positive"), Asked("alcohol", "negative")], ["alcohol"]),
        (
            [Asked("weather", "positive"), Asked("drugs", "discussed"), Asked("tobacco", "")],
            ["weather", "drugs", "tobacco"],
        ),
    ],
)
def test_wrong_answers_are_refused_together(asked, fields):
    with pytest.raises((Invalid, Several)) as refused:
        rules.check_asked(asked)
    problems = refused.value.problems if isinstance(refused.value, Several) else [refused.value]
    assert [one.field for one in problems] == fields


def test_every_answer_that_asking_can_come_to_is_taken():
    asked = [Asked("alcohol", "positive"), Asked("drugs", "negative"), Asked("gambling", "did_not_say")]
    assert [state for _topic, state in rules.check_asked(asked)] == ["positive", "negative", "did_not_say"]


# --- What a questionnaire suggests -----------------------------------------------------------------------------------

WOMAN, MAN, NOT_KNOWN = Whose(sex="female"), Whose(sex="male"), Whose()
NO_DRUG_PARTS = dict.fromkeys(["cannabis", "stimulants", "sedatives", "opioids"], Decimal(0))


@pytest.mark.parametrize(
    ("topic", "key", "value", "whose", "found"),
    [
        ("alcohol", "audit_c", 4, NOT_KNOWN, False),
        ("alcohol", "audit_c", 5, NOT_KNOWN, True),
        ("alcohol", "audit_c", 4, WOMAN, False),  # the lower cut-offs by sex are those of the United States
        ("alcohol", "audit_pc", 5, NOT_KNOWN, True),
        ("alcohol", "fast", 3, NOT_KNOWN, True),
        ("alcohol", "audit", 7, NOT_KNOWN, False),
        ("alcohol", "audit", 8, NOT_KNOWN, True),
        ("drugs", "dudit", 2, WOMAN, True),
        ("drugs", "dudit", 2, MAN, False),
        ("drugs", "dudit", 6, NOT_KNOWN, None),  # its cut-offs are by sex: the practitioner says
        ("drugs", "dast10", 3, NOT_KNOWN, True),
        ("mood", "phq2", 2, NOT_KNOWN, False),
        ("mood", "phq2", 3, NOT_KNOWN, True),
        ("mood", "phq9", 9, NOT_KNOWN, False),
        ("mood", "phq9", 10, NOT_KNOWN, True),
        ("mood", "phq9", 8, Whose(language="bfi"), True),
        ("anxiety", "gad2", 3, NOT_KNOWN, True),
        ("anxiety", "gad7", 7, NOT_KNOWN, False),
        ("anxiety", "gad7", 8, NOT_KNOWN, True),
        ("trauma", "pc_ptsd_5", 3, NOT_KNOWN, True),
        ("trauma", "pcl5", 31, NOT_KNOWN, False),
        ("trauma", "itq", None, NOT_KNOWN, None),
    ],
)
def test_a_score_is_held_against_the_instruments_own_cutoff(topic, key, value, whose, found):
    answered_by = rules.answers(content.topics()[topic], key)
    number = None if value is None else Decimal(value)
    assert rules.suggests(answered_by, number, {}, whose) is found


@pytest.mark.parametrize(
    ("topic", "parts", "found"),
    [
        ("alcohol", {"alcohol": Decimal(3)}, True),
        ("alcohol", {"alcohol": Decimal(2)}, False),
        ("alcohol", {"alcohol": None}, None),
        ("tobacco", {"tobacco": Decimal(2)}, True),
        ("drugs", NO_DRUG_PARTS | {"opioids": Decimal(2)}, True),
        ("drugs", NO_DRUG_PARTS, None),  # stimulants have no cut-off here, so that nothing says no
    ],
)
def test_parts_are_held_against_their_own(topic, parts, found):
    answered_by = rules.answers(content.topics()[topic], "assist_lite")
    assert rules.suggests(answered_by, None, parts, NOT_KNOWN) is found


def test_an_instrument_about_something_else_does_not_answer():
    assert rules.answers(content.topics()["gambling"], "audit_c") is None


def test_whether_anybody_checked_the_cutoff():
    checked = {one.instrument: rules.is_checked(one) for one in content.topics()["alcohol"].answered_by}
    assert checked == {"audit_c": True, "audit_pc": True, "fast": False, "audit": True, "assist_lite": False}
    assert not rules.is_checked(rules.answers(content.topics()["trauma"], "itq"))


# --- The cascade ------------------------------------------------------------------------------------------------------


def test_each_person_counts_once_at_each_step():
    been = [
        ("alcohol", "one", ["negative"]),
        ("alcohol", "one", ["positive", "discussed"]),  # asked again, and said yes
        ("alcohol", "two", ["positive", "discussed", "offered", "started"]),
        ("alcohol", "three", ["did_not_say"]),
        ("drugs", "one", ["positive", "in_treatment"]),
    ]
    assert rules.cascades(been, [("alcohol", "one")]) == {
        "alcohol": Cascade(asked=3, positive=2, discussed=2, offered=1, started=1, waiting=1),
        "drugs": Cascade(asked=1, positive=1),
    }


# --- The content ------------------------------------------------------------------------------------------------------


def test_each_door_asks_about_what_the_other_treats():
    assert content.asked_at(ServiceKind.TALKING_THERAPIES) == ("alcohol", "drugs", "tobacco", "gambling")
    assert content.asked_at(ServiceKind.SUBSTANCE_USE) == ("mood", "anxiety", "trauma")
    assert content.asked_at(ServiceKind.HOUSING) == ()


@pytest.mark.parametrize("topic", content.topics().values(), ids=lambda one: one.key)
def test_a_screening_is_at_least_as_closed_as_what_answers_it(topic):
    """Whoever may not see the score may not see what was found by it."""
    assert {category(instrument(one.instrument)) for one in topic.answered_by} <= {topic.category}


def test_our_own_questions_say_that_nobody_checked_them():
    listed = content.screening()
    assert not any(one.verified for one in (listed, *listed.topics, *listed.doors))


TOPICS = resources.files("alongside.definitions.screening").joinpath("topics.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('instrument = "audit_c"', 'instrument = "audit_x"', "'audit_x' is no instrument"),
        (
            'instrument = "fast", cutoff = "screen"',
            'instrument = "fast", cutoff = "sceen"',
            "fast has no cut-off 'sceen'",
        ),
        ('parts = ["tobacco"]', 'parts = ["snuff"]', "assist_lite has no part ['snuff']"),
        ('category = "use_pattern"', 'category = "gossip"', "'gossip' is no kind of information"),
        ('topics = ["', 'topics = ["weather", "', "asks about ['weather'], which is no topic"),
    ],
)
def test_a_fault_of_the_topics_is_told_with_its_line(before, after, said):
    line = TOPICS[: TOPICS.index(before)].count("\n") + 1
    with pytest.raises(Invalid, match=r"^topics\.toml: ") as caught:
        parse(TOPICS.replace(before, after, 1), Screening, "topics.toml")
    assert f"(line {line}): {said}" in caught.value.message
