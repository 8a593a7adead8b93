"""What a choice has to say before it counts, element by element, and the lines that it comes to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent.rules import (
    Choice,
    Ends,
    Exception_,
    Given,
    Signer,
    Told,
    beside,
    check,
    check_decides,
    check_together,
    for_itself,
    lines,
    replaces,
)
from alongside.definitions import ages, policy
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER, Period

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLAN, NOTES, APART = (policy.categories_mask(key) for key in ("plan", "session_notes", "counselling_notes"))
BOTH = policy.bundles()["both_teams"].mask
SERVICE, SOMEBODY = Handle.service("ser_1"), Handle.practitioner("pra_1")
COMPLETE = Choice(SERVICE, BOTH, Given.VERBAL, witness="K. Worker", told_no_is_fine=True)
WRITTEN = replace(
    COMPLETE,
    given=Given.WRITTEN,
    ends=Ends.END_OF_TREATMENT,
    onward=True,
    told=Told(take_back=True, passed_on=True, refusing=True),
)
REFUSAL = replace(COMPLETE, recipient=SOMEBODY, effect=Effect.DENY)


@pytest.mark.parametrize(
    "choice",
    [
        COMPLETE,
        replace(COMPLETE, categories=0),
        replace(COMPLETE, categories=APART),
        replace(COMPLETE, recipient=Handle.of_class("treating")),
        replace(COMPLETE, expires=NOW + timedelta(seconds=1)),
        replace(COMPLETE, given=Given.WRITTEN, witness=""),
        replace(COMPLETE, signer=Signer.BOTH, signed_by="A. Parent"),
        replace(COMPLETE, required_by="A court", reported="Whether I came"),
        replace(COMPLETE, exceptions=(Exception_(PLAN, SOMEBODY),)),
        REFUSAL,
        replace(REFUSAL, hard=True),
        replace(REFUSAL, categories=policy.all_categories()),
        replace(REFUSAL, exceptions=(Exception_(PLAN),)),
    ],
)
def test_what_is_complete(choice):
    check(choice, NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"recipient": "caseload:pra_1@ser_1"}, "recipient"),
        ({"recipient": ""}, "recipient"),
        ({"categories": 1 << 40}, "categories"),
        ({"categories": policy.categories_mask("third_party")}, "categories"),
        ({"categories": APART | NOTES}, "categories"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"witness": " "}, "witness"),
        ({"told_no_is_fine": False}, "told_no_is_fine"),
        ({"expires": NOW}, "expires"),
        ({"ends": Ends.DATE}, "expires"),
        ({"ends": Ends.NEVER, "expires": NOW + timedelta(days=1)}, "ends"),
        ({"data": Period(NOW, NOW)}, "data"),
        ({"data": Period(NOW, NOW - timedelta(days=1))}, "data"),
        ({"hard": True}, "hard"),
        ({"effect": Effect.DENY, "categories": 0}, "categories"),
        ({"effect": Effect.DENY, "recipient": Handle.of_class("treating")}, "recipient"),
        ({"recipient": Handle.of_class("treating"), "exceptions": (Exception_(PLAN),)}, "exceptions"),
        ({"signer": Signer.PARENT}, "signed_by"),
        ({"signer": Signer.REPRESENTATIVE, "signed_by": "An attorney"}, "authority"),
        ({"required_by": "A court"}, "reported"),
        ({"reported": "Whether I came"}, "required_by"),
        ({"exceptions": (Exception_(0),)}, "exceptions"),
        ({"exceptions": (Exception_(NOTES),)}, "exceptions"),  # not among what is shared
        ({"exceptions": (Exception_(PLAN, data=Period(NOW, NOW)),)}, "exceptions"),
        ({"categories": 0, "exceptions": (Exception_(PLAN),)}, "exceptions"),
        ({"effect": Effect.DENY, "hard": True, "exceptions": (Exception_(PLAN),)}, "exceptions"),
    ],
)
def test_each_fault_names_its_element(wrong, field):
    with pytest.raises(Invalid) as refused:
        check(replace(COMPLETE, **wrong), NOW)
    assert refused.value.field == field


class TestUnderPart2:
    """42 CFR 2.31(a), by element (us.md 4.2 and 9.3)."""

    @pytest.mark.parametrize(
        "choice",
        [
            WRITTEN,
            replace(WRITTEN, given=Given.ELECTRONIC),
            replace(WRITTEN, ends=Ends.NEVER),  # P-07: a consent for treatment, payment and operations may say "none"
            replace(WRITTEN, ends=Ends.UNSAID, expires=NOW + timedelta(days=90)),
            replace(WRITTEN, onward=False, told=Told(take_back=True)),
            replace(WRITTEN, purpose="payment"),
            replace(WRITTEN, purpose="proceedings", onward=False),
            replace(WRITTEN, categories=APART, onward=False),
            replace(COMPLETE, categories=0),  # sharing nothing needs no signature
            REFUSAL,
        ],
    )
    def test_what_is_complete(self, choice):
        check(choice, NOW, "us_part2")

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"given": Given.VERBAL}, "given"),
            ({"ends": Ends.UNSAID}, "ends"),  # P-07: no end at all
            ({"ends": Ends.NEVER, "onward": False}, "ends"),
            ({"purpose": "research"}, "onward"),  # 42 CFR 2.33(b): passed on for treatment, payment, operations alone
            ({"purpose": "legal"}, "onward"),
            ({"purpose": "proceedings"}, "onward"),
            ({"categories": APART}, "onward"),
            ({"told": Told(passed_on=True, refusing=True)}, "told_take_back"),
            ({"told": Told(take_back=True, refusing=True)}, "told_passed_on"),
            ({"told": Told(take_back=True, passed_on=True)}, "told_refusing"),
        ],
    )
    def test_each_fault_names_its_element(self, wrong, field):
        with pytest.raises(Invalid) as refused:
            check(replace(WRITTEN, **wrong), NOW, "us_part2")
        assert refused.value.field == field
        check(replace(WRITTEN, **wrong), NOW, "us")


class TestAnIntermediary:
    """42 CFR 2.31(a)(4)(ii)(B): what is agreed for a class names the body that passes it on."""

    BODY = "Valley Health Exchange"
    TO_CLASS = replace(WRITTEN, recipient=Handle.of_class("treating"), through=BODY)

    @pytest.mark.parametrize(
        ("choice", "pack", "intermediary"),
        [
            (TO_CLASS, "us_part2", BODY),
            (replace(TO_CLASS, through=f" {BODY} "), "us_part2", BODY),
            (replace(TO_CLASS, through=""), "us_part2", ""),
            (replace(TO_CLASS, through=""), "us", BODY),
            (replace(WRITTEN, through=""), "us_part2", BODY),
            (replace(TO_CLASS, through="", categories=0), "us_part2", BODY),
        ],
    )
    def test_what_is_complete(self, choice, pack, intermediary):
        check(choice, NOW, pack, intermediary)

    @pytest.mark.parametrize(("through", "intermediary"), [("", BODY), ("Another", BODY), (BODY, "")])
    def test_a_class_without_its_name_is_refused(self, through, intermediary):
        with pytest.raises(Invalid) as problem:
            check(replace(self.TO_CLASS, through=through), NOW, "us_part2", intermediary)
        assert problem.value.field == "through"


def test_proceedings_are_signed_by_themselves():
    proceedings = replace(COMPLETE, purpose="proceedings")
    check_together([proceedings])
    check_together([COMPLETE, replace(COMPLETE, purpose="evaluation")])
    check_together([COMPLETE, replace(proceedings, categories=0)])
    with pytest.raises(Invalid) as refused:
        check_together([COMPLETE, proceedings])
    assert refused.value.field == "purpose"


def test_notes_that_are_kept_apart_are_signed_by_themselves():
    apart = replace(COMPLETE, categories=APART)
    check_together([apart, replace(apart, recipient=SOMEBODY)])
    check_together([COMPLETE, replace(REFUSAL, categories=APART)])
    with pytest.raises(Invalid) as refused:
        check_together([COMPLETE, apart])
    assert refused.value.field == "categories"


# (newer, older): whether the newer takes its place, and whether the page of the newer shows the older.
BESIDE = [
    (COMPLETE, {}, True, True),
    (COMPLETE, {"categories": 0}, True, True),
    (COMPLETE, {"purpose": "evaluation"}, False, True),
    (COMPLETE, {"purpose": "payment"}, False, False),
    (COMPLETE, {"purpose": "proceedings"}, False, False),
    (COMPLETE, {"categories": APART}, False, False),
    (replace(COMPLETE, categories=APART), {"categories": APART}, True, True),
    (replace(COMPLETE, categories=APART), {}, False, False),
    (replace(COMPLETE, purpose="payment"), {"purpose": "payment"}, True, True),
    (replace(COMPLETE, purpose="payment"), {"purpose": "research"}, False, False),
    (COMPLETE, {"effect": Effect.DENY}, False, False),
    (COMPLETE, {"recipient": SOMEBODY}, False, False),
    (REFUSAL, {"effect": Effect.DENY, "recipient": SOMEBODY, "categories": APART}, False, True),
    (REFUSAL, {"effect": Effect.DENY, "recipient": SOMEBODY, "categories": REFUSAL.categories}, True, True),
]


@pytest.mark.parametrize(("newer", "older", "takes_its_place", "is_shown"), BESIDE)
def test_which_choices_stand_beside_each_other(newer, older, takes_its_place, is_shown):
    before = replace(COMPLETE, **older)
    assert (replaces(newer, before), beside(newer, before)) == (takes_its_place, is_shown)


@pytest.mark.parametrize(
    ("changes", "by_itself"),
    [
        ({}, False),
        ({"purpose": "evaluation"}, False),
        ({"purpose": "research"}, True),
        ({"categories": APART}, True),
        ({"effect": Effect.DENY, "purpose": "research"}, False),
    ],
)
def test_what_is_a_consent_of_its_own(changes, by_itself):
    assert for_itself(replace(COMPLETE, **changes)) is by_itself


class TestLines:
    def test_a_choice_is_one_line_from_now_on(self):
        [line] = lines("cns_1", replace(WRITTEN, expires=NOW + timedelta(days=1)), NOW)
        assert (line.because, line.effect, line.recipient, line.categories) == ("cns_1", Effect.PERMIT, SERVICE, BOTH)
        assert line.purposes == policy.purposes_mask("direct_care")
        assert line.when == Period(NOW, NOW + timedelta(days=1))
        assert (line.data, line.onward, line.hard, line.exception) == (Period(), True, False, False)

    def test_nothing_is_no_line(self):
        assert lines("cns_1", replace(COMPLETE, categories=0), NOW) == []

    def test_a_refusal_to_somebody_is_about_whatever_they_might_look_for(self):
        [line] = lines("cns_1", replace(REFUSAL, hard=True, onward=True), NOW)
        assert line.purposes == sum(one.mask for one in policy.purposes().values())
        assert (line.hard, line.onward) == (True, False)

    @pytest.mark.parametrize("recipient", [SERVICE, Handle.team("tea_1")])
    def test_so_is_a_refusal_to_a_service_or_a_team(self, recipient):
        [line] = lines("cns_1", replace(REFUSAL, recipient=recipient), NOW)
        assert line.purposes & policy.purposes_mask("evaluation")
        assert line.purposes & policy.purposes_mask("emergency")

    def test_a_refusal_to_be_counted_leaves_care_as_it_is(self):
        [line] = lines("cns_1", replace(REFUSAL, recipient=SERVICE, purpose="evaluation"), NOW)
        assert line.purposes == policy.purposes_mask("evaluation")

    def test_an_exception_is_the_other_way_round(self):
        except_somebody = Exception_(PLAN, SOMEBODY, Period(NOW, FOR_EVER))
        agreed, closed = lines("cns_1", replace(COMPLETE, exceptions=(except_somebody,)), NOW)
        assert (agreed.effect, closed.effect) == (Effect.PERMIT, Effect.DENY)
        assert (closed.recipient, closed.categories, closed.data) == (SOMEBODY, PLAN, Period(NOW, FOR_EVER))
        assert (closed.when, closed.purposes, closed.exception) == (agreed.when, agreed.purposes, False)

    def test_what_a_refusal_leaves_open_pierces_that_refusal(self):
        closed, opened = lines("cns_1", replace(REFUSAL, exceptions=(Exception_(PLAN),)), NOW)
        assert (closed.effect, opened.effect) == (Effect.DENY, Effect.PERMIT)
        assert (opened.exception, opened.recipient, opened.because) == (True, SOMEBODY, "cns_1")


TODAY = date(2026, 3, 2)
UK, US, PART_2 = "uk", "us", "us_part2"


class TestWhoDecides:
    """Somebody young, and parents, by the law that the service's policy names."""

    @pytest.mark.parametrize(
        ("pack", "age", "said", "missing"),
        [
            (UK, 16, {}, None),
            (UK, 15, {}, "competent"),
            (UK, 15, {"competent": "K. Worker, 2 March"}, None),
            (UK, 15, {"competent": "  "}, "competent"),
            (UK, 15, {"signer": Signer.PARENT, "signed_by": "A. Parent"}, None),
            (UK, 16, {"signer": Signer.PARENT, "signed_by": "A. Parent"}, "signer"),
            (UK, 16, {"signer": Signer.BOTH, "signed_by": "A. Parent"}, None),
            (UK, 40, {"signer": Signer.REPRESENTATIVE, "signed_by": "An attorney", "authority": "A deed"}, None),
            (US, 17, {}, "authority"),
            (US, 17, {"authority": "The law of the state"}, None),
            (US, 18, {}, None),
            (PART_2, 17, {"signer": Signer.PARENT, "signed_by": "A. Parent"}, "signer"),
            (PART_2, 17, {"signer": Signer.BOTH, "signed_by": "A. Parent"}, None),
            (PART_2, 17, {"authority": "The law of the state"}, None),
        ],
    )
    def test_what_has_to_be_said(self, pack, age, said, missing):
        assert _missing(replace(COMPLETE, **said), age, pack) == missing

    @pytest.mark.parametrize("choice", [REFUSAL, replace(COMPLETE, categories=0)])
    def test_to_say_no_needs_nothing_at_any_age(self, choice):
        assert _missing(choice, 12, UK) is None

    def test_a_rule_holds_from_its_first_day(self, monkeypatch):
        rules = ages.every()
        later = rules[0].model_copy(update={"below": 13, "since": TODAY})
        monkeypatch.setattr(ages, "every", lambda: (*rules, later))
        assert _missing(COMPLETE, 14, UK) is None
        assert _missing(COMPLETE, 14, UK, TODAY - timedelta(days=1)) == "competent"


def _missing(choice, age, pack, today=TODAY):
    try:
        check_decides(choice, age, today, pack)
    except Invalid as refusal:
        return refusal.field
    return None
