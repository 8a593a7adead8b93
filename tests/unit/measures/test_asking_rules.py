"""What may be asked from afar, how an ask stands, and which question comes next."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alongside.definitions.instruments import UK, instrument, instruments
from alongside.kernel import links
from alongside.kernel.errors import Invalid
from alongside.measures import rules
from alongside.measures.rules import asking
from alongside.measures.rules.asking import LEFT_OUT, TRIES, Standing
from tests.unit.measures.refusals import refused

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOTH = ("phq9", "audit_c")
ELSE = "here in their language. Fill it in with them, on paper or by telephone."


def answered(count, value="1"):
    return dict.fromkeys(range(1, count + 1), value)


class TestTheLink:
    @pytest.mark.parametrize(
        ("zone", "day"), [("Europe/London", 12), ("America/New_York", 11), ("Pacific/Auckland", 12)]
    )
    def test_its_last_day_is_that_of_where_the_service_is(self, zone, day):
        ends = datetime(2026, 3, 13, 2, tzinfo=UTC)
        assert asking.last_day(ends, ZoneInfo(zone)) == date(2026, 3, day)

    def test_it_is_a_hundred_and_twenty_eight_bits_and_fits_an_address(self):
        tokens = {links.new_token() for _ in range(200)}
        assert len(tokens) == 200
        assert {len(token) for token in tokens} == {22}  # 22 letters of 6 bits
        assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)

    def test_what_is_kept_is_not_the_link(self):
        token = links.new_token()
        assert token not in links.digest(token)
        assert links.digest(token) == links.digest(token) != links.digest(token + "x")

    @pytest.mark.parametrize(
        ("kept", "tries", "left", "stands"),
        [
            ("open", 0, MINUTE, Standing.OPEN),
            ("open", TRIES - 1, MINUTE, Standing.OPEN),
            ("open", TRIES, MINUTE, Standing.LOCKED),
            ("open", 0, timedelta(), Standing.EXPIRED),
            ("open", TRIES, -MINUTE, Standing.LOCKED),  # what somebody tried is worth knowing afterwards too
            ("answered", TRIES, -MINUTE, Standing.ANSWERED),
            ("withdrawn", 0, MINUTE, Standing.WITHDRAWN),
        ],
    )
    def test_how_an_ask_stands(self, kept, tries, left, stands):
        assert asking.standing(kept, tries, NOW + left, NOW) is stands


class TestWhatMayBeAsked:
    @pytest.mark.parametrize("key", ["phq9", "gad7", "audit_c"])
    def test_what_has_words_and_is_the_persons_own(self, key):
        assert asking.why_not(instrument(key), "en", UK) == ""

    @pytest.mark.parametrize(
        ("key", "message"),
        [
            ("audit", f"There are no words for AUDIT {ELSE}"),
            ("ciwa_ar", "CIWA-Ar is not answered by the person themselves. Fill it in with them."),
            ("bam", f"There are no words for BAM {ELSE}"),  # written for the United States
            ("sds", "SDS is asked about one substance at a time. Fill it in with them."),
            ("biq", "BIQ is entered by its total: we hold no questions for it."),
        ],
    )
    def test_what_cannot_says_why(self, key, message):
        assert refused(lambda: asking.check_asking([key], "en", UK)) == [("instruments", message)]

    def test_no_words_in_their_language_is_no_asking(self):
        assert refused(lambda: asking.check_asking(["phq9"], "ur", UK)) == [
            ("instruments", f"There are no words for PHQ-9 {ELSE}")
        ]

    def test_english_is_the_english_of_the_united_kingdom(self):
        assert asking.words_of(instrument("audit_c"), "en", UK).language == "en-GB"
        assert asking.words_of(instrument("phq9"), "cy", UK) is None

    def test_and_elsewhere_it_is_not(self):
        words = asking.words_of(instrument("audit_c"), "en", "us")
        assert (words.language, words.jurisdiction) == ("en-US", "us")
        assert asking.words_of(instrument("phq9"), "en", "us").language == "en-GB"  # it holds everywhere
        assert asking.why_not(instrument("bam"), "en", "us") == ""
        assert "no words for BAM" in asking.why_not(instrument("bam"), "en", UK)

    def test_at_least_one_and_each_once(self):
        assert refused(lambda: asking.check_asking([], "en", UK)) == [
            ("instruments", "Choose at least one questionnaire.")
        ]
        assert [one.key for one in asking.check_asking(["gad7", "phq9", "gad7"], "en", UK)] == ["gad7", "phq9"]


class TestOneQuestionAfterAnother:
    def test_places_run_through_every_instrument(self):
        every = asking.questions(BOTH)
        assert [one.place for one in every] == list(range(1, 13))
        assert (every[8].measure.key, every[8].item.number, every[9].item.number) == ("phq9", 9, 1)

    def test_the_first_without_an_answer_is_next(self):
        assert asking.first_open(BOTH, {}).place == 1
        assert asking.first_open(BOTH, answered(3)).place == 4
        assert asking.first_open(BOTH, answered(12)) is None

    def test_what_does_not_apply_is_not_asked(self):
        """PC-PTSD-5 ends after a first answer of no."""
        keys = ("pc_ptsd_5",)
        assert len(asking.applying(keys, {})) == 6
        assert len(asking.applying(keys, {1: "1"})) == 6
        assert [one.place for one in asking.applying(keys, {1: "0"})] == [1]
        assert asking.first_open(keys, {1: "0"}) is None

    def test_what_is_skipped_counts_as_nought_for_what_it_skips(self):
        """AUDIT: who never drinks is not asked how much, and so not what came of it; the last two are asked."""
        assert [one.place for one in asking.applying(("audit",), {1: "0"})] == [1, 9, 10]
        assert [one.place for one in asking.applying(("audit",), {1: "1", 2: "0", 3: "0"})] == [1, 2, 3, 9, 10]
        assert len(asking.applying(("audit",), {1: "1", 2: "0", 3: "1"})) == 10
        assert len(asking.applying(("audit",), {1: "x"})) == 10  # what is no answer skips nothing
        assert len(asking.applying(("audit",), {1: LEFT_OUT})) == 10

    def test_an_answer_that_came_to_be_skipped_is_not_handed_in(self):
        [given] = asking.handed_in(("pc_ptsd_5",), answered(6) | {1: "0"})
        assert given.answers == ["0", None, None, None, None, None]
        assert rules.check_given(given).value == 0

    def test_an_answer_to_a_skipped_question_is_refused(self):
        said = "This question is not asked any more. Go on to the next one."
        assert refused(lambda: asking.check_answer(("pc_ptsd_5",), {1: "0"}, 2, "1")) == [("answer", said)]

    @pytest.mark.parametrize(
        ("written", "message"),
        [
            ("", "Choose an answer."),
            (" ", "Choose an answer."),
            ("4", "4 is not an answer to this question. Choose one of 0, 1, 2, 3."),
        ],
    )
    def test_what_is_no_answer_is_refused(self, written, message):
        assert refused(lambda: asking.check_answer(BOTH, {}, 1, written)) == [("answer", message)]

    def test_an_answer_is_kept_as_it_is_spelt(self):
        assert asking.check_answer(BOTH, {}, 1, " 3 ") == "3"

    def test_every_answer_of_phq9_is_needed(self):
        assert not asking.may_leave_out(BOTH, {}, 1)
        assert refused(lambda: asking.check_answer(BOTH, {}, 1, LEFT_OUT)) == [("answer", "Choose an answer.")]

    def test_as_many_may_be_left_out_as_the_definition_says(self):
        one = next(one for one in instruments() if one.missing and one.by_items and one.missing.at_most == 1)
        keys = (one.key,)
        first, second = [item.number for item in one.items if item.scored and not item.needed][:2]
        assert asking.may_leave_out(keys, {}, first)
        assert asking.check_answer(keys, {}, first, LEFT_OUT) == LEFT_OUT
        value = str(one.items[first - 1].values[0])
        assert asking.check_answer(keys, {}, first, value) == value  # what may be left out may be answered
        last = len(one.items)
        assert asking.may_leave_out(("phq9", one.key), {}, 9) is False  # each by its own rule
        assert asking.may_leave_out((one.key, "phq9"), {}, last + 1) is False
        left = asking.handed_in(keys, answered(last, value) | {first: LEFT_OUT})
        assert left[0].answers[first - 1] is None
        assert asking.may_leave_out(keys, {first: LEFT_OUT}, first)  # the page comes again to the same one
        assert not asking.may_leave_out(keys, {first: LEFT_OUT}, second)

    def test_nothing_is_handed_in_with_a_gap(self):
        assert refused(lambda: asking.handed_in(BOTH, answered(11))) == [("answer", "Question 12 has no answer yet.")]
        assert [one.instrument for one in asking.handed_in(BOTH, answered(12))] == list(BOTH)

    @pytest.mark.parametrize(
        ("count", "handed"),
        [
            (1, [("phq9", True)]),  # begun, and not finished
            (9, [("phq9", False)]),  # the second was not begun
            (10, [("phq9", False), ("audit_c", True)]),
            (12, [("phq9", False), ("audit_c", False)]),
        ],
    )
    def test_as_it_is_what_there_is_goes(self, count, handed):
        given = asking.handed_in(BOTH, answered(count), as_it_is=True)
        assert [(one.instrument, one.unfinished) for one in given] == handed

    @pytest.mark.parametrize("drafts", [{}, {1: LEFT_OUT}])
    def test_nothing_at_all_does_not_go(self, drafts):
        assert refused(lambda: asking.handed_in(BOTH, drafts, as_it_is=True)) == [
            ("answer", "No question has an answer yet.")
        ]


class TestHarm:
    @pytest.mark.parametrize(("value", "tells"), [("0", False), ("1", True), ("3", True), (LEFT_OUT, False)])
    def test_an_answer_above_nought_tells(self, value, tells):
        assert asking.any_harm(BOTH, {9: value}) is tells

    def test_what_is_no_answer_does_not(self):
        assert not asking.any_harm(BOTH, {9: "x"})

    def test_other_answers_do_not(self):
        assert not asking.any_harm(BOTH, {8: "3"})


def test_what_may_be_asked_depends_on_where_the_service_is():
    """BAM belongs to the United States' public domain; AUDIT-C has words for either edition."""
    for where in ("uk", "us"):
        assert [one.key for one in asking.check_asking(["audit_c"], "en", where)] == ["audit_c"]
    with pytest.raises(Invalid, match="There are no words for BAM here"):
        asking.check_asking(["bam"], "en", "uk")
