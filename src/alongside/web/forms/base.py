"""What every form does beyond Django's: plain words for refusals, one submission counted once, stale pages noticed.

A view stays short:

    form = ContactForm(request.POST or None)
    made = form.attempt(lambda: actions.record(by=request.access, submission=form.submission, **form.values))
    if made:
        return redirect("contact", made)
    return show(request, "contacts/record.jinja", form=form)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.kernel.errors import Duplicate, Invalid, Several
from alongside.kernel.ids import is_id, new_id
from alongside.web.forms.words import in_a_sentence, said_when_needed

T = TypeVar("T")
SUBMISSION = "sub"


@dataclass(frozen=True)
class Problem:
    """One line of the summary at the top: what is wrong, and the address of the field that puts it right."""

    href: str
    text: str


class Worded(forms.BaseForm):
    """Refusals that name the field and say what to do, also for the forms of libraries."""

    large_answers = False  # big targets, for people in treatment on a telephone
    stands = ""  # the address of what stands now, where somebody was first
    use_required_attribute = False  # the browser's own bubbles cannot be read again, and vanish

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_what_to_enter(field)
            for revealed in getattr(field, "reveals", {}).values():
                self.fields[revealed].revealed = True  # drawn inside the answer that asks for it

    def problems(self) -> Iterator[Problem]:
        """Every refusal in the order of the page, those of the whole form first."""
        for text in self.non_field_errors():
            yield Problem(self.stands, str(text))
        for bound in self:
            yield from self.problems_of(bound)

    def problems_of(self, bound: forms.BoundField) -> Iterator[Problem]:
        """The lines of one field. Where its own words do not say which it is (`named`), the line begins with that."""
        named = str(getattr(bound.field, "named", ""))
        for text in map(str, bound.errors):
            said = text if named in text else f"{named}: {text}"
            yield Problem(f"#{bound.auto_id}{_first_input(bound)}", said)


class Query(Worded, forms.Form):
    """A form that only asks (a search, a filter): safe to repeat, keeps no token."""


class Paged(Query):
    """A list on several pages, by `?page=`."""

    page = forms.CharField(required=False)

    @property
    def number(self) -> int:
        """The page that was asked for; the first for whatever is not the number of one."""
        asked = str(self.cleaned_data.get("page") or "") if self.is_valid() else ""
        return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1


class Form(Worded, forms.Form):
    """A form that writes: it carries a token of its own, so that a double click is one act."""

    repeated = False  # whether it had been sent before: what stands is what was sent first
    submission_token = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: int | str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The hidden parts are the form's own: whatever a view gave as their initial value would undo them.
        self.initial = {**self.initial, "submission_token": new_id(SUBMISSION), "version": version}

    @property
    def submission(self) -> str:
        """The token that the page was drawn with; actions take it as `submission=`."""
        return str(self.cleaned_data["submission_token"])

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, by field, without the hidden parts."""
        hidden = {"submission_token", "version"}
        return {name: value for name, value in self.cleaned_data.items() if name not in hidden}

    def clean_submission_token(self) -> str:
        token = str(self.cleaned_data["submission_token"])
        if not is_id(token, SUBMISSION):
            # Raised for the whole form: the reader cannot put a hidden field right.
            raise forms.ValidationError(_("This page is incomplete. Open it again and enter this once more."))
        return token

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(None if field in {"submission_token", "version"} else field, error)

    def attempt(self, action: Callable[[], T]) -> T | str | None:
        """What the action made, or None when nothing was sent or something was refused.

        A repeated submission gives what the first one made, and is `repeated`: what it says now may be another thing
        than what was saved, so that a page must not speak from it. Whatever a refused action had begun is undone.
        """
        if not self.is_valid():
            return None
        try:
            with transaction.atomic(), self.refusing():
                return action()
        except Duplicate as first:
            self.repeated = True
            return first.existing
        except _Refused:
            return None

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Puts what an action refuses beside the fields that it names."""
        try:
            yield
        except (Invalid, Several) as refusal:
            for problem in refusal.problems if isinstance(refusal, Several) else [refusal]:
                self.add_error(problem.field if problem.field in self.fields else None, problem.message)
            raise _Refused from refusal


class _Refused(Exception):
    """Carries a refusal out of the transaction, which must not commit."""


def _say_what_to_enter(field: forms.Field) -> None:
    default = forms.Field.default_error_messages["required"]
    if field.required and field.label and field.error_messages.get("required") is default:
        field.error_messages["required"] = _what_to_enter(field)


@said_when_needed
def _what_to_enter(field: forms.Field) -> str:
    label = str(field.label)
    if label.endswith("?"):
        return _("Answer “%(field)s”") % {"field": label}
    if isinstance(field, forms.ChoiceField):
        return _("Choose %(field)s") % {"field": in_a_sentence(label)}
    return _("Enter %(field)s") % {"field": in_a_sentence(label)}


def _first_input(bound: forms.BoundField) -> str:
    first: Callable[[Any], str] | None = getattr(bound.field.widget, "first_wrong", None)
    return first(bound.errors) if first else ""
