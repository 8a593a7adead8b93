"""Every entry said again in its second form: pseudonyms for ids, and a leaf hash for its digest.

An entry that did not verify in its first form does not verify in its second either: its wrong digest stays. The newest
seal of the first form is named by an entry of its own, so what was sealed before can still be told from it.
"""

import hashlib
import hmac
import json
from itertools import groupby

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError

from alongside.kernel import clock
from alongside.kernel.ids import new_id

CHUNK = 2_000
WORDS = ("actor", "role", "service", "purpose", "act", "subject", "detail")


def canonical(words):
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return text.encode()


def first_form(entry, mentions):
    words = {name: getattr(entry, name) for name in WORDS} | {"at": entry.at.isoformat()}
    return hashlib.sha256(canonical(words | {"mentions": mentions})).hexdigest()


def second_form(entry, mentions):
    words = {name: getattr(entry, name) for name in WORDS} | {"at": entry.at.isoformat(), "form": 2}
    return hashlib.sha256(b"\x00" + canonical(words | {"mentions": mentions})).hexdigest()


def named(model, registrations):
    """The pseudonym of each registration; those without one are given it."""
    known = dict(model.objects.filter(registration__in=registrations).values_list("registration", "pseudonym"))
    fresh = []
    for one in sorted(registrations - known.keys()):
        secret = new_id("key") + new_id("key")
        known[one] = hmac.digest(secret.encode(), one.encode(), "sha256").hex()[:32]
        fresh.append(model(registration=one, secret=secret, pseudonym=known[one]))
    model.objects.bulk_create(fresh)
    return known


def hidden(said, known):
    if isinstance(said, dict):
        return {name: hidden(value, known) for name, value in said.items()}
    if isinstance(said, list):
        return [hidden(one, known) for one in said]
    return known.get(said, said) if isinstance(said, str) else said


def restate(apps, schema_editor):
    entries, mentions, pseudonyms, seals = (
        apps.get_model("alongside_audit", name) for name in ("Entry", "Mention", "Pseudonym", "Seal")
    )
    last = 0
    while chunk := list(entries.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        _restate_chunk(chunk, entries, mentions, pseudonyms)
        last = chunk[-1].pk
    if last:
        _say_so(entries, seals)


def _restate_chunk(chunk, entries, mentions, pseudonyms):
    rows = list(mentions.objects.filter(entry__in=chunk).order_by("entry_id", "pk"))
    known = named(pseudonyms, {one.registration for one in rows})
    by_entry = {key: list(some) for key, some in groupby(rows, key=lambda one: one.entry_id)}
    for entry in chunk:
        about = by_entry.get(entry.pk, [])
        named_first = sorted((one.registration, one.kinds, one.rows) for one in about)
        verified = first_form(entry, named_first) == entry.digest
        here = {one.registration: known[one.registration] for one in about}
        entry.subject, entry.detail = hidden(entry.subject, here), hidden(entry.detail, here)
        entry.about = [[known[one.registration], one.kinds, one.rows, ""] for one in about]
        if verified:
            entry.digest = second_form(entry, entry.about)
    entries.objects.bulk_update(chunk, ["subject", "detail", "about", "digest"], batch_size=200)
    mentions.objects.filter(entry__in=chunk).delete()  # made again when the entries are given their positions


def _say_so(entries, seals):
    seal = seals.objects.order_by("last_entry").last()
    entry = entries(
        at=clock.now(),
        actor="migrate",
        role="system",
        service="",
        purpose="administration",
        act="audit.restated",
        subject="",
        detail={"entries": entries.objects.count(), "seal": seal.chain if seal else ""},
    )
    entry.digest = second_form(entry, [])
    entry.save(force_insert=True)


def refuse(apps, schema_editor):
    """The ids are gone from the entries: an earlier version comes back with its own backup."""
    if apps.get_model("alongside_audit", "Entry").objects.exists():
        raise IrreversibleError("This ledger cannot be said in its first form. Restore a backup.")


class Migration(migrations.Migration):
    dependencies = [("alongside_audit", "0003_pseudonyms_and_positions")]
    operations = [migrations.RunPython(restate, refuse)]
