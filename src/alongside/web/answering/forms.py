"""The second fact, one question, and sending."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions.texts import TextPack
from alongside.measures.rules.asking import LEFT_OUT, Question
from alongside.web.forms import Form, Query, fields

LEAVE_OUT = "leave_out"  # the button beside the answer


class SecondFact(Query):
    """What only the person and the service know."""

    large_answers = True
    born = fields.CivilDate(label=gettext_lazy("Date of birth"), help_text=fields.BORN)


class Answer(Query):
    """One question. What it may be answered is the rules' to say; here it is drawn, and read as it was typed."""

    large_answers = True

    def __init__(self, *args: Any, question: Question, words: TextPack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = _field(question, words)
        self.fields["answer"].said_optional = False  # the rules want an answer, or the other button

    @property
    def written(self) -> str:
        """As it was entered; nothing where nothing was chosen."""
        return LEFT_OUT if self.data.get(LEAVE_OUT) else str(self.data.get("answer", ""))


def _field(question: Question, words: TextPack) -> forms.Field:
    label, item = _(words.question(question.item)), question.item
    choices = [(str(value), said) for value in item.values if (said := words.answer(item, value))]
    if item.between and not choices:
        least, most = item.between
        kind = fields.ExactNumber if item.decimals else fields.WholeNumber
        return kind(label=label, lowest=least, highest=most, required=False)
    return fields.Choice(label=label, choices=[(value, _(said)) for value, said in choices], required=False)


class Send(Form):
    """Nothing to fill in: reading it over, then sending."""

    large_answers = True
