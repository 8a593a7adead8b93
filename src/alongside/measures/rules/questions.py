"""What a question is called where its own words are not ours to show: its number on the form, or words of ours."""

from alongside.definitions.instruments import Instrument, Item
from alongside.kernel.language import gettext, said


def question_said(item: Item) -> str:
    """`Question 3`, or `Goal 1`: never the key, which is for machines."""
    return gettext(item.label) if item.label else said("Question {number}", number=item.printed)


def question_named(instrument: Instrument, item: Item) -> str:
    """The same far from its form, with the name of the instrument: `PHQ-9, question 3`."""
    if item.label:
        return said("{name}: {label}", name=instrument.name, label=gettext(item.label))
    return said("{name}, question {number}", name=instrument.name, number=item.printed)
