"""The grid that is changed: drawn, read back whole, and saved as one; the same for staff and for the person."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle, Mask
from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice, Signer
from alongside.kernel import language
from alongside.kernel.language import later
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web.consents import signing
from alongside.web.consents.columns import Column, columns
from alongside.web.consents.grid import WHOLE, Grid
from alongside.web.consents.present import Preview, kinds
from alongside.web.consents.renewing import CARE, EVALUATION, leaving_out, said_of, standing, version
from alongside.web.consents.saying import mark
from alongside.web.consents.ticks import FOR_THEM, Ticks
from alongside.web.trying import attempt

UNCHANGED = later("Nothing was changed: every tick is as it stands.")
CHANGED = later(
    "What stands is not what this page was drawn from, so nothing was saved. Look at what stands now, and change that."
)


def drawn(registration: str, found: Grid, *, part2: bool, access: Access) -> list[Column]:
    """The columns of the glance that can be changed: services of the partnership, and classes."""
    partners = organisations.partners(access=access)
    whole = {
        one.handle: signing.recipient(one.handle, one.name, partners)
        for one in found.columns
        if Handle.kind(one.handle) in WHOLE
    }
    stands = {one: standing(registration, one, access=access) for one in whole}
    ceilings = {one: organisations.ceilings(whom.services, access=access) for one, whom in whole.items()}
    return columns(found, whole, stands, ceilings, part2=part2)


def signers(drawn: Sequence[Column]) -> dict[str, object]:
    """Who agreed with or for the person, where that was the same with all; else it is said anew."""
    said = [one.found.care.said for one in drawn if one.found.care]
    found = {tuple(getattr(one, name) for name in FOR_THEM) for one in said}
    if len(found) != 1:
        return {}
    [same] = found
    told = dict(zip(FOR_THEM, same, strict=True))
    return told if told["signer"] != Signer.PERSON else told | {"signed_by": ""}


@dataclass(frozen=True, slots=True)
class Changed:
    """One recipient, and what is said for it (care first) in the place of what stands; `also` is what is said in the
    same breath for the classes that it may be one of."""

    whom: signing.Recipient
    choices: list[Choice]
    also: Sequence[Choice]
    before: Mask

    @property
    def after(self) -> Mask:
        return self.choices[0].categories


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What is read of one recipient: the kinds that are new and those that are left out from now on, and all of it."""

    more: list[str]
    less: list[str]
    preview: Preview


def changed(form: Ticks) -> list[Changed]:
    """Of every column that was changed, and of no other, in the order in which it is said: classes first."""
    said = [(one, _choices(form, one)) for one in form.changed()]
    classes = [each for one, choices in said if _is_class(one.whom) for each in choices]
    found = [
        Changed(one.whom, choices, () if _is_class(one.whom) else classes, one.found.kinds) for one, choices in said
    ]
    return sorted(found, key=lambda one: not _is_class(one.whom))


def _choices(form: Ticks, column: Column) -> list[Choice]:
    """The evaluation counts what it counted."""
    counted = said_of(column.found, EVALUATION)
    care = form.signed(said_of(column.found, CARE), form.mask(column))
    return [leaving_out(care, column.found), form.signed(counted, counted.categories)]


def _is_class(whom: signing.Recipient) -> bool:
    return Handle.kind(whom.handle) == "class"


def previews(form: Ticks, registration: str, live: Sequence[Agreed], *, access: Access) -> list[ReadBack]:
    """What each recipient whose column was changed would see, with the sentence of each, all of which the form brings
    from now on. Empty where something has to be put right first, or nothing was changed, which the form says."""
    if not form.usable_for_preview():
        return []
    if is_old(form, live):
        form.add_error(None, language.said(CHANGED))
        return []
    found = changed(form)
    if not found:
        form.add_error(None, language.said(UNCHANGED))
        return []
    return _read(form, registration, found, access)


def _read(form: Ticks, registration: str, found: Sequence[Changed], access: Access) -> list[ReadBack]:
    form.was_read(_mark(registration, [(one, _sentence(registration, one, access)) for one in found]))
    return [
        ReadBack(
            kinds(one.after & ~one.before),
            kinds(one.before & ~one.after),
            signing.previewed(registration, one.whom, one.choices, also=one.also, access=access),
        )
        for one in found
    ]


def is_old(form: Ticks, live: Sequence[Agreed]) -> bool:
    """Whether anything stands otherwise than when the page was drawn."""
    return set(_seen(form)) != set(version(live).split())


def _seen(form: Ticks) -> list[str]:
    return str(form.cleaned_data["version"]).split()


def _sentence(registration: str, one: Changed, access: Access) -> str:
    return signing.to_read(registration, one.whom, one.choices, also=one.also, access=access)


def _mark(registration: str, read: Sequence[tuple[Changed, str]]) -> str:
    marks = [mark(registration, one.whom.handle, said) for one, said in read]
    return hashlib.sha256(" ".join(marks).encode()).hexdigest()


def saved(request: HttpRequest, form: Ticks, registration: str, *, stands: str) -> list[signing.Recipient] | None:
    """Those for whom what was read back is saved; None where it was not, for the reason that the form
    gives. It is saved once, for all of them or for none."""
    if not form.is_bound or not form.is_valid():
        return None
    access, found = request.access, changed(form)
    another = form.cleaned_data["previewed"] != _mark(
        registration, [(one, _sentence(registration, one, access)) for one in found]
    )

    def save() -> object:
        said = [one.choices for one in found]
        seen = [one.partition("=")[2] for one in _seen(form)]
        once = {"seen": seen, "submission": form.submission}
        made = actions.agree_several(registration=registration, said=said, by=access, **once)
        signing.refuse_another(another)
        return made

    return [one.whom for one in found] if attempt(form, save, stands=stands) else None


def shown_again(form: Ticks, registration: str, live: Sequence[Agreed], *, access: Access) -> list[ReadBack]:
    """Where saving what was read back was refused: what would be saved, under the words that say why not. Empty where
    the page was drawn from something else than what stands now."""
    if not form.is_bound or not form.was_drawn() or is_old(form, live):
        return []
    return _read(form, registration, changed(form), access)


def said_after(registration: str, whom: Sequence[signing.Recipient], *, access: Access) -> str:
    """That it holds, and what of it a no that stands keeps closed to each."""
    said = [_("Saved for: %(whom)s. It holds from this moment.") % {"whom": "; ".join(one.name for one in whom)}]
    for one in whom:
        closed = signing.stays_closed(registration, one, access=access)
        said += [_("For %(whom)s a no stands beside it.") % {"whom": one.name}, *closed] if closed else []
    return " ".join(said)
