"""An entry as one line of canonical JSON: what its leaf hash is of, and what an export holds."""

from collections.abc import Iterable
from typing import NamedTuple

from alongside.audit import rules
from alongside.audit.models import Entry, Mention


class Said(NamedTuple):
    """What an entry says of one registration."""

    pseudonym: str
    kinds: int
    rows: int
    records: str


def line(entry: Entry, mentions: Iterable[Mention | Said]) -> str:
    """The words of an entry; `mentions` in the order in which they were written."""
    return rules.canonical(
        {
            "form": rules.FORM,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "role": entry.role,
            "service": entry.service,
            "purpose": entry.purpose,
            "act": entry.act,
            "subject": entry.subject,
            "detail": entry.detail,
            "mentions": [[one.pseudonym, one.kinds, one.rows, one.records] for one in mentions],
        }
    )


def stored(entry: Entry) -> str:
    """The line of an entry that was read with its mentions."""
    return line(entry, sorted(entry.mentions.all(), key=lambda one: one.pk))
