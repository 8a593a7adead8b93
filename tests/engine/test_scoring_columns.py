"""The scorer for tables says what the scorer for one person says, row by row, status and all."""

from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.definitions.instruments import instrument, instruments
from alongside.kernel.errors import Invalid
from alongside.kernel.numbers import quotient
from alongside.measures import columns
from alongside.measures.rules import Scored, is_case, is_valid_total, score

SCORED_BY_ITEMS = [known.key for known in instruments() if known.by_items]
KEYS = [known.key for known in instruments()]
SLOW = settings(max_examples=8)

# What may be given for any question, beside its own answers; half of the rows hold nothing else than those.
WHOLE = (0, 1, 2, 3, 4, -1, 7, 9, None, None)
LONG = (*WHOLE, 2**31, 2**40, -(2**62))
REAL = (0.0, 1.0, -0.0, 1.5, 7.0, 5e-79, float("nan"), None)
WRITTEN = (" 2 ", "2.0", "2.00", "-0", "7", "01", "1.5", "12.25", "", " ", "NaN", "often", "1e0", "+1", None)
KINDS = {
    pa.int8(): (int, WHOLE),
    pa.int64(): (int, LONG),
    pa.float64(): (float, REAL),
    pa.string(): (str, WRITTEN),
}


# Every instrument as text, where there is most to go wrong; one of each rule as every type.
TEXT = [(key, pa.string()) for key in SCORED_BY_ITEMS]
OF_EACH_RULE = ("phq9", "audit", "ldq", "wsas", "gas", "itq", "top")
OTHERS = [(key, kind) for key in OF_EACH_RULE for kind in KINDS if kind != pa.string()]


@pytest.mark.parametrize(("key", "kind"), TEXT + OTHERS, ids=str)
@settings(max_examples=1)
@given(chance=st.randoms(use_true_random=True))
def test_tables_and_people_are_scored_alike(key, kind, chance):
    definition = instrument(key)
    rows = [_row(chance, definition, *KINDS[kind]) for _ in range(300)]
    table = {name: pa.array([row[n] for row in rows], kind) for n, name in enumerate(definition.item_columns)}
    got = columns.score_table(definition, ibis.memtable(pa.table(table))).to_pyarrow().to_pylist()
    wrong = [(row, result) for row, result in zip(rows, got, strict=True) if not _alike(definition, row, result)]
    assert wrong == []


def _row(chance, definition, kind, strange):
    odd = chance.choice((0, 0, 0.1, 0.6))  # how often an answer is odd: gaps are few in most rows, many in some
    return [
        chance.choice(strange) if chance.random() < odd else kind(min(chance.choice(item.values), 127))
        for item in definition.items
    ]


def _alike(definition, answers, result):
    return {name: result[name] for name in columns.score_columns(definition)} == _alone(definition, answers)


def _alone(definition, answers):
    """What the scorer for one person says, as the columns of a table."""
    alone = score(definition, answers)
    done = (
        alone
        if isinstance(alone, Scored)
        else Scored(None, None, alone.flags, tuple((p.key, None) for p in definition.parts))
    )
    every = {"score": done.value, "band": done.band, "out_of": done.out_of, **dict(done.parts)}
    every |= {"index": done.indexed.value if done.indexed else None}
    every |= {"flags": "; ".join(done.flags) or None, "status": alone.status}
    return {name: every[name] for name in columns.score_columns(definition)}


@pytest.mark.parametrize(
    ("key", "planted"),
    [("band", "screen_negative"), ("score", 7), ("status", "item1: not answered"), ("flags", "self_harm_item")],
)
def test_a_slip_in_the_table_would_be_seen(key, planted):
    answers, right = (1, 2, 3), {"score": 6, "band": "screen_positive", "flags": None, "status": "scored"}
    assert _alike(instrument("audit_c"), answers, right)
    assert not _alike(instrument("audit_c"), answers, right | {key: planted})


def test_every_one_of_the_262144_sets_of_phq9_answers():
    """Counted in the table by another route: the number of answers of each kind, never a sum of items."""
    definition = instrument("phq9")
    one = ibis.memtable(pa.table({"value": pa.array(range(4), pa.int8())}))
    every = one.rename(item1="value")
    for name in definition.item_columns[1:]:
        every = every.cross_join(one.rename(**{name: "value"}))
    got = columns.score_table(definition, every)
    answers = [got[name] for name in definition.item_columns]
    counted = sum(value * sum((answer == value).cast("int64") for answer in answers) for value in (1, 2, 3))
    summary = got.aggregate(
        rows=got.count(), right=(got.score == counted).sum(), scored=(got.status == "scored").sum()
    ).to_pyarrow()
    assert summary.to_pylist() == [{"rows": 4**9, "right": 4**9, "scored": 4**9}]


def table(**values):
    return ibis.memtable(pa.table(values))


def test_other_columns_pass_through_untouched():
    given_table = table(id=["007"], item1=[1], item2=[2], item3=[3], weight=[1.5], items=[9])
    got = columns.score_table(instrument("audit_c"), given_table).to_pyarrow().to_pylist()
    assert got == [
        {"id": "007", "item1": 1, "item2": 2, "item3": 3, "weight": 1.5, "items": 9}
        | {"score": 6, "band": "screen_positive", "flags": None, "status": "scored"}
    ]


def test_missing_item_columns_are_all_named():
    with pytest.raises(Invalid, match=r"^item2: AUDIT-C needs the columns item2, item3: add them\.$"):
        columns.score_table(instrument("audit_c"), table(item1=[1]))


@pytest.mark.parametrize(
    ("key", "answers", "surplus"),
    [
        ("audit_c", {"item1": [1], "item2": [1], "item3": [1], "item4": [0]}, "item4"),
        ("gad7", {f"item{n}": [1] for n in range(1, 10)}, "item8"),
        ("gad7", {f"item{n}": [1] for n in range(8)}, "item0"),
    ],
)
def test_a_longer_questionnaires_answers_are_refused(key, answers, surplus):
    """As one response is: the first seven of nine questions are not the seven of another questionnaire."""
    wanted = f"^{surplus}: .* questions, and there is no {surplus} among them: is it another questionnaire's file"
    with pytest.raises(Invalid, match=wanted):
        columns.score_table(instrument(key), table(**answers))


def test_another_questionnaire_beside_it_passes_through():
    both = {f"phq9_item{n}": [1] for n in range(1, 10)} | {f"gad7_item{n}": [2] for n in range(1, 8)}
    got = columns.score_table(instrument("gad7"), table(**both), "gad7_").to_pyarrow().to_pylist()
    assert got[0]["gad7_score"] == 14


@pytest.mark.parametrize("name", ["score", "Band", "status", "_answer1"])
def test_a_column_that_is_in_the_way_is_refused(name):
    with pytest.raises(Invalid, match=f"^{name}: There is already a column of this name"):
        columns.score_table(instrument("audit_c"), table(item1=[1], item2=[1], item3=[1], **{name: [1]}))


def test_an_instrument_without_items_is_refused():
    with pytest.raises(Invalid, match="BIQ is entered by total only"):
        columns.score_table(instrument("biq"), table(item1=[1]))


def test_an_instrument_without_bands_has_none():
    definition = instrument("audit_c").model_copy(update={"bandings": ()})
    got = columns.score_table(definition, table(item1=[1], item2=[2], item3=[3])).to_pyarrow().to_pylist()
    assert (got[0]["score"], got[0]["band"]) == (6, None)


whole = st.integers(min_value=-1, max_value=30).map(Decimal)
means = st.builds(quotient, st.integers(min_value=0, max_value=140), st.integers(min_value=8, max_value=27))
exact = st.decimals(min_value=-1, max_value=501, places=2) | st.decimals(-1, 41, places=6) | means | whole


@SLOW
@given(st.lists(st.tuples(st.sampled_from([*KEYS, "phq99"]), exact | st.none()), min_size=1, max_size=60))
def test_validity_and_caseness_agree(rows):
    keys, totals = zip(*rows, strict=True)
    totals_table = table(key=pa.array(keys), score=pa.array(totals, pa.decimal128(12, 6)))
    got = totals_table.select(
        valid=columns.is_valid_total(totals_table.key, totals_table.score),
        case=columns.is_case(totals_table.key, totals_table.score),
    )
    for (key, total), row in zip(rows, got.to_pyarrow().to_pylist(), strict=True):
        known = instrument(key) if key in KEYS and total is not None else None
        assert row["valid"] is bool(known and is_valid_total(known, total))
        assert row["case"] is (is_case(known, total) if known else None)


FEW = {"item1": [0, 1, 3, None, 7], **{f"item{n}": [0, 3, 3, 3, 3] for n in range(2, 10)}}


def test_words_stay_text_to_every_expression():
    scored = columns.score_table(instrument("phq9"), table(**FEW))
    shown = scored.select(
        spelt=scored.band.fill_null("none"), other=scored.band == "no band", longer=scored.flags + "!", n=scored.score
    )
    got = shown.order_by("n").to_pyarrow().to_pylist()
    assert [(row["spelt"], row["other"], row["longer"]) for row in got] == [
        ("minimal", False, None),
        ("severe", False, "self_harm_item!"),
        ("severe", False, "self_harm_item!"),
        ("none", None, "self_harm_item!"),
        ("none", None, "self_harm_item!"),
    ]


def test_words_are_sorted_as_text_is():
    answers = {f"item{n}": [0, 1, 2, 3] if n < 9 else [0, 0, 0, 0] for n in range(1, 10)}
    scored = columns.score_table(instrument("phq9"), table(**answers))
    got = scored.order_by("band").band.to_pyarrow().to_pylist()
    assert got == sorted(got) == ["mild", "minimal", "moderately_severe", "severe"]


def test_a_table_of_no_engine_is_scored_in_plain_expressions():
    given = ibis.table({f"item{n}": "int8" for n in range(1, 10)}, name="given")
    spelt = ibis.to_sql(columns.score_table(instrument("phq9"), given).select("band", "flags"), dialect="postgres")
    assert "LIST_EXTRACT" not in spelt
