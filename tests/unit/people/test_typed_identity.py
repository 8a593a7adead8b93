"""Whose record is meant by what somebody typed: the number, or both names; and nobody's on a guess."""

from datetime import date

import pytest

from alongside.kernel.errors import Invalid
from alongside.people import rules
from alongside.people.rules import Candidate, Typed

ONE, OTHER = "9434765919", "9434765870"
BORN = date(1988, 5, 17)


def known(registration="reg_1", service="ser_1", given="Zoë", preferred="", family="O'Brien-Smith", number=ONE):
    return Candidate(registration, service, given, preferred, family, number)


@pytest.mark.parametrize(
    ("typed", "candidate", "meant"),
    [
        (("Zoë", "O'Brien-Smith", ""), known(), True),
        (("ZOE", "obrien smith", ""), known(), True),
        (("Zo", "O'Brien-Smith", ""), known(), False),
        (("Zoë", "O'Brien", ""), known(), False),
        (("Kit", "O'Brien-Smith", ""), known(preferred="Kit"), True),
        (("", "O'Brien-Smith", ""), known(preferred=""), False),
        (("Zoë", "O'Brien-Smith", ONE), known(), True),
        (("Anna", "Other", ONE), known(), True),
        (("Zoë", "O'Brien-Smith", OTHER), known(), False),
        (("Zoë", "O'Brien-Smith", ONE), known(number=""), True),
        (("Anna", "Other", ONE), known(number=""), False),
    ],
)
def test_whether_somebody_is_meant(typed, candidate, meant):
    given, family, number = typed
    assert (rules.meant(Typed(given, family, BORN, number), [candidate]) == {"ser_1": "reg_1"}) is meant


def test_one_service_says_nothing_about_another():
    two = [known("reg_1"), known("reg_2", "ser_2", number="")]
    assert rules.meant(Typed("Zoë", "O'Brien-Smith", BORN), two) == {"ser_1": "reg_1", "ser_2": "reg_2"}


def test_of_two_that_fit_neither_opens_but_the_number_tells_them_apart():
    two = [known("reg_1", number=ONE), known("reg_2", number="")]
    assert rules.meant(Typed("Zoë", "O'Brien-Smith", BORN), two) == {}
    assert rules.meant(Typed("Zoë", "O'Brien-Smith", BORN, ONE), two) == {"ser_1": "reg_1"}
    assert rules.meant(Typed("Zoë", "O'Brien-Smith", BORN, OTHER), two) == {"ser_1": "reg_2"}
    assert rules.meant(Typed("Zoë", "O'Brien-Smith", BORN, ONE), [*two, known("reg_3")]) == {}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Typed(" ", "Reed", BORN), "given_name"),
        (Typed("Jordan", "", BORN), "family_name"),
        (Typed("Jordan", "Reed", date(2027, 1, 1)), "birth_date"),
        (Typed("Jordan", "Reed", date(1890, 1, 1)), "birth_date"),
        (Typed("Jordan", "Reed", BORN, "9434765918"), "nhs_number"),
    ],
)
def test_what_cannot_be_anybody_is_named(typed, field):
    with pytest.raises(Invalid) as refused:
        rules.check_typed(typed, date(2026, 3, 6))
    assert refused.value.field == field


def test_it_is_looked_for_as_it_is_kept():
    assert rules.check_typed(Typed(" Jordan", "Reed ", BORN, "943 476 5919"), date(2026, 3, 6)) == Typed(
        "Jordan", "Reed", BORN, ONE
    )


@pytest.mark.parametrize(
    ("named", "keeper", "reason", "field"),
    [
        ([], "pra_1", "Works here", "named"),
        (["pra_9"], "pra_9", "Works here", "named"),
        (["pra_1"], "", "Works here", "keeper"),
        (["pra_1"], "pra_2", "Works here", "keeper"),
        (["pra_1"], "pra_1", " ", "reason"),
        (["pra_1"], "pra_1", "x" * 2_001, "reason"),
    ],
)
def test_who_is_kept_to_whom_is_whole_or_not_at_all(named, keeper, reason, field):
    with pytest.raises(Invalid) as refused:
        rules.check_kept(named, keeper, ["pra_1", "pra_2"], reason)
    assert refused.value.field == field
