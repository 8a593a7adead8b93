"""What may be told without consent, by basis and country: tables of cases. `us.md` 4.5 and 9.3 are the source of P-04
and P-20; nothing here says whether it should be told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.definitions import policy
from alongside.definitions.bases import bases, every
from alongside.kernel.errors import Several
from alongside.safety.rules import MOST_WORDS, Push, Way, check_push

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
IDENTITY, SAFETY, MOOD = (policy.categories_mask(one) for one in ("identity", "safety", "mood_scores"))
NOTES = policy.categories_mask("counselling_notes")
SEES = policy.offered()
USUAL = Push(
    basis="safeguarding",
    kinds=IDENTITY | SAFETY,
    shared=" The children were alone last night. ",
    at=NOW,
    told=True,
    to_body="Children's services, duty desk",
    way=Way.PHONE,
)


def faults(pack="uk", sees=SEES, **changes):
    """The fields at fault, in order."""
    try:
        check_push(replace(USUAL, **changes), pack=pack, sees=sees, now=NOW)
    except Several as refused:
        return [one.field for one in refused.problems]
    return []


def said(field, pack="uk", **changes):
    with pytest.raises(Several) as refused:
        check_push(replace(USUAL, **changes), pack=pack, sees=SEES, now=NOW)
    return next(one.message for one in refused.value.problems if one.field == field)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"basis": "curiosity"}, ["basis"]),
        ({"basis": "crime_on_premises"}, ["basis"]),  # no basis of the United Kingdom's
        ({"basis": "serious_harm"}, []),
        ({"basis": "court"}, ["ground"]),
        ({"basis": "court", "ground": "Order of 3 March"}, []),
        ({"basis": "other_law"}, ["ground"]),
        ({"kinds": 0}, ["kinds"]),
        ({"kinds": NOTES}, ["kinds"]),
        ({"shared": "  "}, ["shared"]),
        ({"shared": "x" * MOST_WORDS}, []),
        ({"shared": "x" * (MOST_WORDS + 1)}, ["shared"]),
        ({"to_body": ""}, ["to"]),
        ({"to_body": "x" * 201}, ["to"]),
        ({"to_service": "svc_1"}, ["to"]),  # both
        ({"to_service": "svc_1", "to_body": "", "way": ""}, []),
        ({"way": ""}, ["way"]),
        ({"way": Way.RECORD}, ["way"]),  # nobody outside has one
        ({"way": "pigeon"}, ["way"]),
        ({"at": NOW + timedelta(seconds=1)}, ["at"]),
        ({"told": None}, ["told"]),
        ({"told": False}, ["not_told"]),
        ({"told": False, "not_told": "She would be in danger."}, []),
    ],
)
def test_what_has_to_be_said(changes, expected):
    assert faults(**changes) == expected


def test_everything_wrong_is_said_at_once():
    wrong = {"basis": "", "kinds": 0, "shared": "", "to_body": "", "told": None, "at": NOW + timedelta(days=1)}
    assert faults(**wrong) == ["basis", "shared", "to", "at", "told"]


def test_it_is_kept_as_short_as_it_was_meant():
    kept = check_push(replace(USUAL, not_told="Nothing"), pack="uk", sees=SEES, now=NOW)
    assert (kept.shared, kept.not_told) == ("The children were alone last night.", "")


@pytest.mark.parametrize(("sees", "expected"), [(SEES, []), (IDENTITY, ["kinds"]), (0, ["kinds"]), (MOOD, ["kinds"])])
def test_nobody_tells_what_they_may_not_see(sees, expected):
    assert faults(sees=sees) == expected


COURT = {"basis": "court", "ground": "Order 12"}


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ({"subpoena"}, "A subpoena alone is not enough"),
        ({"order"}, "allows it and compels nobody"),
        (set(), "a court's order and a subpoena, or the person's own consent"),
    ],
)
def test_part_2_asks_for_an_order_and_a_subpoena(papers, words):
    """P-04. The bar is the law's, and the sentence says which."""
    told = said("papers", "us_part2", **COURT, papers=frozenset(papers))
    assert words in told
    assert "42 CFR 2.61 to 2.67" in told


def test_with_both_it_may_be_given():
    assert faults("us_part2", **COURT, papers=frozenset({"order", "subpoena"})) == []
    assert faults("uk", **COURT, papers=frozenset({"subpoena"})) == []  # the rule is of Part 2 alone


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"basis": "serious_harm"}, ["basis"]),  # not in the list of Part 2
        ({"basis": "other_law", "ground": "A law"}, ["basis"]),
        ({"ground": "Reporting law of the state"}, []),
        ({"ground": "Reporting law", "to_service": "svc_1", "to_body": "", "way": ""}, ["to"]),
        ({"basis": "crime_on_premises", "kinds": IDENTITY}, []),
        ({"basis": "crime_on_premises", "kinds": IDENTITY | MOOD}, ["kinds"]),  # P-20
    ],
)
def test_what_part_2_allows_is_a_list(changes, expected):
    assert faults("us_part2", **changes) == expected


def test_every_country_has_its_bases_with_a_source():
    assert {one.pack for one in every()} == set(policy.packs())
    assert list(bases("uk")) == ["safeguarding", "serious_harm", "court", "other_law"]
    assert bases("nowhere") == {}
    for one in every():
        assert one.source
        assert one.verified == one.source.startswith("42 CFR")  # only those texts were seen
        assert not one.mask & policy.kept_apart()
