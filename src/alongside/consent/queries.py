"""What a person agreed to, for the discloser's side and the history page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Effect, Handle, Mask
from alongside.consent import terms
from alongside.consent.models import Consent, MoreAsked
from alongside.consent.rules import Alone, Choice, Ends, Given, HowSaid, Status, decides_alone, replaces, still
from alongside.definitions import ages
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.people.rules import age

A_MOMENT = timedelta(minutes=10)  # in which a second click is told that the first one did it: ours
LATELY = 50  # changes of choice that one page lists


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent, live or past."""

    id: str
    registration: str
    recipient: str
    categories: Mask
    purpose: str
    given: str
    witness: str
    status: Status
    signed_at: datetime
    expires_at: datetime
    ended_at: datetime
    author: str
    effect: Effect
    hard: bool
    said: Choice  # the whole of it
    ended_how: HowSaid | None = None  # of what was taken back, where that was written down

    @property
    def refuses(self) -> bool:
        return self.effect is Effect.DENY

    @property
    def to_self(self) -> bool:
        """Whether it is the person's own sign-in that shows less."""
        return Handle.kind(self.recipient) == "self"

    @property
    def changed_at(self) -> datetime:
        """When it was taken back or ended with treatment, else when it was agreed."""
        return self.ended_at if self.over else self.signed_at

    @property
    def over(self) -> bool:
        return self.status in (Status.WITHDRAWN, Status.ENDED)


def current(registration: str, *, access: Access) -> list[Agreed]:
    """What the person agreed that this service may share now. Only the discloser's side sees it."""
    return [one for one in in_force(registration, access=access) if not one.refuses]


def ends_with_treatment(registration: str, *, access: Access) -> list[Agreed]:
    """What is shared now and ends with the person's treatment here. A no never does."""
    return [one for one in current(registration, access=access) if one.said.ends is Ends.END_OF_TREATMENT]


def in_force(registration: str, *, access: Access) -> list[Agreed]:
    """Every choice that holds now: what is shared, and to whom the record is closed."""
    rows = Consent.objects.filter(registration=registration, status=Status.ACTIVE, expires_at__gt=clock.now())
    return [_agreed(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


def shared_last(registration: str, choice: Choice, *, access: Access) -> Choice | None:
    """What was shared last with whom a choice is about, for its purpose, whether it holds or not; where nothing was
    ever, None."""
    like = {"recipient": choice.recipient, "purpose": choice.purpose, "effect": Effect.PERMIT}
    rows = Consent.objects.filter(registration=registration, **like).exclude(categories=0)
    past = (terms.said(row) for row in allowed.show(access, rows.order_by("-occurred_at", "-pk")))
    return next((one for one in past if replaces(choice, one)), None)


def history(registration: str, *, access: Access) -> list[Agreed]:
    """Everything the person ever agreed or withdrew here, the newest first."""
    rows = Consent.objects.filter(registration=registration)
    return [_agreed(row) for row in allowed.show(access, rows.order_by("-occurred_at", "-pk"))]


def alone(registration: str, *, access: Access) -> Alone:
    """Whether the person decides about sharing by themselves, by their age, the law of the service's country and what
    staff wrote down with the newest choice. `NotThere` where their choices are closed to the reader."""
    allowed.require_own(access, registration, "choices")
    today = clock.today()
    pack = allowed.pack_of(access.service, access=access)
    rule = ages.young(pack, age(people.born(registration, access=access), today), today)
    return decides_alone(rule, (one.said for one in history(registration, access=access)) if rule else ())


def lately(since: datetime, *, access: Access) -> list[Agreed]:
    """What was agreed or taken back in the reader's service since an instant, the newest first.

    A choice that a newer one replaced is left out: the newer one is there.
    """
    rows = Consent.objects.filter(service=access.service).exclude(status=Status.REPLACED)
    rows = rows.filter(Q(occurred_at__gte=since) | Q(ended_at__gte=since, ended_at__lte=clock.now()))
    shown = allowed.show(access, rows.order_by("-occurred_at", "-pk"), most=LATELY)
    return sorted(map(_agreed, shown), key=lambda one: one.changed_at, reverse=True)


def agreed_with(consent: str, *, access: Access) -> str:
    """The service that wrote down a choice which still holds; else empty. For the message that confirms it to them.
    Nothing is shown."""
    rows = Consent.objects.filter(pk=consent, status=Status.ACTIVE, expires_at__gt=clock.now())
    return rows.values_list("service", flat=True).first() or ""


def taken_back_from(consent: str, *, access: Access) -> str:
    """The service that wrote down that a choice was taken back; empty for any other. For the message that confirms it
    to them. Nothing is shown."""
    rows = Consent.objects.filter(pk=consent, status=Status.WITHDRAWN)
    return rows.values_list("service", flat=True).first() or ""


def taken_back_a_moment_ago(consent: str, registration: str, *, access: Access) -> bool:
    """Whether the reader took this choice back a moment ago: so that a second click is no "not there". To anybody else
    it is none."""
    mine = {"registration": registration, "status": Status.WITHDRAWN, "ended_by": access.actor}
    rows = Consent.objects.filter(pk=consent, ended_at__gt=clock.now() - A_MOMENT, **mine)
    return bool(allowed.show(access, rows))


# Of a refusal what has to stand again after an older copy of the database was restored. No words: who signed, who was
# there and what entitles them are not among it.
KEPT = (
    "recipient",
    "categories",
    "purpose",
    "hard",
    "exceptions",
    "given",
    "signer",
    "ends",
    "told_no_is_fine",
    "told_take_back",
    "told_passed_on",
    "told_refusing",
)
KEPT_INSTANTS = ("occurred_at", "expires_at", "data_from", "data_until")


def standing(registrations: Collection[str], *, access: Access) -> dict[str, dict[str, Any]]:
    """By registration: the ids of what is agreed now, and what is refused, each by its id with its terms."""
    found: dict[str, dict[str, Any]] = {one: {"agreed": [], "refused": {}} for one in registrations}
    rows = Consent.objects.filter(registration__in=registrations, status=Status.ACTIVE, expires_at__gt=clock.now())
    for row in rows.order_by("pk"):
        if row.effect == Effect.DENY:
            found[row.registration_id]["refused"][row.pk] = _terms(row)
        else:
            found[row.registration_id]["agreed"].append(row.pk)
    return found


def _terms(row: Consent) -> dict[str, Any]:
    instants = {name: getattr(row, name).isoformat() for name in KEPT_INSTANTS}
    return {name: getattr(row, name) for name in KEPT} | instants


def _agreed(row: Consent) -> Agreed:
    """Of what stands now, only what has not come to its end; of what is over, the whole as it was said."""
    said = terms.said(row)
    if row.status == Status.ACTIVE:
        said = still(said, clock.now())
    return Agreed(
        id=row.pk,
        registration=row.registration_id,
        recipient=row.recipient,
        categories=said.categories,
        purpose=row.purpose,
        given=row.given,
        witness=row.witness,
        status=Status(row.status),
        signed_at=row.occurred_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        author=row.author,
        effect=Effect(row.effect),
        hard=row.hard,
        said=said,
        ended_how=HowSaid(Given(row.ended_given), row.ended_witness) if row.ended_given else None,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a service asked the person to let it see, why, and until when at most. It says nothing of an answer."""

    id: str
    kinds: Mask
    why: str
    until: datetime
    at: datetime
    author: str
    service: str


def more_asked(registration: str, *, access: Access) -> list[Asked]:
    """Everything that the reader's own service asked of the person, the newest first. What became of it is not there:
    where the person said yes, what they opened is seen where it belongs."""
    rows = MoreAsked.objects.filter(registration=registration).order_by("-occurred_at", "-pk")
    return [_asked(row) for row in allowed.show(access, rows)]


def asked_of_me(*, access: Access) -> list[Asked]:
    """What the person in their own sign-in is asked and has not put away; nothing for anybody else."""
    rows = MoreAsked.objects.filter(registration=access.own_registration, put_away_at=None)
    rows = rows.filter(stands_until__gt=clock.now()).order_by("-occurred_at", "-pk")
    return [_asked(row) for row in allowed.show(access, rows)] if access.own_registration else []


def asked_by(asked: str, *, access: Access) -> str:
    """The service that asked, for the letter that says so; empty where it stands no longer. It leaves whatever the
    person decided meanwhile: whether a letter left is in the account that the service reads."""
    rows = MoreAsked.objects.filter(pk=asked, stands_until__gt=clock.now())
    return rows.values_list("service", flat=True).first() or ""


def _asked(row: MoreAsked) -> Asked:
    return Asked(row.pk, row.kinds, row.why, row.until_at, row.occurred_at, row.author, row.service)
