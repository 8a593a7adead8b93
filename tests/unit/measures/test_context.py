"""How the questions were answered: what may be said of it."""

import time
from datetime import UTC, date, datetime

import pytest

from alongside.kernel.errors import Invalid, Several
from alongside.measures.rules import (
    Context,
    Helper,
    Mode,
    Noticed,
    check_answered,
    check_context,
    check_lived,
    version_of,
)
from tests.unit.measures.refusals import refused

WEEKS = ("weeks_since_use", "Give whole weeks from 0 to 5200.")
LANGUAGE = ("language", "Give the language as a code, such as cy or bfi.")


@pytest.mark.parametrize("language", ["", "cy", "bfi", "BFI-gb", "en", "zh-Hant-HK"])
@pytest.mark.parametrize("weeks", [None, 0, 1, 5200])
def test_what_may_be_said(language, weeks):
    check_context(Context(language, noticed=Noticed(weeks_since_use=weeks)))


@pytest.mark.parametrize("weeks", [-1, 5201])
def test_weeks_that_cannot_be(weeks):
    assert refused(lambda: check_context(Context(noticed=Noticed(weeks_since_use=weeks)))) == [WEEKS]


@pytest.mark.parametrize("language", ["e1", "zz", "abcdefghijkl", "-", " ", "und"])
def test_a_language_that_is_no_code(language):
    assert refused(lambda: check_context(Context(language))) == [LANGUAGE]


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("BSL", "bfi (British Sign Language)"),
        ("English!", "en (English)"),
        ("Kurdis", "ku (Kurdish)"),
        ("Sorbian", "dsb (Lower Sorbian) or hsb (Upper Sorbian)"),
    ],
)
def test_a_language_that_is_called_something_else_is_told_its_code(language, codes):
    said = f"“{language}” is not the code of a language. Do you mean {codes}?"
    assert refused(lambda: check_context(Context(language))) == [("language", said)]


def test_one_problem_is_said_alone_and_two_together():
    alone, both = Context("?"), Context("?", noticed=Noticed(weeks_since_use=-1))
    with pytest.raises(Invalid):
        check_context(alone)
    with pytest.raises(Several):
        check_context(both)
    assert refused(lambda: check_context(both)) == [WEEKS, LANGUAGE]


@pytest.mark.parametrize(
    ("noticed", "clouds"),
    [
        (Noticed(), False),
        (Noticed(False, False), False),
        (Noticed(True, None), True),
        (Noticed(None, True), True),
        (Noticed(weeks_since_use=0), False),
    ],
)
def test_what_an_evaluation_may_want_to_leave_out(noticed, clouds):
    assert noticed.clouds is clouds


@pytest.mark.parametrize(
    ("written", "version"),
    [("", ""), ("en", ""), ("en-GB", ""), ("EN", ""), ("bfi", "bfi"), (" BFI-gb ", "bfi"), ("cy", "cy")],
)
def test_the_language_version_is_named_as_cutoffs_name_it(written, version):
    assert version_of(written) == version


@pytest.mark.parametrize(
    ("context", "field"),
    [
        (Context(noticed=Noticed(intoxicated=False)), "intoxicated"),
        (Context(noticed=Noticed(in_withdrawal=True)), "in_withdrawal"),
        (Context(helper=Helper.WORKER, noticed=Noticed(weeks_since_use=0)), "weeks_since_use"),
        (Context("cy", Helper.WORKER), "helper"),
        (Context("cy"), "language"),
    ],
)
def test_how_they_answered_needs_an_answer(context, field):
    said = "You say how they answered, and no measure is entered. Enter one, or take this out."
    assert refused(lambda: check_answered(context, measured=False)) == [(field, said)]
    check_answered(context, measured=True)


BORN = date(1988, 5, 17)
REFERRED = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("at", "referred"),
    [
        (datetime(2026, 1, 12, 0, 0, tzinfo=UTC), REFERRED),
        (datetime(2026, 7, 11, 23, 0, tzinfo=UTC), date(2026, 7, 12)),  # midnight in London
        (datetime(1988, 5, 17, 12, tzinfo=UTC), None),
    ],
)
def test_a_day_on_which_they_can_have_answered(at, referred):
    check_lived(at, BORN, referred)


@pytest.fixture
def far_away(monkeypatch):
    """A machine whose own clock is that of another place."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_away")
def test_the_day_is_the_services_wherever_the_machine_is():
    check_lived(datetime(2026, 7, 11, 23, 0, tzinfo=UTC), BORN, date(2026, 7, 12))


@pytest.mark.parametrize(
    ("at", "referred", "said"),
    [
        (
            datetime(2026, 1, 11, 23, 59, tzinfo=UTC),
            REFERRED,
            "The date is before they were first referred here, on 12 January 2026. Enter the day it was answered.",
        ),
        (
            datetime(1988, 5, 16, 12, tzinfo=UTC),
            None,
            "This is before they were born. Look at the year, and at their date of birth.",
        ),
        (
            datetime(1, 1, 1, tzinfo=UTC),  # as far back as a date goes: another zone must not fall off its end
            REFERRED,
            "This is before they were born. Look at the year, and at their date of birth.",
        ),
    ],
)
def test_a_day_on_which_they_cannot(at, referred, said):
    assert refused(lambda: check_lived(at, BORN, referred)) == [("date", said)]


def test_where_they_answered_is_always_known():
    check_answered(Context(mode=Mode.PAPER), measured=False)
