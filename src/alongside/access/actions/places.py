"""What access knows of services, and compiling anew whoever is known there when that changes."""

from django.db import transaction
from django.db.models import Q

from alongside.access.actions.compiled import recompile
from alongside.access.actions.locking import lock
from alongside.access.context import Access
from alongside.access.models import Anchor, Bar, Grant, Need, Place
from alongside.access.rules import POLICY

AT_ONCE = 500


@transaction.atomic
def know_place(*, service: str, kind: str, pack: str, by: Access) -> None:
    """A service's kind, and the policy of its country (`definitions/access/packs.toml`), from now on."""
    before = Place.objects.filter(pk=service).first()
    Place.objects.update_or_create(pk=service, defaults={"kind": kind, "pack": pack})
    if before is None or (before.kind, before.pack) == (kind, pack):
        return
    known = Anchor.objects.filter(service=service).values_list("pk", flat=True)
    needed = Need.objects.filter(service=service).values_list("registration_id", flat=True)
    _again(sorted({*known, *needed}), by)


def compile_outdated(*, by: Access) -> int:
    """Compile anew what an older policy compiled, at most 500 registrations in a transaction; returns how many.

    Until it has run, what an older policy opened stays open: a policy that narrows ships as a role ceiling first.
    """
    done = 0
    while outdated := _outdated():
        with transaction.atomic():
            _again(outdated, by)
        done += len(outdated)
    return done


def _outdated() -> list[str]:
    old = ~Q(policy=POLICY)
    grants = Grant.objects.filter(old).values_list("registration_id", flat=True)
    bars = Bar.objects.filter(old).values_list("registration_id", flat=True)
    return sorted({*grants.distinct()[:AT_ONCE], *bars.distinct()[:AT_ONCE]})[:AT_ONCE]


def _again(registrations: list[str], by: Access) -> None:
    lock(registrations=registrations, by=by)
    for registration in registrations:
        recompile(registration=registration, by=by)
