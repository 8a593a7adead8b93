"""Keeping beside each checkpoint what had been taken back by then, and refusing a database that is older than that."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from alongside.cli.database import NotReady
from alongside.cli.kept.journal import Journal, Kept
from alongside.kernel.language import gettext as _


@dataclass(frozen=True, slots=True)
class Older:
    """A database that does not hold the newest checkpoint that was kept of its ledger. It shares the first `shared`
    entries with it, the last of which was written `last`."""

    size: int
    signed: datetime
    shared: int
    last: datetime | None


def journal() -> Journal | None:
    """What is kept outside the database; None where nothing is."""
    from django.conf import settings

    return Journal(Path(settings.KEPT), settings.LEDGER_KEYS) if settings.KEPT else None


def older() -> Older | None:
    """How much older the database is than its own ledger; None where it holds the newest checkpoint that was kept."""
    kept_in = journal()
    kept = kept_in.kept() if kept_in else None
    if kept_in is None or kept is None or _is_here(kept):
        return None
    from alongside.audit import queries as audit

    found = audit.shared(kept_in.leaves())
    return Older(kept.size, kept.note.head.at, found.size, found.last)


def _is_here(kept: Kept) -> bool:
    from alongside.audit import queries as audit

    ours = audit.checkpoint(kept.size)
    return ours is not None and ours.head == kept.note.head


def words(found: Older) -> str:
    said = _(
        "This database is older than its own ledger, or another one. The checkpoint of {size} entries that was kept, "
        "of {signed}, is not in it; it shares the first {shared} entries with what was kept{last}. What people took "
        "back since then would be open again. Run “alongside restore”: docs/how-to/run-in-production.md, section 8."
    )
    last = _(", the last of them of {at}").format(at=_instant(found.last)) if found.last else ""
    return said.format(size=found.size, signed=_instant(found.signed), shared=found.shared, last=last)


def _instant(at: datetime) -> str:
    return f"{at:%d %B %Y %H:%M:%S} UTC"


def refuse_older() -> None:
    """Over a database that was restored from an older copy nobody may look. Raises `NotReady`."""
    from django.db import connection

    try:
        found = older()
    finally:
        connection.close()
    if found:
        raise NotReady(words(found))


def sign_and_keep() -> int | None:
    """Sign a checkpoint over every entry that has its position, once what those entries changed is kept; its size, or
    None where nothing is new. Raises `NotReady` over an older database: its checkpoint would hide that.

    What was kept is on the disk before the checkpoint is in the database, and the checkpoint is there before it is
    kept: whichever of the three a crash leaves undone, the next time does it.
    """
    from alongside.audit import actions

    kept_in = journal()
    if kept_in is None:
        return actions.sign()
    began = kept_in.kept()
    places: list[int] = []
    size = actions.sign(first=lambda begins, ends: places.extend(keep(kept_in, begins, ends)))
    if size is not None:
        _keep_checkpoint(kept_in, size, began.begins if began else places[0])
    return size


def keep(kept_in: Journal, begins: int, ends: int) -> tuple[int]:
    """Keep how consents stand for whoever is named by an act at these positions, or since the checkpoint that was kept
    last; returns where it began."""
    from alongside.access.context import Access
    from alongside.audit import queries as audit
    from alongside.sharing import queries as sharing

    if found := older():
        raise NotReady(words(found))
    kept = kept_in.kept()
    first = min(begins, kept.size) if kept else begins
    for registrations in audit.touched(first, ends):
        kept_in.write(ends, sharing.standing(registrations, access=Access.system("journal")))
    return (first,)


def _keep_checkpoint(kept_in: Journal, size: int, begins: int) -> None:
    from alongside.audit import queries as audit

    note = audit.checkpoint(size)
    if note is not None:
        kept_in.keep(note, begins, chain(audit.leaf_hashes(kept_in.leaves_kept(), size)))
