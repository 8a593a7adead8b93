"""What stands with one recipient, as the form of changing it says it; and what was entered, as the choice it makes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries, rules
from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice, Given
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.clock import LONDON
from alongside.kernel.periods import BEGINNING, FOR_EVER, Period, over
from alongside.web.consents.bundles import bundle_of
from alongside.web.consents.forms import PIECE_BY_PIECE, Agree
from alongside.web.forms import Form

CARE, EVALUATION = "direct_care", "evaluation"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one recipient (a handle) may see now, for care and for the evaluation, where it was agreed."""

    recipient: str
    care: Agreed | None
    counted: Agreed | None
    last: Choice | None = None  # what was shared last for care, where nothing is now

    @property
    def version(self) -> str:
        """What a page was drawn from, for its form to carry; see `seen`."""
        return version([one for one in (self.care, self.counted) if one])

    @property
    def kinds(self) -> Mask:
        return self.care.categories if self.care else 0


def version(agreed: Iterable[Agreed]) -> str:
    """Which choices a page was drawn from: each recipient and the consent's id."""
    return " ".join(f"{one.recipient}={one.id}" for one in agreed)


def seen(form: Form, recipient: str) -> list[str]:
    """The ids of what the page showed for a recipient. Of another than it was drawn for it showed nothing."""
    shown = (one.partition("=") for one in str(form.cleaned_data["version"]).split())
    return [found for drawn, _equals, found in shown if drawn == recipient]


def handle(chosen: str) -> str:
    """Of the service, or of the class of services, that a form names."""
    return Handle.of_class(chosen) if chosen in policy.classes() else Handle.service(chosen)


def standing(registration: str, recipient: str, *, access: Access) -> Standing:
    found = standing_of(queries.current(registration, access=access), recipient)
    return found if found.kinds else replace(found, last=_last(registration, recipient, access))


def _last(registration: str, recipient: str, access: Access) -> Choice | None:
    nothing = Choice(recipient, 0, Given.ELECTRONIC, purpose=CARE)
    return queries.shared_last(registration, nothing, access=access)


def standing_of(live: Iterable[Agreed], recipient: str) -> Standing:
    """Of everything that stands, what is agreed with one recipient."""
    agreed = [one for one in live if not one.refuses and not rules.for_itself(one.said)]
    found = {one.purpose: one for one in agreed if one.recipient == recipient}
    return Standing(recipient, found.get(CARE), found.get(EVALUATION))


def said_of(found: Standing, purpose: str) -> Choice:
    """What was agreed for a purpose; nothing, where nothing was."""
    agreed = {CARE: found.care, EVALUATION: found.counted}[purpose]
    return agreed.said if agreed else Choice(found.recipient, 0, Given.ELECTRONIC, purpose=purpose)


def leaving_out(made: Choice, found: Standing) -> Choice:
    """With those left out whom the person left out by name before they shared nothing any more."""
    return rules.remembered(made, found.last) if found.last else made


def as_entered(found: Standing) -> dict[str, object]:
    """What was agreed, as the form says it; how it was said and what was told before is said anew."""
    entered: dict[str, object] = {"evaluate": bool(found.counted and found.counted.categories)}
    agreed = found.care or found.counted
    if agreed is None:
        return entered
    return entered | (_kinds(found.kinds) if found.care else {}) | _times(agreed.said) | _circumstances(agreed.said)


def _kinds(mask: Mask) -> dict[str, object]:
    """The pieces also where a bundle stands: whoever goes on to them takes one kind away by one tick."""
    pieces, found = {"share_pieces": policy.category_keys(mask)}, bundle_of(mask)
    if found is None:
        return pieces | {"share": PIECE_BY_PIECE}
    return pieces | {"share": found[0].key, "share_without": policy.category_keys(found[1])}


def _times(said: Choice) -> dict[str, object]:
    return {"since": _first_day(said.data), "expires": last_day(said.expires)}


def _circumstances(said: Choice) -> dict[str, object]:
    names = ("signer", "signed_by", "authority", "competent", "required_by", "reported", "onward", "ends")
    return {name: getattr(said, name) for name in names}


def _first_day(data: Period) -> date | None:
    return data.start.astimezone(LONDON).date() if data.start != BEGINNING else None


def last_day(expires: datetime) -> date | None:
    """The last day that still counts."""
    return expires.astimezone(LONDON).date() - timedelta(days=1) if expires != FOR_EVER else None


def chosen(form: Agree, found: Standing) -> list[Choice]:
    """What was entered, for care and for the evaluation; what was not touched is as it stands."""
    before = found.counted.categories if found.counted else 0
    counted = (before or policy.roles()["evaluator"].other) if form.cleaned_data["evaluate"] else 0
    care = leaving_out(_renewed(form, form.mask("share"), CARE, found.recipient, found.care), found)
    counting = _renewed(form, counted, EVALUATION, found.recipient, found.counted)
    return [form.alone.signs(care), form.alone.signs(counting)]


def _renewed(form: Agree, mask: Mask, purpose: str, recipient: str, before: Agreed | None) -> Choice:
    made = form.signed(recipient, mask, purpose=purpose, expires=over(form.cleaned_data["expires"]))
    if before is None:
        return form.beside(made, Choice(recipient, 0, Given.ELECTRONIC, purpose=purpose))
    made = rules.carried(replace(made, **_untouched(form, made, before.said)), before.said)
    return form.beside(made, before.said)


def _untouched(form: Agree, made: Choice, said: Choice) -> dict[str, object]:
    """Days say less than the instants that are kept, and the pieces less than the kinds: what stands in the form as it
    was drawn is as it was."""
    same: dict[str, object] = {}
    if form.cleaned_data["expires"] == last_day(said.expires):
        same["expires"] = said.expires
    if form.cleaned_data["since"] == _first_day(said.data):
        same["data"] = said.data
    if made.categories == said.categories & policy.offered():
        same["categories"] = said.categories
    return same
