"""Every questionnaire in another maker's form: what LHC-Forms shows as the scores is what we make of its response."""

import random
from decimal import Decimal

import pytest

from alongside.definitions import texts
from alongside.definitions.instruments import instrument, instruments
from alongside.definitions.substances import substances
from alongside.measures.questionnaires import answers_of, questionnaire, substance_of, total_of
from alongside.measures.rules import Refused, Scored, score
from tests.forms.widget import checked

# Ours are exact to six decimals; a browser counts in binary fractions, of which 21.111111111111114 is one.
CLOSE = Decimal("0.000001")
BY_ITEMS = [known.key for known in instruments() if known.by_items]
WITH_SKIPS = [key for key in BY_ITEMS if any(item.skip for item in instrument(key).items)]


# --- Answering


def made(key):
    """The Questionnaire in the words that we hold, wherever they come from."""
    held = [pack for pack in texts.packs() if pack.instrument == key]
    return questionnaire(instrument(key), held[0] if held else None)


def gates(measure):
    """The items that others hang on, each with the answers that have the others asked."""
    found = {}
    for item in measure.items:
        for number in item.skip.items if item.skip else ():
            gate = measure.items[number - 1]
            found[gate.key] = [value for value in gate.values if gate.points(value) not in item.skip.sums]
    return found


def drawn(chance, measure):
    """An answer to every question, such that every question is asked."""
    opening = gates(measure)
    answers = {
        item.key: as_given(chance, item, chance.choice(opening.get(item.key, item.values))) for item in measure.items
    }
    return answers | ({"substance": chance.choice(list(substances()))} if measure.per_substance else {})


def as_given(chance, item, value):
    """A choice by its code; a number as it is typed, with decimals where it may have some."""
    if not item.between:
        return str(value)
    return min(value + chance.choice((0, 0.5, 0.25)), item.between[1]) if item.decimals else value


def left_out(chance, measure):
    """One question more than may be missing: one that has to be answered, or any that count."""
    needed = [item.key for item in measure.items if item.needed]
    scored = [item.key for item in measure.items if item.scored]
    return chance.sample(needed or scored, (measure.missing.at_most if measure.missing else 0) + 1)


def give(widget, waiting, but=()):
    """Takes answers from those that wait, as far as their questions are asked: one answer may bring out others."""
    while asked := [link for link in widget.seen() if link in waiting and link not in but]:
        widget.answer({link: waiting.pop(link) for link in asked})


# --- Comparing


def worth(measure, read):
    return score(measure, answers_of(measure, read.response))


def ours(measure, read):
    """What we make of the response, by the link ids under which LHC-Forms shows it."""
    done = worth(measure, read)
    if isinstance(done, Refused):
        return {}
    told = {f"score.{key}": value for key, value in done.parts} | {"score": done.value}
    if measure.rule in ("label", "profile"):
        told["result"] = done.band
    return {link: value for link, value in told.items() if value is not None}


def theirs(read):
    """What stands in the boxes of the scores."""
    boxes = {
        link: text for link, text in read.shown.items() if link in ("score", "result") or link.startswith("score.")
    }
    return {link: text if link == "result" else Decimal(text) for link, text in boxes.items() if text}


def differences(measure, read):
    """Every score that is not the same in both, or is given by one alone."""
    left, right = ours(measure, read), theirs(read)
    return {
        link: (left.get(link), right.get(link))
        for link in left.keys() | right.keys()
        if not alike(left.get(link), right.get(link))
    }


def alike(left, right):
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return abs(left - right) <= CLOSE
    return left == right


def of_response(read):
    """The scores as the response carries them."""
    found = {}
    for item in read.response.get("item", []):
        if item["linkId"] in theirs(read):
            [value] = item["answer"][0].values()
            found[item["linkId"]] = value if isinstance(value, str) else Decimal(str(value))
    return found


def check(widget, measure):
    """Reads the form, of which nothing may be wrong but that some of it is still to be answered."""
    read = widget.read()
    assert widget.faults == []
    assert [fault for fault in read.faults if not fault.endswith("requires a value")] == []
    if measure.by_items:
        assert differences(measure, read) == {}
    assert of_response(read) == theirs(read)
    return read


# --- Every instrument


@pytest.mark.parametrize("key", BY_ITEMS)
def test_it_scores_as_we_do(widget, key):
    """With too much left out, with as much left out as may be, and whole."""
    measure, chance = instrument(key), random.Random(key)
    widget.render(made(key))
    waiting, late = drawn(chance, measure), left_out(chance, measure)
    check(widget, measure)
    first = next((link for link in widget.seen() if link in waiting and link not in late), late[0])
    widget.click(first, waiting.pop(first))
    give(widget, waiting, but=late)
    check(widget, measure)
    while late:
        late.pop()
        give(widget, waiting, but=late)
        read = check(widget, measure)
    assert answers_of(measure, read.response).keys() == set(measure.item_columns)
    assert isinstance(worth(measure, read), Scored)
    assert read.faults == []


@pytest.mark.parametrize("key", WITH_SKIPS)
def test_what_is_skipped_counts_as_nought(widget, key):
    """Everything is answered first, so that answers have to go; then question after question skips others."""
    measure, chance = instrument(key), random.Random(key)
    widget.render(made(key))
    give(widget, drawn(chance, measure))
    for link, asking in reversed(gates(measure).items()):
        gate = next(item for item in measure.items if item.key == link)
        skipping = [value for value in gate.values if value not in asking]
        give(widget, {link: as_given(chance, gate, chance.choice(skipping))})
        read = check(widget, measure)
        assert isinstance(worth(measure, read), Scored)
    hidden = {item.key for item in measure.items if item.skip}
    assert not hidden & answers_of(measure, read.response).keys()


def test_the_response_says_which_substance_it_is_about(widget):
    measure = instrument("sds")
    widget.render(made("sds"))
    widget.click("substance", "cannabis")
    assert substance_of(measure, check(widget, measure).response) == "cannabis"


@pytest.mark.parametrize("key", [known.key for known in instruments() if not known.by_items])
def test_a_total_is_entered_as_it_is(widget, key):
    measure = instrument(key)
    widget.render(made(key))
    widget.click("total", int(measure.most_of_total))
    assert total_of(measure, check(widget, measure).response) == measure.most_of_total
    widget.click("total", int(measure.most_of_total) + 1)
    assert widget.read().faults == [
        f"{measure.name} total must be a value less than or equal to {measure.most_of_total}."
    ]


# --- The rig itself


def whole(widget, key, change=lambda made: None):
    """The instrument answered with its greatest answers, after `change` of its Questionnaire."""
    form, measure = made(key), instrument(key)
    change(form)
    widget.render(form)
    give(widget, {item.key: str(item.most) for item in measure.items})
    return widget.read()


def items(form):
    for item in form["item"]:
        yield item
        yield from items(item) if "item" in item else ()


def first_choice(form):
    return next(item for item in items(form) if item["type"] == "choice")


def with_another_ordinal(form):
    first_choice(form)["answerOption"][-1]["extension"][0]["valueDecimal"] = 2


def with_another_formula(form):
    [score] = [item for item in items(form) if item["linkId"] == "score"]
    score["extension"][0]["valueExpression"]["expression"] = "%points.where($this > 0).count()"


@pytest.mark.parametrize(("change", "shown"), [(with_another_ordinal, 26), (with_another_formula, 9)])
def test_another_score_is_noticed(widget, change, shown):
    read = whole(widget, "phq9", change)
    assert differences(instrument("phq9"), read) == {"score": (Decimal(27), Decimal(shown))}


def test_a_score_that_is_given_too_early_is_noticed(widget):
    form = made("phq9")
    next(item for item in items(form) if item["linkId"] == "score")["extension"][0]["valueExpression"]["expression"] = (
        "%points.sum()"
    )
    widget.render(form)
    give(widget, {"item1": "2"})
    assert differences(instrument("phq9"), widget.read()) == {"score": (None, Decimal(2))}


@pytest.mark.parametrize("formula", ["%points.sum(", "%nothing.sum()", "%resource.nothing()"])
def test_a_formula_that_fails_is_noticed(widget, formula):
    def broken(form):
        form["extension"][1]["valueExpression"]["expression"] = formula

    whole(widget, "phq9", broken)
    assert widget.faults


def test_a_widget_that_is_not_there_fails_plainly(tmp_path):
    with pytest.raises(pytest.fail.Exception, match=r"Fetch it with: \.venv/bin/python scripts/lforms\.py"):
        checked(tmp_path)


def test_a_question_that_somebody_else_is_asked_is_noticed(widget):
    widget.page.evaluate("fetch('http://192.0.2.1/ValueSet').catch(() => 0)")
    assert any("192.0.2.1" in fault for fault in widget.faults)
