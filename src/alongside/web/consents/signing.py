"""What is read before it is signed: what a recipient would see, and the sentence that binds what is saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Facts, Handle
from alongside.consent import queries, rules
from alongside.consent.queries import Agreed
from alongside.consent.rules import Breath, Choice, Reached
from alongside.definitions import policy
from alongside.kernel import clock, language
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.people import queries as people
from alongside.web import naming
from alongside.web.consents import finer, present, recipients
from alongside.web.consents.as_if import as_if
from alongside.web.consents.forms import Agree
from alongside.web.consents.present import Preview, kinds
from alongside.web.consents.previewing import would_see
from alongside.web.consents.renewing import CARE, EVALUATION, chosen, standing
from alongside.web.consents.saying import Read, Through, limited, mark, sentence

ANOTHER = later("This is not what was previewed. Nothing is saved. Read it again, and save it where it is right.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A service (with its one place) or a class of services (with those of the partnership that are of it)."""

    handle: str
    name: str
    kind: str  # of the service; empty of a class
    places: tuple[Place, ...]

    @property
    def services(self) -> list[str]:
        return [one.id for one in self.places]


def recipient(handle: str, name: str, places: Collection[Place]) -> Recipient:
    named, _colon, key = handle.partition(":")
    if named == "class":
        return Recipient(handle, name, "", tuple(one for one in places if one.kind in policy.classes()[key].kinds))
    found = tuple(one for one in places if one.id == key)
    return Recipient(handle, name, found[0].kind if found else "", found)


def is_to_be_read(request: HttpRequest) -> bool:
    """Whether what was entered is read back now: nothing is saved that was not read first. Where nothing was sent at
    all, nothing was entered."""
    return bool(request.POST) and ("preview" in request.POST or not request.POST.get("previewed"))


def preview(form: Agree, registration: str, places: Collection[Place], *, access: Access) -> Preview | None:
    """What they would see, with the sentence that the form brings from now on; None where it is not clear yet."""
    if not form.usable_for_preview():
        return None
    whom = recipient(form.handle(), form.recipient_name(), places)
    choices = chosen(form, standing(registration, whom.handle, access=access))
    made = previewed(registration, whom, choices, access=access)
    form.was_read(mark(registration, whom.handle, made.sentence))
    return made


def is_another(form: Agree, registration: str, places: Collection[Place], *, access: Access) -> bool:
    """Whether the form is complete, was previewed, and would save something else than was read then."""
    if not form.is_bound or not form.is_valid() or not form.cleaned_data["previewed"]:
        return False
    whom = recipient(form.handle(), form.recipient_name(), places)
    choices = chosen(form, standing(registration, whom.handle, access=access))
    return form.is_another(mark(registration, whom.handle, to_read(registration, whom, choices, access=access)))


def refuse_another(another: bool) -> None:
    """Undoes what was begun to be saved. After it, so that what was sent before, or drawn from what stands no longer,
    is told as that."""
    if another:
        raise Invalid("previewed sentence", ANOTHER)


def shown_again(form: Agree, registration: str, places: Collection[Place], *, access: Access) -> Preview | None:
    """Where another sentence was refused: what would be saved, to be read now, under the words that say so."""
    if language.said(ANOTHER) not in map(str, form.non_field_errors()):
        return None
    made = preview(form, registration, places, access=access)
    form.add_error(None, language.said(ANOTHER))
    return made


def previewed(
    registration: str, whom: Recipient, choices: Sequence[Choice], *, access: Access, also: Sequence[Choice] = ()
) -> Preview:
    """What somebody of a recipient who needs to know would see, by these choices (care first), by what is said for
    others in the same breath (`also`), and by all that stands beside them, as far as the reader may see it."""
    live, now = as_if(queries.in_force(registration, access=access), also), clock.now()
    breath = _breath(whom, choices, live)
    facts = _facts(registration, breath, live, now, access, also)
    opens = rules.windows(facts, whom.handle, whom.kind, now)
    shown = rules.under(opens, organisations.ceilings(whom.services, access=access))
    taken = rules.taken(facts, whom.handle, whom.kind, now)
    joined = {one.service for one in people.joined_to(registration, access=access)}
    return present.preview(
        whom.name,
        present.Opening(
            shown=rules.kinds_in(shown),
            beyond=rules.kinds_in(opens) & ~rules.kinds_in(shown),
            closed=taken.whole,
            partly=taken.some,
            classes=_reached(whom, breath, live, CARE).classes,
            waits=not joined & set(whom.services),
            by_name=closed_by_name(whom, live, access=access),
            counted=_reached(whom, breath, live, EVALUATION).opens,
            open_by_name=_stands(whom, breath, live, access),
        ),
        would_see(registration, shown, access=access),
        sentence(_read(whom, choices, live, access)),
    )


def to_read(
    registration: str, whom: Recipient, choices: Sequence[Choice], *, access: Access, also: Sequence[Choice] = ()
) -> str:
    """The sentence alone, as `previewed` gives it."""
    live = as_if(queries.in_force(registration, access=access), also)
    return sentence(_read(whom, choices, live, access))


def stays_closed(registration: str, whom: Recipient, *, access: Access) -> list[str]:
    """What refusals that stand take away of what is agreed with a recipient, a sentence each."""
    live, now = queries.in_force(registration, access=access), clock.now()
    taken = rules.taken(allowed.facts(registration, access=access), whom.handle, whom.kind, now)
    said = []
    if taken.whole:
        said.append(_("This stays closed to them: %(kinds)s.") % {"kinds": "; ".join(kinds(taken.whole))})
    if taken.some:
        said.append(_("Of some time this stays closed to them: %(kinds)s.") % {"kinds": "; ".join(kinds(taken.some))})
    return said + [present.closed_to(one) for one in closed_by_name(whom, live, access=access)]


def closed_by_name(whom: Recipient, live: Sequence[Agreed], *, access: Access) -> list[present.ClosedTo]:
    """The teams of a recipient and those who work there, to whom something is closed by name, whatever is agreed with
    their service. Of a class: the services of it, too."""
    named = {one.recipient: one for one in live if one.refuses and one.purpose == CARE and one.recipient != whom.handle}
    if not named:
        return []
    there = {Handle.service(one.id): one.name for one in whom.places} | dict(recipients.teams(whom.places, access))
    for place in whom.places:
        staff = organisations.colleagues(place.id, access=access, act=None)
        there |= {Handle.practitioner(one.id): one.name for one in staff}
    found = [(there[handle], one) for handle, one in named.items() if handle in there]
    return [present.ClosedTo(who, present.kinds_closed(one)) for who, one in sorted(found, key=lambda one: one[0])]


def _breath(whom: Recipient, choices: Sequence[Choice], live: Sequence[Agreed]) -> Breath:
    """As they would be kept: what a class opens to a service to which nothing is left for it is closed by name."""
    return rules.in_one_breath(choices, whom.kind, [one.said for one in live])


def _facts(
    registration: str, breath: Breath, live: Sequence[Agreed], now: datetime, access: Access, also: Sequence[Choice]
) -> Facts:
    """As they would be."""
    made = [*breath.choices, *also, *breath.refusals]
    ended = {one.id for one in live if any(rules.replaces(said, one.said) for said in made)}
    return rules.were_it_said(allowed.facts(registration, access=access), ended, made, now)


def _takes_the_place(one: Agreed, breath: Breath) -> bool:
    return any(rules.replaces(said, one.said) for said in breath.choices)


def _reached(whom: Recipient, breath: Breath, live: Sequence[Agreed], purpose: str) -> Reached:
    held = [one.said for one in live if not _takes_the_place(one, breath)]
    return rules.reached(whom.handle, whom.kind, [*held, *breath.choices, *breath.refusals], purpose)


def _read(whom: Recipient, choices: Sequence[Choice], live: Sequence[Agreed], access: Access) -> Read:
    breath = _breath(whom, choices, live)
    care, counted = breath.choices
    counts = any(one.categories and one.purpose == EVALUATION and _takes_the_place(one, breath) for one in live)
    named = [*(each for one in breath.choices for each in one.exceptions), *breath.keeps_out]
    said = {one.recipient.partition(":")[2] for one in named}
    return Read(
        service=whom.name,
        care=care,
        counted=counted,
        closes=breath.closes.purpose if breath.closes else "",
        uncounted=(counts or bool(choices[1].categories)) and not counted.categories,
        part2=organisations.place(access.service, access=access).part2,
        names=naming.names(said, access=access),
        through={one.purpose: _through(whom, one, breath, live) for one in breath.choices},
        keeps_out=breath.keeps_out,
        besides=_stands(whom, breath, live, access),
    )


def _through(whom: Recipient, said: Choice, breath: Breath, live: Sequence[Agreed]) -> Through:
    """What a class opens to them for the purpose of a choice, besides what the choice opens."""
    others = [one.said for one in live if one.refuses or one.recipient != whom.handle]
    found = rules.reached(whom.handle, whom.kind, [*others, *breath.refusals], said.purpose)
    return Through(found.classes, found.opens & ~said.categories, found.opens & limited(said))


def _stands(whom: Recipient, breath: Breath, live: Sequence[Agreed], access: Access) -> Sequence[str]:
    """What stays open to some of them by name, and to them by a consent for itself: all that no choice made now closes,
    a sentence each."""
    if breath.closes_all:
        return ()
    apart = () if breath.choices[0].categories else finer.for_themselves(whom.handle, live)
    return [*finer.said(finer.beside(whom.places, live, access=access)), *apart]
