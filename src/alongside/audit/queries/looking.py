"""Who looked, and who did what: the ledger read by registration."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import F, Max, QuerySet

from alongside.audit.models import Entry, Mention, Pseudonym
from alongside.audit.queries.omitting import NOTHING, Without

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Looked:
    """One line of "who looked": when, who, in which role, why, and which kinds of information."""

    at: object
    actor: str
    role: str
    service: str
    purpose: str
    act: str
    kinds: int


def about(registration: str, *, limit: int = 50) -> list[Looked]:
    """The newest entries that name this registration."""
    waiting = [(entry, kinds) for entry, named, kinds in _waiting() if named == registration]
    rows = _of(registration).select_related("entry").order_by("-entry_id")[:limit]
    found = [*waiting, *((one.entry, one.kinds) for one in rows)]
    found.sort(key=lambda one: -one[0].pk)
    return [
        Looked(entry.at, entry.actor, entry.role, entry.service, entry.purpose, entry.act, kinds)
        for entry, kinds in found[:limit]
    ]


def entries_of(
    registration: str,
    *,
    since: datetime,
    until: datetime,
    acts: Collection[str],
    most: int,
    without: Without = NOTHING,
) -> list[tuple[Entry, int]]:
    """The newest entries of these acts in a period that name a registration, each with its kinds; in no order."""
    within = {"entry__at__gte": since, "entry__at__lt": until, "entry__act__in": list(acts)}
    rows = _of(registration).filter(without.where(), **within).select_related("entry")
    waiting = [
        (entry, kinds)
        for entry, named, kinds in _waiting()
        if named == registration and since <= entry.at < until and entry.act in acts and not without.omits(entry)
    ]
    newest = rows.order_by("-entry__at", "-entry_id")[:most]
    return [*waiting, *((one.entry, one.kinds) for one in newest)]


def shown_to(
    registration: str, *, actor: str, service: str, since: datetime, until: datetime
) -> list[tuple[datetime, int]]:
    """When one practitioner of a service was shown something of one registration in a period (`until` not included),
    and which kinds, the latest first. However much else was shown meanwhile."""
    rows = _of(registration).filter(entry__act="shown", entry__actor=actor, entry__service=service)
    rows = rows.filter(entry__at__gte=since, entry__at__lt=until).order_by("-entry__at", "-entry_id")
    waiting = [
        (entry.at, kinds)
        for entry, named, kinds in _waiting()
        if named == registration and (entry.act, entry.actor, entry.service) == ("shown", actor, service)
    ]
    found = [one for one in waiting if since <= one[0] < until]
    return sorted([*found, *rows.values_list("entry__at", "kinds")], key=lambda one: one[0], reverse=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was shown some kinds of information about a registration, and when last."""

    actor: str
    role: str
    service: str
    last: datetime


def seen_since(registration: str, *, since: datetime, kinds: int) -> list[Seen]:
    """Who was shown any of these kinds about a registration since an instant, the latest first.

    An entry notes kinds and not single rows, so this may name somebody whose page stopped short of one row.
    """
    mentions = _of(registration).filter(entry__at__gte=since)
    mentions = mentions.annotate(open=F("kinds").bitand(kinds)).exclude(open=0)
    people = mentions.values_list("entry__actor", "entry__role", "entry__service").annotate(last=Max("entry__at"))
    found = {(actor, role, service): last for actor, role, service, last in people}
    for entry, named, shown in _waiting():
        if named == registration and shown & kinds and entry.at >= since:
            who = (entry.actor, entry.role, entry.service)
            found[who] = max(entry.at, found.get(who, entry.at))
    return sorted((Seen(*who, last) for who, last in found.items()), key=lambda one: (-one.last.timestamp(), one.actor))


@dataclass(frozen=True, slots=True)
class Act:
    """One registration as one entry names it: who did or saw what, in which role, of which service, and when."""

    registration: str
    at: datetime
    actor: str
    role: str
    service: str
    act: str
    kinds: int


def newest(*, acts: Collection[str], since: datetime, service: str = "") -> list[Act]:
    """The newest entries of these acts since an instant, by practitioners of one service or (empty) of any.

    At most 2,000 are given, so that it costs the same in a large ledger.
    """
    return newest_each([(acts, service)], since=since)


def is_cut(acts: Sequence[Act]) -> bool:
    """Whether there may have been more than `newest` gives."""
    return len(acts) >= MOST


def newest_each(asked: Sequence[tuple[Collection[str], str]], *, since: datetime) -> list[Act]:
    """As `newest` for several at once, each (acts, service), in one statement: those of the first come first."""
    parts, values = [], []
    for acts, service in asked:
        within = f"e.act IN ({', '.join(['%s'] * len(acts)) or 'NULL'}) AND e.at >= %s AND %s IN ('', e.service)"
        said = [*acts, connection.ops.adapt_datetimefield_value(since), service, MOST]
        parts.append(f"SELECT * FROM ({_words(_NEWEST, within=within)}) part_{len(parts)}")  # noqa: S608 - our words
        values += [*said, *said, MOST]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [Act(registration, _instant(at), *row) for registration, at, *row, _entry in cursor.fetchall()]


def _instant(value: datetime | str) -> datetime:
    """What the database gave: SQLite keeps the wall clock of UTC, as text where no column stands behind it."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _of(registration: str) -> QuerySet[Mention]:
    """Where an entry with a position names a registration."""
    known = Pseudonym.objects.filter(registration=registration)
    return Mention.objects.filter(pseudonym__in=known.values("pseudonym"))


# An entry's `about` taken apart: each database has its own words for that.
_EACH = {
    "sqlite": "JOIN json_each(e.about) one JOIN {names} n ON n.pseudonym = json_extract(one.value, '$[0]')",
    "postgresql": "CROSS JOIN jsonb_array_elements(e.about) one(value) JOIN {names} n ON n.pseudonym = one.value->>0",
}
_KINDS = {"sqlite": "json_extract(one.value, '$[1]')", "postgresql": "(one.value->>1)::bigint"}
_WAITING = """
SELECT e.*, n.registration AS named, {kinds} AS shown
FROM (SELECT * FROM {entries} WHERE position IS NULL ORDER BY id DESC LIMIT %s) e {each} ORDER BY e.id DESC
"""
_NEWEST = """
SELECT * FROM (
    SELECT n.registration, e.at, e.actor, e.role, e.service, e.act, m.kinds, e.id
    FROM {entries} e JOIN {mentions} m ON m.entry_id = e.id JOIN {names} n ON n.pseudonym = m.pseudonym
    WHERE {within} ORDER BY e.at DESC, e.id DESC LIMIT %s
) found UNION ALL SELECT * FROM (
    SELECT n.registration, e.at, e.actor, e.role, e.service, e.act, {kinds}, e.id
    FROM {entries} e {each} WHERE e.position IS NULL AND {within} ORDER BY e.at DESC, e.id DESC LIMIT %s
) waiting ORDER BY 2 DESC, 8 DESC, 1 LIMIT %s
"""  # each limit keeps one of the two from being read as a whole


def _words(statement: str, **more: str) -> str:
    """A statement in the words of this database."""
    named = {"entries": Entry, "mentions": Mention, "names": Pseudonym}
    tables = {name: model._meta.db_table for name, model in named.items()}
    each = _EACH[connection.vendor].format(**tables)
    return statement.format(each=each, kinds=_KINDS[connection.vendor], **tables, **more)


def _waiting() -> Iterator[tuple[Entry, str, int]]:
    """Entries without a position yet, which are not found by whom they name: each with a registration and its kinds.

    A second's entries where `alongside ledger run` runs, five minutes' where only `alongside tick` does; 2,000 at most.
    """
    for entry in Entry.objects.raw(_words(_WAITING), [MOST]):
        yield entry, entry.named, entry.shown
