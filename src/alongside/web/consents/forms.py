"""How a person says what may be shared: three bundles first, piece by piece behind them, and how they said it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.rules import Handle
from alongside.consent.rules import Alone, Choice, Given, HowSaid, as_told
from alongside.definitions import policy
from alongside.definitions.policy import Bundle, Mask
from alongside.organisations.queries import Place
from alongside.web.consents.elements import PART_2, SELDOM, Circumstances, Elements, Heard, HowGiven
from alongside.web.forms import Form, fields

PIECE_BY_PIECE, EVERYTHING = "pieces", "everything"


def bundle_field(label: Any, *, pieces: str, left_out: str = "", required: bool = True) -> fields.Choice:
    """The three bundles that everybody is offered first, and a fourth answer that opens the field of `pieces`. The one
    whose parts have names opens the field of what is `left_out` of it, where the form has one."""
    reveals = {PIECE_BY_PIECE: pieces} | ({_by_name().key: left_out} if left_out else {})
    offered = [(one.key, gettext_lazy(one.words)) for one in policy.bundles().values()]
    return fields.Choice(
        label=label,
        choices=[*offered, (PIECE_BY_PIECE, gettext_lazy("Choose piece by piece"))],
        reveals=reveals,
        required=required,
    )


def _by_name() -> Bundle:
    return next(one for one in policy.bundles().values() if one.names)


def left_out_field() -> fields.Choices:
    """What of that bundle may not be seen, name by name; nothing of it, where nothing is ticked."""
    names = [(key, gettext_lazy(words)) for key, words in _by_name().names.items()]
    return fields.Choices(label=gettext_lazy("Tick what of it they may not see"), choices=names, required=False)


def pieces_field(label: Any = None) -> fields.Choices:
    kinds = [(kind.key, gettext_lazy(kind.words)) for kind in policy.categories().values() if kind.offered]
    found = fields.Choices(label=label or gettext_lazy("They may see"), choices=kinds, required=False)
    found.said_optional = False  # drawn only where one of them has to be ticked
    return found


class Pieces(Form):
    """For forms with bundles: each gives one mask, from the bundle or from the pieces that it reveals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = {
            name: field.reveals[PIECE_BY_PIECE]
            for name, field in self.fields.items()
            if PIECE_BY_PIECE in getattr(field, "reveals", {})
        }
        self.left_out = {name: self.fields[name].reveals.get(_by_name().key, "") for name in self.pieces}
        for bundle in self.pieces:
            self.fields[bundle].hints = {key: _bundle_hint(key) for key in policy.bundles()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for bundle, pieces in self.pieces.items():
            if cleaned.get(bundle) == PIECE_BY_PIECE and not cleaned.get(pieces):
                self.add_error(pieces, _("Tick at least one kind, or choose “Nothing yet”."))
            if cleaned.get(bundle) == _by_name().key and not self._bundled(bundle):
                self.add_error(self.left_out[bundle], _("Nothing is left of it. Choose “Nothing yet”."))
        return cleaned

    def mask(self, bundle: str) -> Mask:
        chosen = self.cleaned_data[bundle]
        if chosen == PIECE_BY_PIECE:
            return policy.categories_mask(*self.cleaned_data[self.pieces[bundle]])
        return self._bundled(bundle)

    def _bundled(self, bundle: str) -> Mask:
        """The bundle that was chosen, without what was ticked of it."""
        chosen = policy.bundles()[self.cleaned_data[bundle]]
        ticked = self.cleaned_data.get(self.left_out.get(bundle, "")) or []
        return chosen.mask & ~(policy.categories_mask(*ticked) if chosen.names else 0)


def _bundle_hint(key: str) -> str:
    bundle = policy.bundles()[key]
    kinds = [_(words) for words in bundle.names.values()] or [_(kind) for kind in policy.category_words(bundle.mask)]
    left_out = [_(kind) for kind in policy.category_words(policy.offered() & ~bundle.mask)]
    if not kinds:
        return _("They see nothing of our record. This can change on any day.")
    if len(left_out) <= 3:
        return _("Everything but: %(kinds)s") % {"kinds": "; ".join(left_out)}
    return "; ".join(kinds)


class Agree(Elements, Circumstances, HowGiven, Pieces):
    """What one other service may see of our record."""

    alone = Alone()  # with nobody of staff beside them only in the person's own sign-in

    previewed = forms.CharField(widget=forms.HiddenInput, required=False)  # the mark of the sentence that was read
    recipient = fields.Choice(
        label=gettext_lazy("Share with"), error_messages={"required": gettext_lazy("Choose with whom to share")}
    )
    share = bundle_field(gettext_lazy("What may they see?"), pieces="share_pieces", left_out="share_without")
    share_pieces = pieces_field()
    share_without = left_out_field()
    expires = fields.CivilDate(
        label=gettext_lazy("Until when?"),
        called=gettext_lazy("last day"),
        help_text=gettext_lazy("Leave it empty for as long as the person wants. They can stop it on any day."),
        required=False,
    )

    evaluate = fields.Tick(
        label=gettext_lazy("They may also count me in the evaluation of the pathway; no name leaves the record")
    )

    field_order = [
        *("recipient", "share", "share_pieces", "share_without", "evaluate", "expires"),
        *PART_2,
        *("given", "witness", "told_no_is_fine"),
        *SELDOM,
    ]

    def __init__(
        self, *args: Any, recipients: Iterable[Place], part2: bool = False, intermediary: str = "", **kwargs: Any
    ) -> None:
        """`intermediary` passes records on to a class of recipients, where `part2` says that it has to be named."""
        super().__init__(*args, **kwargs)
        self.intermediary = intermediary if part2 else ""
        self.fields["recipient"].choices = [(place.id, place.name) for place in recipients] + [
            (one.key, _(one.words)) for one in policy.classes().values()
        ]
        self.asked = [name for name in self.field_order if name in _ALWAYS or (part2 and name in PART_2)]
        self.seldom = SELDOM
        if not part2:
            for name in PART_2:
                del self.fields[name]

    def handle(self) -> str:
        """The handle of the service, or of the class of services, that was chosen."""
        chosen = str(self.cleaned_data["recipient"])
        return Handle.of_class(chosen) if chosen in policy.classes() else Handle.service(chosen)

    def recipient_name(self) -> str:
        return str(dict(self.fields["recipient"].choices)[self.cleaned_data["recipient"]])

    def said(self) -> dict[str, Any]:
        """Everything that the choice says besides who, what and how it was said."""
        through = self.intermediary if Handle.kind(self.handle()) == "class" else ""
        return self.circumstances() | (self.elements() if "onward" in self.fields else {}) | {"through": through}

    def signed(self, recipient: str, mask: Mask, **more: Any) -> Choice:
        """The choice as it was entered."""
        return choice(self, recipient, mask, **self.said(), **more)

    def beside(self, made: Choice, before: Choice) -> Choice:
        """With what stood in the choice before and this form does not ask for."""
        return made if "onward" in self.fields else as_told(made, before)

    def usable_for_preview(self) -> bool:
        """Whether it is clear with whom what would be shared. How it is said may still be missing."""
        self.full_clean()
        asked = {"recipient", "share", "share_pieces", "share_without", "since", "expires", NON_FIELD_ERRORS}
        for name in set(self.errors) - asked:
            del self.errors[name]
        self.cleaned_data = dict.fromkeys(self.fields, "") | {"since": None, "expires": None} | self.cleaned_data
        return not self.errors

    def was_read(self, mark: str) -> None:
        """The page shows the sentence of this mark with the form, which brings it when it is sent."""
        self.data = self.data.copy()
        self.data["previewed"] = mark

    def is_another(self, mark: str) -> bool:
        """Whether it was previewed, and what was read then was another sentence."""
        return self.cleaned_data["previewed"] not in ("", mark)


_ALWAYS = {"recipient", "share", "evaluate", "expires", "given", "told_no_is_fine"}


class EndsBesides(Form):
    """With those of a service who are named besides, so that it is stopped for them in the same breath."""

    named = fields.Choices(
        label=gettext_lazy("Stop it for these too"),
        help_text=gettext_lazy("They are named besides, and go on seeing it unless it is stopped for them."),
        choices=(),
        required=False,
    )

    def __init__(self, *args: Any, named: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].choices = named
        self.fields["named"].initial = [one for one, _who in named]
        if not named:
            del self.fields["named"]

    def also(self) -> list[str]:
        """The handles of those for whom it is stopped in the same breath."""
        return list(self.cleaned_data.get("named", []))


class Withdraw(EndsBesides, Heard):
    """Taking it back: how it was said and who heard it. Why need not be said."""

    reason = fields.Text(
        label=gettext_lazy("What the person said about it"),
        help_text=gettext_lazy("They need not give a reason."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "given" in self.fields:
            self.fields["given"].label = _("How did the person say so?")

    def how(self) -> HowSaid:
        return HowSaid(Given(self.cleaned_data["given"]), self.cleaned_data["witness"])


def taking_back(request: HttpRequest, named: Sequence[tuple[str, str]] = ()) -> Withdraw:
    """By voice, and heard by whoever writes it down, is how most people take something back."""
    return Withdraw(request.POST or None, named=named, initial={"given": Given.VERBAL, "witness": request.access.name})


def choice(form: HowGiven, recipient: str, mask: Mask, **more: Any) -> Choice:
    """The person's choice as the record keeps it."""
    entered = form.cleaned_data
    return Choice(
        recipient=recipient,
        categories=mask,
        given=Given(entered["given"] or Given.WRITTEN),  # empty in a preview alone: a form that is saved has to say it
        witness=entered["witness"],
        told_no_is_fine=entered["told_no_is_fine"],
        **more,
    )
