"""What is handed in with one form: what it is worth, which kinds of information it holds, and every refusal."""

from collections import UserList
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from alongside.definitions.instruments import Whose, instrument, instruments
from alongside.definitions.instruments.model.instrument import Domain
from alongside.definitions.substances import definition, substances
from alongside.kernel.errors import Invalid, Several
from alongside.measures.rules import (
    NOTHING_SAID,
    Context,
    Given,
    HandedIn,
    Noticed,
    Scored,
    Use,
    Used,
    as_numbers,
    banded,
    categories,
    category,
    check_all,
    check_given,
    check_last_use,
    check_use,
    is_case,
    is_valid_total,
    parts_kept,
    raising,
    score,
    worth_of_total,
)
from alongside.measures.rules.entries import KINDS
from tests.rebuilding import rebuilt
from tests.unit.measures.refusals import refused

PHQ9 = [1, 1, 1, 1, 1, 1, 1, 1, 0]
AMOUNT = "Give the amount as a number from 0 to 9999, such as 4 or 2.5."


class TestAMeasure:
    def test_by_its_answers(self):
        worth = check_given(Given("phq9", PHQ9))
        assert (worth.value, worth.band, worth.flags) == (8, "mild", ())

    def test_by_its_total(self):
        assert check_given(Given("phq9", total="8", harm=False)).value == Decimal(8)

    @pytest.mark.parametrize(("harm", "flags"), [(True, ("self_harm_item",)), (False, ())])
    def test_a_total_says_what_the_paper_says_of_self_harm(self, harm, flags):
        assert check_given(Given("phq9", total=8, harm=harm)).flags == flags

    @pytest.mark.parametrize(
        ("key", "answers", "flags"),
        [
            ("phq9", [2, None, None, None, None, None, None, None, 3], ("self_harm_item",)),
            ("phq9", {9: "1"}, ("self_harm_item",)),
            ("phq9", [2, 1] + [""] * 7, ()),
            ("c_ssrs", {6: 1}, ("self_harm_item",)),
            ("gad7", [3] * 6 + [None], ()),
        ],
    )
    def test_what_somebody_answered_who_would_not_go_on_stands_without_a_score(self, key, answers, flags):
        worth = check_given(Given(key, answers, unfinished=True))
        assert (worth.value, worth.band, worth.flags) == (None, None, flags)
        assert worth.gaps

    def test_whoever_went_on_to_the_end_has_a_score_all_the_same(self):
        assert check_given(Given("phq9", PHQ9, unfinished=True)).value == 8

    @pytest.mark.parametrize(
        ("key", "answers"),
        [
            ("phq9", [None] * 9),
            ("phq9", [" "] * 9),
            ("phq9", {}),
            ("phq9", [4] + [None] * 8),  # an answer that is none
            ("pc_ptsd_5", {"exposed": 0, "item2": 1}),  # contradicts itself
        ],
    )
    def test_unfinished_excuses_gaps_alone(self, key, answers):
        with pytest.raises(Several):
            check_given(Given(key, answers, unfinished=True))

    @pytest.mark.parametrize(
        ("key", "answers", "field", "earlier"),
        [
            ("pc_ptsd_5", {"exposed": 0, "item6": 1}, "pc_ptsd_5_item6", "Question 1"),
            (
                "top",
                {f"alcohol_week{week}": 0 for week in (1, 2, 3, 4)} | {"alcohol_amount": 6},
                "top_alcohol_amount",
                "Alcohol, week 4: days, Alcohol, week 3: days, Alcohol, week 2: days, Alcohol, week 1: days",
            ),
        ],
    )
    def test_what_does_not_fit_names_what_it_contradicts(self, key, answers, field, earlier):
        with pytest.raises(Several) as refusal:
            check_given(Given(key, answers))
        said = f"This does not fit the answer to “{earlier}”. Put one of them right."
        assert (field, said) in [(one.field, one.message) for one in refusal.value.problems]

    def test_of_one_substance(self):
        assert check_given(Given("sds", [1] * 5, substance="alcohol")).value == 5

    @pytest.mark.parametrize(
        ("given", "field", "message"),
        [
            (Given("phq9"), "phq9", "Give either every answer of PHQ-9 or its total."),
            (Given("phq9", PHQ9, 8), "phq9", "Give either every answer of PHQ-9 or its total."),
            (Given("phq9", total="28"), "phq9", "28 is outside the range: a whole number from 0 to 27."),
            (Given("phq9", total="8.5"), "phq9", "“8.5” is not written as a whole number from 0 to 27."),
            (
                Given("phq9", [*PHQ9[:8], 4]),
                "phq9_item9",
                "4 is not an answer to this question. Choose one of 0, 1, 2, 3.",
            ),
            (
                Given("phq9", [*PHQ9[:8], " 4.0 "]),
                "phq9_item9",
                "4 is not an answer to this question. Choose one of 0, 1, 2, 3.",
            ),
            (
                Given("phq9", [*PHQ9[:8], "\u00a01"]),  # a hard blank is read nowhere, in no table either
                "phq9_item9",
                "\u00a01 is not an answer to this question. Choose one of 0, 1, 2, 3.",
            ),
            (
                Given("top", {"alcohol_week1": 1, "item20": 1}),
                "top_item20",
                "This measure has no such question. Take the answer out.",
            ),
            (
                Given("phq9", [*PHQ9[:8], ""]),
                "phq9_item9",
                "This question is not answered. Ask it, or say that they did not want to go on.",
            ),
            (
                Given("phq9", [*PHQ9, 1]),
                "phq9_item10",
                "This measure has no such question. Take the answer out.",
            ),
            (
                Given("pc_ptsd_5", [0, 1, "", "", "", ""]),
                "pc_ptsd_5_item2",
                "This does not fit the answer to “Question 1”. Put one of them right.",
            ),
            (Given("sds", [1] * 5), "sds_substance", "Say which substance SDS was asked about."),
            (Given("sds", [1] * 5, substance="tea"), "sds_substance", "Say which substance SDS was asked about."),
            (
                Given("phq9", PHQ9, substance="alcohol"),
                "phq9_substance",
                "PHQ-9 is not asked of one substance. Take it out.",
            ),
            (Given("itq", total=3), "itq", "ITQ has no total: enter its answers."),
        ],
    )
    def test_what_cannot_be_is_named(self, given, field, message):
        assert refused(lambda: check_given(given)) == [(field, message)]


class TestNumbersWithDecimals:
    MOST = instrument("top").items[4].between[1]

    @pytest.mark.parametrize("amount", ["0", "0.0", str(MOST), f"{MOST}.0", "0.01"])
    def test_at_the_edges(self, amount):
        assert check_given(Given("top", {"alcohol_week1": 1, "alcohol_amount": amount})).gaps

    @pytest.mark.parametrize("amount", ["-0.01", f"{MOST}.01", "0.001", "much"])
    def test_beyond_them(self, amount):
        said = f"{amount} is not an answer to this question. Choose one of 0 to {self.MOST}."
        assert refused(lambda: check_given(Given("top", {"alcohol_week1": 1, "alcohol_amount": amount}))) == [
            ("top_alcohol_amount", said)
        ]

    def test_they_are_refused_in_the_order_of_the_questions(self):
        given = Given("top", {"alcohol_week1": 1, "crack_amount": "x", "alcohol_amount": "y", "opiates_week4": 9})
        assert [field for field, _said in refused(lambda: check_given(given))] == [
            "top_alcohol_amount",
            "top_opiates_week4",
            "top_crack_amount",
        ]


def test_answers_that_belong_to_no_question_are_named_in_order():
    given = Given("phq9", dict(enumerate(PHQ9, 1)) | {12: 1, 11: 1})
    said = "This measure has no such question. Take the answer out."
    assert refused(lambda: check_given(given)) == [("phq9_item11", said), ("phq9_item12", said)]


def test_any_sequence_will_do():
    assert score(instrument("phq9"), UserList(PHQ9)).value == 8


def test_a_total_of_what_has_none_is_not_valid():
    assert is_valid_total(instrument("phq9"), Decimal(3))
    assert not is_valid_total(instrument("itq"), Decimal(3))


def test_a_language_version_has_its_own_caseness():
    phq9 = instrument("phq9")
    assert is_case(phq9, Decimal(8), Whose(language="bfi")) is True
    assert is_case(phq9, Decimal(8)) is False


def test_answers_are_named_as_the_definition_names_them():
    assert refused(lambda: check_given(Given("phq9", {"sleep": 1}))) == [
        ("sleep", "Answers are named item1, item2 and so on.")
    ]


class TestUse:
    def test_days_and_an_amount(self):
        assert check_use(Use("alcohol", "28", " 7.5 ", "units")) == Used("alcohol", 28, Decimal("7.5"), "units", "")

    @pytest.mark.parametrize("amount", [None, ""])
    def test_without_an_amount_it_has_no_unit(self, amount):
        for days in (0, 3):
            assert check_use(Use("alcohol", days, amount, "units")) == Used("alcohol", days, None, "", "")

    def test_another_substance_is_named(self):
        assert check_use(Use("other", 3, named=" Kratom ")).named == "Kratom"

    @pytest.mark.parametrize("amount", ["60", "0.01", 12, Decimal("2.25")])
    def test_amounts_that_may_be(self, amount):
        assert check_use(Use("alcohol", 3, amount, "units")).amount == Decimal(str(amount))

    def test_nought_as_a_number_contradicts_days_of_use(self):
        with pytest.raises(Invalid, match="0 on a day of use contradicts itself"):
            check_use(Use("alcohol", 3, 0, "units"))

    def test_nothing_on_no_day_is_no_amount(self):
        assert check_use(Use("alcohol", 0, "0", "units")) == Used("alcohol", 0, None, "", "")

    @pytest.mark.parametrize(
        ("key", "unit"), [(one.key, unit) for one in definition().substances for unit in one.units]
    )
    def test_every_unit_has_an_amount_above_which_somebody_says_that_it_is_right(self, key, unit):
        ceiling = definition().asks_again.above[key][unit]
        usual = Use(key, 1, ceiling, unit, "Kratom" if key == "other" else "")
        more = replace(usual, amount=ceiling + Decimal("0.01"))
        assert check_use(usual).amount == ceiling
        assert [field for field, _message in refused(lambda: check_use(more))] == [f"{key}_sure"]
        assert check_use(replace(more, sure=True)).amount == more.amount

    @pytest.mark.parametrize("amount", ["10000", "9999.01", "-1", "a few", "1.005", "1e2", "1 2"])
    def test_amounts_that_may_not(self, amount):
        assert refused(lambda: check_use(Use("alcohol", 3, amount, "units"))) == [("alcohol_amount", AMOUNT)]

    @pytest.mark.parametrize(
        ("use", "field", "message"),
        [
            (Use("tea", 3), "substance", "We do not ask about “tea”. Choose from the list."),
            (Use("alcohol", "29"), "alcohol_days", "Give a whole number of days from 0 to 28."),
            (Use("alcohol", "3.0"), "alcohol_days", "Give a whole number of days from 0 to 28."),
            (Use("alcohol", 3, 4, "pints"), "alcohol_unit", "Say what the amount is counted in: units."),
            (
                Use("cannabis", 3, 4, "pints"),
                "cannabis_unit",
                f"Say what the amount is counted in: {', '.join(substances()['cannabis'].units)}.",
            ),
            (Use("other", 3, named=" "), "other_named", "Say which substance it was."),
            (
                Use("alcohol", 0, "20", "units"),
                "alcohol_amount",
                "An amount on no day of use contradicts itself. Take it out, or put the days right.",
            ),
            (
                Use("alcohol", 6, "0", "units"),
                "alcohol_amount",
                "0 on a day of use contradicts itself. Leave it empty if nobody knows it.",
            ),
            (
                Use("alcohol", 1, "60.01", "units"),
                "alcohol_sure",
                "Is this right? 60.01 units on one day is unusual. Tick it if it is, or put it right.",
            ),
        ],
    )
    def test_what_cannot_be_is_named(self, use, field, message):
        assert refused(lambda: check_use(use)) == [(field, message)]


class TestTogether:
    def test_each_with_what_it_is_worth_in_order(self):
        given, use = [Given("phq9", PHQ9), Given("gad7", total=3)], Use("alcohol", 3)
        handed = check_all(given, [use])
        assert [(one.instrument, worth.value) for one, worth in handed.measures] == [("phq9", 8), ("gad7", 3)]
        assert handed.uses == (Used("alcohol", 3, None, "", ""),)
        assert check_all([], []) == HandedIn((), ())

    def test_every_problem_of_the_form_at_once(self):
        given = [Given("phq9", [*PHQ9[:7], 4, 5]), Given("gad7", total="x"), Given("gad7", total=3)]
        uses = [Use("alcohol", 29), Use("tobacco", 1), Use("tobacco", 2)]
        wrong = "{} is not an answer to this question. Choose one of 0, 1, 2, 3."
        assert refused(lambda: check_all(given, uses)) == [
            ("responses", "gad7 is there twice. Take one of them out."),
            ("uses", "tobacco is there twice. Take one of them out."),
            ("phq9_item8", wrong.format(4)),
            ("phq9_item9", wrong.format(5)),
            ("gad7", "“x” is not written as a whole number from 0 to 21."),
            ("alcohol_days", "Give a whole number of days from 0 to 28."),
        ]

    def test_one_problem_is_still_several(self):
        with pytest.raises(Several):
            check_all([], [Use("tea", 1)])

    def test_a_scale_of_one_substance_may_be_there_for_each_and_other_substances_too(self):
        given = [Given("sds", [1] * 5, substance=one) for one in ("alcohol", "opiates")]
        uses = [Use("other", 1, named="Kratom"), Use("other", 2, named="Khat")]
        assert len(check_all(given, uses).measures) == len(check_all(given, uses).uses) == 2

    def test_the_same_substance_twice_is_named(self):
        given = [Given("sds", [1] * 5, substance="alcohol")] * 2
        assert refused(lambda: check_all(given, [])) == [
            ("responses", "sds alcohol is there twice. Take one of them out.")
        ]


def used_on(**days):
    return [Used(key, number, None, "", "") for key, number in days.items()]


class TestWhenTheyLastUsed:
    @pytest.mark.parametrize(
        ("weeks", "days"),
        [
            (None, {"alcohol": 0}),
            (None, {"alcohol": 28}),
            (0, {}),
            (900, {}),
            (900, {"alcohol": 0}),
            (4, {"alcohol": 0}),
            (4, {"alcohol": 1}),  # the first of the 28 days
            (3, {"alcohol": 1}),
            (0, {"alcohol": 0, "cocaine": 2}),
            (0, {"tobacco": 0}),  # a smoke is not what is asked about
            (900, {"alcohol": 0, "tobacco": 28}),
        ],
    )
    def test_what_agrees(self, weeks, days):
        check_last_use(Context(noticed=Noticed(weeks_since_use=weeks)), used_on(**days))

    @pytest.mark.parametrize("weeks", [0, 3])
    @pytest.mark.parametrize("days", [{"alcohol": 0}, {"alcohol": 0, "cocaine": 0, "tobacco": 28}])
    def test_lately_and_on_no_day(self, weeks, days):
        said = (
            "They last drank or used less than 4 weeks ago, and on no day of the 28 that are entered. "
            "Put one of them right, or enter what it was."
        )
        context = Context(noticed=Noticed(weeks_since_use=weeks))
        assert refused(lambda: check_last_use(context, used_on(**days))) == [("weeks_since_use", said)]

    @pytest.mark.parametrize("weeks", [5, 900])
    def test_long_ago_and_on_days_of_the_last_28(self, weeks):
        said = "They last drank or used more than 4 weeks ago, and on days of the last 28. Put one of them right."
        context = Context(noticed=Noticed(weeks_since_use=weeks))
        found = refused(lambda: check_last_use(context, used_on(alcohol=0, cannabis=3)))
        assert found == [("weeks_since_use", said)]


class TestKindsOfInformation:
    @pytest.mark.parametrize(
        ("key", "kind"),
        [("phq9", "mood_scores"), ("audit", "use_pattern"), ("dudit", "use_pattern"), ("wsas", "mood_scores")],
    )
    def test_of_an_instrument(self, key, kind):
        assert category(instrument(key)) == kind

    def test_everything_about_alcohol_drugs_and_tobacco_is_use(self):
        about = {one.key for one in instruments() if category(one) == "use_pattern"}
        assert about == {one.key for one in instruments() if one.domain in ("alcohol", "drugs", "tobacco")}

    def test_every_domain_is_of_one(self):
        # One that nobody placed would stop the page, not fall among what more people may see.
        assert KINDS.keys() == set(get_args(Domain))

    def test_of_a_form(self):
        phq9, audit = Given("phq9", PHQ9), Given("audit", total=3)
        drunk = Context(noticed=Noticed(intoxicated=True))
        assert categories([phq9, phq9], []) == ("mood_scores",)
        assert categories([audit, phq9], [Use("alcohol", 1)]) == ("use_pattern", "mood_scores")
        assert categories([phq9], [Use("alcohol", 1)]) == ("mood_scores", "use_pattern")
        assert categories([phq9], [], drunk) == ("mood_scores", "use_pattern")
        assert categories([phq9], [], NOTHING_SAID) == ("mood_scores",)
        assert categories([], []) == ()


class TestAsARecordKeepsIt:
    @pytest.mark.parametrize(
        ("key", "answers", "kept"),
        [
            ("phq9", ["3", 2, " 1 ", "0", 0, 1, 2, 3, 0], [3, 2, 1, 0, 0, 1, 2, 3, 0]),
            ("pc_ptsd_5", [0, "", None, "", "", ""], [0, None, None, None, None, None]),
            ("gad7", {"item2": 1, "1": 3, 7: 2}, [3, 1, None, None, None, None, 2]),
            ("top", {"alcohol_amount": "12.5"}, [None] * 4 + ["12.5"] + [None] * 51),
        ],
    )
    def test_answers(self, key, answers, kept):
        assert as_numbers(instrument(key), answers) == kept

    def test_parts_are_exact_text_and_gaps_stay(self):
        worth = score(instrument("core10"), [0, 4, 4, 0, 0, 0, 0, 0, 0, 0])
        assert parts_kept(worth) == {}
        parts = Scored(Decimal(3), None, (), (("a", Decimal("1.50")), ("b", None)))
        assert parts_kept(parts) == {"a": "1.50", "b": None}


class TestTheAnswersThatRaiseAFlag:
    @pytest.mark.parametrize(
        ("key", "answers", "raised"),
        [
            ("phq9", [3] * 8 + [0], {}),
            ("phq9", [0] * 8 + ["2"], {"item9": 2}),
            ("phq9", [0] * 8 + [""], {}),
            ("phq9", None, {}),  # a paper total does not say
            ("gad7", [3] * 7, {}),  # asks nothing of the kind
            ("core10", [0] * 5 + [3] + [0] * 4, {"item6": 3}),
            ("c_ssrs", [1, 1, 0, 0, 1, 0, ""], {"item1": 1, "item2": 1, "item5": 1}),
        ],
    )
    def test_are_told_question_by_question(self, key, answers, raised):
        assert raising(instrument(key), "self_harm_item", answers) == raised

    def test_below_what_raises_it_nothing_is_told(self):
        phq9 = instrument("phq9")
        later = rebuilt(phq9, flags=[one.model_copy(update={"at_least": 2}) for one in phq9.flags])
        assert raising(later, "self_harm_item", [0] * 8 + [1]) == {}
        assert raising(later, "self_harm_item", [0] * 8 + [2]) == {"item9": 2}
        assert raising(phq9, "another_flag", [0] * 8 + [2]) == {}


class TestBandsOfAJurisdiction:
    def test_are_drawn_where_the_service_is(self):
        audit = instrument("audit")
        worth = worth_of_total(audit, Decimal(9))
        assert worth.band == "increasing_risk"
        assert banded(audit, worth, "us") == worth._replace(band=None)
        assert banded(audit, worth, "uk") == worth

    def test_of_a_total_too(self):
        assert worth_of_total(instrument("audit"), Decimal(9), "us").band is None

    def test_stay_where_they_do_not_differ_or_there_is_no_total(self):
        phq9, ciwa = instrument("phq9"), instrument("ciwa_ar")
        worth = worth_of_total(phq9, Decimal(9))
        assert banded(phq9, worth, "us") is worth
        none = Scored(None, "label", ())
        assert banded(ciwa, none, "us") is none


def test_a_substance_that_is_wrong_is_invalid_and_not_several():
    with pytest.raises(Invalid):
        check_use(Use("tea", 1))
