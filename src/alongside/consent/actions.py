"""Giving and withdrawing consent. Only `sharing` calls these."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.consent import rules, terms
from alongside.consent.models import Consent, MoreAsked
from alongside.consent.queries import KEPT, KEPT_INSTANTS
from alongside.consent.rules import Choice, Ends, HowSaid, Status
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.kernel.language import later
from alongside.organisations import queries as places
from alongside.people import queries as people
from alongside.people.rules import age

SAVED = later("This was already saved. It was not saved again.")
CHOICES = policy.categories_mask("choices")


@transaction.atomic
def give(
    *,
    registration: str,
    choice: Choice,
    by: Access,
    because: str = "",
    submission: str = "",
    seen: Collection[str] | None = None,
    beside: bool = False,
) -> str:
    """Record what the person agreed to share from this registration, or closed; replaces what they agreed, or closed,
    for the same recipient and purpose before. Returns the consent's id. The reader must hold the registration, or carry
    the person's own act (`because`).

    Raises `Duplicate` for the same submission again, also where the person took it back since, and `Stale` unless
    `seen`, where it is given, are the ids of what this one takes the place of: what the page was drawn from. `beside`
    what stands, it takes the place of nothing.
    """
    now = clock.now()
    anchor = access.lock(registrations=[registration], by=by)[0]
    access.refuse_repeat(model=Consent, submission=submission, said=SAVED, by=by)
    pack = allowed.pack_of(anchor.service, access=by)
    rules.check(choice, now, pack, _intermediary(choice, anchor.service, by))
    by.check_may("consent")
    if Handle.kind(choice.recipient) == "self" and choice.recipient != Handle.self_(registration):
        raise Invalid("recipient", "Choose who may see, or may not see.")
    allowed.require_own(by, registration, "choices")
    rules.check_decides(choice, age(people.born(registration, access=by), clock.today()), clock.today(), pack)
    if seen is not None:
        _check_seen(registration, choice, seen)
    if not beside:
        _end_earlier(registration, choice, by)
    consent = Consent.objects.create(
        registration_id=registration,
        service=anchor.service,
        needs=CHOICES,
        author=by.actor,
        occurred_at=now,
        because=because,
        submission=submission or None,
        status=Status.ACTIVE,
        **terms.kept(choice),
    )
    lines = rules.lines(consent.pk, choice, now)
    access.replace_lines(registration=registration, because=consent.pk, lines=lines, by=by)
    _log(consent, "consent.give", by)
    return consent.pk


def _intermediary(choice: Choice, service: str, by: Access) -> str:
    """Whoever passes on what a service shares with a class of others; asked for of nothing else."""
    return places.place(service, access=by).intermediary if Handle.kind(choice.recipient) == "class" else ""


def _check_seen(registration: str, choice: Choice, seen: Collection[str]) -> None:
    live = Consent.objects.filter(registration=registration, status=Status.ACTIVE, expires_at__gt=clock.now())
    rows = live.filter(recipient=choice.recipient, effect=choice.effect)
    if {row.pk for row in rows if rules.beside(choice, terms.said(row))} != set(seen):
        raise Stale(
            "What stands with them is not what this page was drawn from, so nothing was saved. Look at what stands "
            "now, and change that."
        )


@transaction.atomic
def check_drawn(*, registration: str, seen: Collection[str], by: Access, submission: str = "") -> None:
    """For a page that shows everything that stands. Raises `Duplicate` for the same submission again, and `Stale`
    unless `seen` are the ids of every choice in force."""
    access.lock(registrations=[registration], by=by)
    access.refuse_repeat(model=Consent, submission=submission, said=SAVED, by=by)
    by.check_may("consent")
    allowed.require_own(by, registration, "choices")
    live = Consent.objects.filter(registration=registration, status=Status.ACTIVE, expires_at__gt=clock.now())
    if set(live.values_list("pk", flat=True)) != set(seen):
        raise Stale(
            "What stands is not what this page was drawn from, so nothing was saved. Look at what stands now, and "
            "change that."
        )


def _end_earlier(registration: str, choice: Choice, by: Access) -> None:
    """What was agreed and what was closed are lines of their own: a yes never lifts a no, nor a no some of a yes."""
    same = {"recipient": choice.recipient, "purpose": choice.purpose, "effect": choice.effect}
    for earlier in Consent.objects.filter(registration=registration, **same, status=Status.ACTIVE):
        if rules.replaces(choice, terms.said(earlier)):
            _end(earlier, Status.REPLACED, "a newer choice", by)


@transaction.atomic
def withdraw(*, consent: str, by: Access, reason: str = "", how: HowSaid | None = None) -> str:
    """End a consent now; returns its registration. Nothing it opened can be seen after this commits. `how` the person
    said so; raises `Invalid("witness", …)` where that was by voice and nobody is named who heard it."""
    if how:
        rules.check_how(how)
    row = Consent.objects.filter(pk=consent, status=Status.ACTIVE).first()
    if row is None:
        raise NotThere()
    access.lock(registrations=[row.registration_id], by=by)
    by.check_may("consent")
    allowed.require_own(by, row.registration_id, "choices")
    # Read before the lock, so somebody may have replaced it meanwhile: their newer choice must not be left standing.
    if not Consent.objects.filter(pk=consent, status=Status.ACTIVE).exists():
        raise Stale("The person changed this choice a moment ago. Look at what they agreed now.")
    _end(row, Status.WITHDRAWN, reason, by, how)
    _log(row, "consent.withdraw", by)
    return row.registration_id


@transaction.atomic
def end_carried(*, registrations: Collection[str], because: str, reason: str, by: Access) -> None:
    """End what an act of the person (`because`) carried with two registrations that it joined, or what the person put
    in its place since: the act is undone. Refusals stay. The reason is kept on the reader's own side alone.

    Called by `sharing.unlink`, which asked for the record of the reader's own side.
    """
    access.lock(registrations=registrations, by=by)
    of_these = Consent.objects.filter(registration__in=registrations).exclude(effect=Effect.DENY)
    carried = [(row.registration_id, terms.said(row)) for row in of_these.filter(because=because)]
    for row in of_these.filter(status=Status.ACTIVE):
        said = terms.said(row)
        if any(row.registration_id == one and rules.replaces(said, carry) for one, carry in carried):
            _end(row, Status.WITHDRAWN, reason if row.service == by.service else "", by)
            _log(row, "consent.withdraw", by)


@transaction.atomic
def end_with_treatment(*, registration: str, by: Access) -> int:
    """End what the person shared until treatment ends (42 CFR 2.31(a)(7)); how many choices that were. No refusal is
    among them. Called by `sharing.discharge`, in whose transaction the treatment ends."""
    access.lock(registrations=[registration], by=by)
    by.check_may("care")
    allowed.require_own(by, registration, "team")
    live = Consent.objects.filter(registration=registration, status=Status.ACTIVE, effect=Effect.PERMIT)
    ending = list(live.filter(ends=Ends.END_OF_TREATMENT).order_by("pk"))
    for row in ending:
        _end(row, Status.ENDED, "treatment ended", by)
        _log(row, "consent.end", by)
    return len(ending)


@transaction.atomic
def replay(*, registration: str, stands: Mapping[str, Any], by: Access) -> int:
    """End what is agreed in a restored database and is not among what `stands` names, and refuse again what it says was
    refused (`queries.standing`); returns how many changed. Nothing is opened by it."""
    anchor = access.lock(registrations=[registration], by=by)[0]
    live = Consent.objects.filter(registration=registration, status=Status.ACTIVE, expires_at__gt=clock.now())
    ended = list(live.exclude(effect=Effect.DENY).exclude(pk__in=stands["agreed"]).order_by("pk"))
    for row in ended:
        _end(row, Status.WITHDRAWN, "put right after a backup was restored", by)
        _log(row, "consent.withdraw", by)
    known = set(Consent.objects.filter(pk__in=stands["refused"]).values_list("pk", flat=True))
    refused = [_refused(one, kept) for one, kept in stands["refused"].items() if one not in known]
    for row in refused:
        row.registration_id, row.service = registration, anchor.service
        Consent.objects.insert([row])
        lines = rules.lines(row.pk, terms.said(row), clock.now())
        access.replace_lines(registration=registration, because=row.pk, lines=lines, by=by)
        _log(row, "consent.give", by)
    return len(ended) + len(refused)


def _refused(consent: str, kept: Mapping[str, Any]) -> Consent:
    """The refusal as it stood, but for its words."""
    instants = {name: datetime.fromisoformat(kept[name]) for name in KEPT_INSTANTS}
    values = {name: kept[name] for name in KEPT} | instants
    fixed = {"needs": CHOICES, "status": Status.ACTIVE, "effect": Effect.DENY}
    return Consent(pk=consent, **fixed, **values)


def _end(row: Consent, status: Status, reason: str, by: Access, how: HowSaid | None = None) -> None:
    Consent.objects.filter(pk=row.pk).update(
        status=status,
        ended_at=clock.now(),
        ended_because=reason[:200],
        ended_given=how.given if how else "",
        ended_witness=how.witness.strip() if how else "",
        ended_by=by.actor,
    )
    access.replace_lines(registration=row.registration_id, because=row.pk, lines=[], by=by)


def _log(row: Consent, act: str, by: Access) -> None:
    detail = {"recipient": row.recipient, "categories": row.categories, "purpose": row.purpose}
    access.log(by=by, act=act, subject=row.pk, about=[row.registration_id], detail=detail)


@transaction.atomic
def ask_more(*, registration: str, kinds: Mask, why: str, until: datetime, by: Access) -> str:
    """Ask the person to see more than is open, in the reader's own record of them; returns its id.

    Raises `Invalid` naming what is missing, or `registration` where somebody of the service asked lately: whatever
    became of that, so that the refusal says nothing of it either.
    """
    by.check_may("consent")
    anchor = allowed.require_own(by, registration, "choices")
    access.lock(registrations=[registration], by=by)
    now = clock.now()
    said = rules.check_asked(kinds, why, until, now)
    if MoreAsked.objects.filter(registration=registration, stands_until__gt=now).exists():
        raise Invalid("registration", "They were asked not long ago. Wait, or talk with them.")
    row = MoreAsked.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=CHOICES,
        author=by.actor,
        occurred_at=now,
        kinds=kinds,
        why=said,
        until_at=until,
        stands_until=min(now + rules.STANDS, until),
    )
    access.log(by=by, act="consent.ask_more", subject=row.pk, about=[registration], detail={"kinds": kinds})
    return row.pk


@transaction.atomic
def put_away(*, asked: str, by: Access) -> None:
    """The person has done with what they were asked, whatever they decided. `NotThere` for anybody else's, and where it
    stands no longer."""
    by.check_may("consent")
    row = MoreAsked.objects.filter(pk=asked, registration=by.own_registration, put_away_at=None).first()
    if row is None or not by.own_registration:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "choices")
    MoreAsked.objects.filter(pk=row.pk).update(put_away_at=clock.now())
    access.log(by=by, act="consent.put_away", subject=asked, about=[row.registration_id])


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    return access.erase_rows(
        rows=[model.objects.filter(registration=registration) for model in (MoreAsked, Consent)], by=by
    )
