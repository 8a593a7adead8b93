"""Questions without an answer: one line for them all at the top of the page, and a way to stop half way."""

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext as _

from alongside.definitions.instruments import Instrument
from alongside.web.forms import Form, Problem, fields


class Gapped(Form):
    """A form of questionnaires. Eight lines that each say "not answered" hide what else is wrong, and a person who will
    not go on has answered all the same: what they said of self-harm above all is kept, without a score."""

    def problems(self) -> Iterator[Problem]:
        """As of every form, but one line for all the questions of an instrument that have no answer."""
        self._gaps = {names[0]: (one, names) for one, names in self._unanswered() if names}
        self._said_once = {name for _one, names in self._gaps.values() for name in names[1:]}
        yield from super().problems()

    def problems_of(self, bound: forms.BoundField) -> Iterator[Problem]:
        if bound.name in self._gaps:
            yield Problem(f"#{bound.auto_id}", said_of_gaps(*self._gaps[bound.name]))
        elif bound.name not in self._said_once:
            yield from super().problems_of(bound)

    def _unanswered(self) -> Iterator[tuple[Instrument, list[str]]]:
        """An empty answer is refused only where another answer of the same instrument was given."""
        for one, names in self.asked():
            yield one, [name for name in names if name in self.errors and not self.data.get(name, "").strip()]

    def asked(self) -> Iterator[tuple[Instrument, Sequence[str]]]:
        """Each questionnaire with the fields of its questions."""
        raise NotImplementedError

    def stopped(self, one: Instrument) -> bool:
        """Whether somebody said that they did not want to go on with it."""
        return bool(self.cleaned_data.get(name_of(one)))

    def stopping(self, one: Instrument) -> forms.BoundField | None:
        """Where that can be said: once an answer is missing, and not before."""
        if name_of(one) not in self.fields:
            return None
        names = {name for each, gaps in self._unanswered() if each.key == one.key for name in gaps}
        bound = self[name_of(one)]
        return bound if names or bound.value() else None


def name_of(one: Instrument) -> str:
    return f"{one.key}_unfinished"


def tick(one: Instrument) -> fields.Tick:
    """The way to stop half way, in a form."""
    made = fields.Tick(label=_("They did not want to go on: keep what they answered, without a score"))
    made.named = one.name
    return made


def said_of_gaps(one: Instrument, names: Sequence[str]) -> str:
    """`PHQ-9: 3 of 9 questions have no answer: 2, 3, 7`."""
    printed = {f"{one.key}_{item.key}": item.printed for item in one.items}
    numbers = [printed[name] for name in names]
    said = {"name": one.name, "which": ", ".join(numbers), "missing": len(numbers), "all": len(one.items)}
    if len(numbers) == 1:
        return _("%(name)s, question %(which)s: choose an answer") % said
    return _("%(name)s: %(missing)d of %(all)d questions have no answer: %(which)s") % said
