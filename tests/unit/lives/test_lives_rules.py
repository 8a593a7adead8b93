"""What may be said of an event, and what kind of information each kind of event is."""

from datetime import date, timedelta
from importlib import resources

import pytest

from alongside.definitions import lives as content
from alongside.definitions import policy
from alongside.definitions.lives import Lives
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid, Several
from alongside.lives import rules
from alongside.lives.rules import LONGEST, Told

TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)
FUNERAL = Told("bereavement", TODAY - DAY, words="  His mother.  ")


def refused(told):
    with pytest.raises(Several) as caught:
        rules.check(told, TODAY)
    return [one.field for one in caught.value.problems]


def test_what_is_told_is_kept_and_its_words_trimmed():
    assert rules.check(FUNERAL, TODAY) == Told("bereavement", TODAY - DAY, words="His mother.")


@pytest.mark.parametrize("start", [TODAY, TODAY - 9000 * DAY])
def test_today_and_long_ago_are_days_that_were(start):
    assert rules.check(Told("detox", start, start), TODAY).start == start


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "weather"}, "kind"),
        ({"start": TODAY + DAY}, "start"),
        ({"end": TODAY - 2 * DAY}, "end"),
        ({"end": TODAY + DAY}, "end"),
        ({"source": "gossip"}, "source"),
        ({"certainty": "maybe"}, "certainty"),
        ({"words": "a" * (LONGEST + 1)}, "words"),
    ],
)
def test_what_is_wrong_is_named(changes, field):
    assert refused(Told(**{"kind": "admission", "start": TODAY - DAY, **changes})) == [field]


def test_everything_that_is_wrong_is_named_at_once():
    wrong = Told("weather", TODAY + DAY, TODAY, "gossip", "maybe", "a" * (LONGEST + 1))
    assert refused(wrong) == ["kind", "start", "end", "source", "certainty", "words"]


def test_the_longest_words_fit():
    assert len(rules.check(Told("other", TODAY, words="a" * LONGEST), TODAY).words) == LONGEST


# The kind of information of every kind of event: one that moves is somebody's decision, not a slip.
CLOSED = {
    "emergency_attendance": "assessment",
    "admission": "assessment",
    "detox": "use_pattern",
    "withdrawal_seizure": "use_pattern",
    "withdrawal_delirium": "use_pattern",
    "overdose": "use_pattern",
    "crisis_contact": "safety",
    "arrest": "session_notes",
    "release": "session_notes",
    "bereavement": "session_notes",
    "housing_lost": "assessment",
    "housing_found": "assessment",
    "work_lost": "assessment",
    "work_found": "assessment",
    "relationship": "session_notes",
    "other": "session_notes",
}


def test_each_kind_is_of_the_kind_of_information_that_was_chosen():
    assert {key: rules.category(key) for key in content.kinds()} == CLOSED


@pytest.mark.parametrize("kind", ["arrest", "release", "other"])
def test_the_most_closed_are_in_no_bundle(kind):
    assert not any(bundle.mask & rules.needs(kind) for bundle in policy.bundles().values())


def test_each_kind_says_why_and_that_nobody_verified_it():
    assert all(kind.because and not kind.verified for kind in content.kinds().values())


KINDS = resources.files("alongside.definitions.lives").joinpath("kinds.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('category = "assessment"', 'category = "gossip"', "kinds.0.category (line {}): 'gossip' is no kind of"),
        ('key = "admission"', 'key = "emergency_attendance"', "kinds.1.key (line {}): there is already a kind"),
        ('sign = "seizures"', 'sign = "a bad night"', "kinds.3.sign (line {}): 'a bad night' is no sign"),
    ],
)
def test_a_fault_of_the_list_is_told_with_its_line(before, after, said):
    line = KINDS[: KINDS.index(before)].count("\n") + 1
    with pytest.raises(Invalid, match=r"^kinds\.toml: ") as caught:
        parse(KINDS.replace(before, after, 1), Lives, "kinds.toml")
    assert said.replace("{}", str(line)) in caught.value.message


def test_what_happened_when_somebody_stopped_is_a_sign_of_dependence():
    happened = ["arrest", "withdrawal_delirium", "no longer a kind", "withdrawal_seizure"]
    assert content.signs(happened) == ("delirium", "seizures")
