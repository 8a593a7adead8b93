"""When a question is asked: the rule that skips it, turned round."""

from collections.abc import Iterator

from alongside.definitions.instruments import Instrument, Item, Skip
from alongside.measures.questionnaires.naming import Json, answer_coding


def enabled_when(instrument: Instrument, skip: Skip) -> list[Json]:
    """Conditions of which one is enough: an earlier answer that does not score any of the sums that skip.

    Each is an answer that is there. “Not this answer” would also hold where nothing was answered, in some clients.
    Several questions skip another at nought together only, so any one of them that scores more has it asked.
    """
    return [one for number in skip.items for one in _conditions(instrument, instrument.items[number - 1], skip)]


def _conditions(instrument: Instrument, earlier: Item, skip: Skip) -> Iterator[Json]:
    asks = [value for value in earlier.values if earlier.points(value) not in skip.sums]
    if earlier.between:
        # Numbers skip at their least only; a list of all the others would be long.
        yield {"question": earlier.key, "operator": ">=", "answerInteger": min(asks)}
        return
    for value in asks:
        yield {"question": earlier.key, "operator": "=", "answerCoding": answer_coding(instrument, value)}
