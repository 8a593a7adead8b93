"""What a change amounts to by other definitions, as the page of measures says it."""

from decimal import Decimal

import pytest

from alongside.definitions.collaborative_care import collaborative_care
from alongside.definitions.instruments import instrument
from alongside.definitions.instruments.model.figures import Norms
from alongside.outcomes.rules import Ends
from alongside.web.measures.change import days_said, more_about
from tests.rebuilding import rebuilt

PHQ9 = instrument("phq9")
WITH_NORMS = rebuilt(
    instrument("gad7"),
    norms=Norms(
        population="people of this test",
        mean=Decimal(12),
        sd=Decimal(5),
        reliability=Decimal("0.8"),
        source="made for this test",
        verified=False,
    ),
)


def more(first, last, *, one=PHQ9, weeks=4, jurisdiction="us"):
    ends = Ends(*(None if value is None else Decimal(value) for value in (first, last)))
    return more_about(one, ends, weeks, jurisdiction)


def found(told):
    return {line.title: line.found for line in told.lines}


@pytest.mark.parametrize(
    ("first", "last", "response", "remission", "meaningful", "improved"),
    [
        (18, 9, "reached", "not reached", "reached", "reached"),
        (12, 7, "not reached", "not reached", "reached", "reached"),
        (20, 4, "reached", "reached", "reached", "reached"),
        (20, 18, "not reached", "not reached", "not reached", "not reached"),
    ],
)
def test_phq9_is_read_as_collaborative_care_reads_it(first, last, response, remission, meaningful, improved):
    said = found(more(first, last))
    assert said == {
        "Response": response,
        "Remission": remission,
        "Meaningful change": meaningful,
        "Improved": improved,
    }


def test_each_says_its_source_and_whether_anybody_checked_it():
    known = collaborative_care()
    lines = {line.title: line for line in more(18, 9).lines}
    for each in (known.response, known.remission, known.meaningful, known.improved):
        line = lines[each.title]
        assert (line.words, line.source, line.verified) == (each.words, each.source, each.verified)
    assert not lines["Response"].verified
    assert lines["Remission"].verified


def test_whoever_began_below_the_caseload_is_told_apart():
    assert "Began below 10" in found(more(9, 4))
    assert "Began below 10" not in found(more(10, 4))


@pytest.mark.parametrize(
    ("weeks", "last", "said"),
    [
        (7, 18, None),
        (8, 18, "this is week 8"),
        (12, 18, "this is week 12"),
        (13, 18, "this is week 13: it is late"),
        (13, 9, None),  # improved
    ],
)
def test_a_case_review_is_due_from_week_eight_for_whoever_has_not_improved(weeks, last, said):
    assert found(more(20, last, weeks=weeks)).get("Not improved by week 8") == said


def test_elsewhere_it_is_closed_and_no_case_review_is_asked_for():
    uk = more(20, 18, weeks=20, jurisdiction="uk")
    assert not uk.opened
    assert "Not improved by week 8" not in found(uk)
    assert more(20, 18).opened


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (19, 11, "A fall of 42.1 %."),
        (12, 15, "A rise of 25.0 %."),
        (12, 12, "The same as at first."),
        (0, 3, ""),
    ],
)
def test_the_change_in_per_cent(first, last, said):
    assert more(first, last).summary == said


@pytest.mark.parametrize(
    ("ends", "one"),
    [((14, None), PHQ9), ((None, None), PHQ9), ((14, 7), instrument("gad7")), ((20, 4), instrument("wsas"))],
)
def test_nothing_is_said_of_one_score_or_without_a_definition(ends, one):
    assert more(*ends, one=one) is None


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (15, 1, "reliably better, and across the cut-off"),
        (15, 8, "reliably better"),
        (15, 12, "no reliable change"),
        (8, 15, "reliably worse"),
    ],
)
@pytest.mark.parametrize("jurisdiction", ["uk", "us"])
def test_jacobson_and_truax_where_norms_are_stated(first, last, said, jurisdiction):
    [line] = more(first, last, one=WITH_NORMS, jurisdiction=jurisdiction).lines
    assert line.found == said
    assert "against people of this test" in line.words
    assert (line.source, line.verified) == ("made for this test", False)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (20, 12, "8 days fewer than at first."),
        (1, 0, "1 day fewer than at first; no day of use in the last 28."),
        (3, 5, "2 days more than at first."),
        (3, 4, "1 day more than at first."),
        (7, 7, "as many days as at first."),
        (0, 0, "as many days as at first; no day of use in the last 28."),
    ],
)
def test_days_of_use_are_a_plain_difference(first, last, said):
    assert days_said(first, last) == said
