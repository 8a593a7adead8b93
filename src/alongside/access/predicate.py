"""The one predicate that decides every read, as SQL for both databases.

`decide` in `rules.py` is its specification and a test holds them equal. It is written out rather than built from
querysets so that a person can read it, and so that exports and row-level security can use the same words.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F
from django.db.models.expressions import Expression

from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock

# The fields of a record, in the order in which the predicate takes their columns.
COLUMNS = ("id", "registration", "service", "needs", "occurred_at", "author")
ALIASES = frozenset("bgs")  # what bars, grants and sources are called below: no table outside may be called that
_ANCHORS = "alongside_access_anchor"
_PERIODS = "{t}.from_at <= %(now)s AND %(now)s < {t}.until_at AND {t}.data_from <= {at} AND {at} < {t}.data_until"

# A registration has a few grants, and a lead or a cover speaks for dozens of handles. A database that may look a handle
# up looks up every one of them for every row; nothing is looked up by an expression, so it goes by the registration.
_BARRED = (
    "EXISTS (SELECT 1 FROM access_bar b WHERE b.registration_id = {registration}"
    " AND (b.handle || '') IN ({hats}) AND (b.closes & {needs}) <> 0 AND (b.purposes & %(purpose)s) <> 0"
    " AND " + _PERIODS.replace("{t}", "b") + "{unless})"
)

_OPENS = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.registration_id = {registration}"
    " AND (g.handle || '') IN (%(speaks_for)s) AND (g.opens & {needs}) = {needs}"
    " AND (g.purposes & %(purpose)s) <> 0 AND (g.roles & %(role)s) <> 0"
    " AND " + _PERIODS.replace("{t}", "g") + " AND NOT {barred})"
)

# A bar holds unless the grant pierces it: a break-glass pierces all but the hard ones, a consent its own denial.
_UNLESS_PIERCED = " AND (b.hard OR (g.pierces <> '*' AND g.pierces <> b.because))"


EVERY_HAT, BY_NAME = "%(hats)s", "%(human)s"


def _barred(registration: str, needs: str, at: str, *, hats: str = EVERY_HAT, unless: str = "") -> str:
    return _BARRED.format(registration=registration, needs=needs, at=at, hats=hats, unless=unless)


def _opens(registration: str, needs: str, at: str, *, closed_by: str = "") -> str:
    barred = _barred(registration, closed_by or needs, at, unless=_UNLESS_PIERCED)
    return _OPENS.format(registration=registration, needs=needs, at=at, barred=barred)


# A copy follows its source: a named denial travels with it, and whoever is not its holder needs the source open, or
# that it was given to its holder to pass on and nobody was told no.
_OF = ("s.registration_id", "s.needs", "s.occurred_at")
_SOURCE_CLOSED = (
    "EXISTS (SELECT 1 FROM access_source s WHERE s.record = {id} AND ("
    + _barred(*_OF, hats=BY_NAME)
    + " OR ({service} <> %(service)s AND NOT "
    + _opens(*_OF)
    + " AND (NOT s.onward OR "
    + _barred(*_OF)
    + "))))"
)

# Notes kept apart are to the one who wrote them, in the service where they were written, notes like any other; whatever
# closes those closes these.
_ITS_AUTHOR = "({needs} & {apart}) <> 0 AND {author} = %(actor)s AND {author} <> '' AND {service} = %(service)s"
_AS_NOTES = "CASE WHEN " + _ITS_AUTHOR + " THEN ({needs} & ~{apart}) | {notes} ELSE {needs} END"
_AND_NOTES = "CASE WHEN " + _ITS_AUTHOR + " THEN {needs} | {notes} ELSE {needs} END"


@lru_cache(maxsize=512)
def sql(record_id: str, registration: str, service: str, needs: str, at: str, author: str = "''") -> str:
    """The predicate over these column names, with named placeholders for what the reader brings."""
    ceiling = f"((CASE WHEN {service} = %(service)s THEN %(own)s ELSE %(other)s END) & {needs}) = {needs}"
    source_closed = _SOURCE_CLOSED.replace("{id}", record_id).replace("{service}", service)
    masks = {"apart": policy.kept_apart(), "notes": policy.categories_mask("session_notes")}
    asked, closed_by = (
        f"({words.format(needs=needs, author=author, service=service, **masks)})" for words in (_AS_NOTES, _AND_NOTES)
    )
    opened = _opens(registration, asked, at, closed_by=closed_by)
    # In a CASE, because PostgreSQL would make joins of the parts and guess that next to nothing is open: it would read
    # a whole service and sort it where the first rows of an index fill the page.
    return f"(CASE WHEN {ceiling} AND {opened} AND NOT {source_closed} THEN TRUE ELSE FALSE END)"


class Visible(Expression):
    """The predicate as a Django condition on a `Record` queryset, for one reader at one instant."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, access: Access):
        super().__init__()
        self.access = access
        self.now = clock.now()
        self.columns = [F(name) for name in self.names()]

    def names(self) -> list[str]:
        return list(COLUMNS)

    def get_source_expressions(self):
        return self.columns

    def set_source_expressions(self, expressions):
        self.columns = expressions

    def as_sql(self, compiler, connection):
        return for_each(sql(*self.compiled(compiler)), self.access, self.now)

    def compiled(self, compiler) -> list[str]:
        return [compiler.compile(column)[0] for column in self.columns]


def for_each(condition: str, access: Access, now: datetime | None = None) -> tuple[str, list[Any]]:
    """The predicate over some columns for everybody who looks, with what each of them brings: all have to be let in."""
    parts = [positional(condition, brought(one, now)) for one in access.each]
    text = " AND ".join(words for words, _ in parts)
    return (f"({text})" if len(parts) > 1 else text), [value for _, values in parts for value in values]


def brought(access: Access, now: datetime | None = None) -> dict[str, list[Any]]:
    """What one reader brings to the predicate, now or at the instant that was given; of several the first."""
    return {
        "service": [access.service],
        "own": [access.own],
        "other": [access.other],
        "purpose": [access.purpose_mask],
        "role": [access.role_mask],
        "now": [connection.ops.adapt_datetimefield_value(now or clock.now())],
        "speaks_for": list(access.speaks_for) or [""],
        "hats": list(access.every_hat) or [""],
        "human": [access.human],
        "actor": [access.actor],
    }


def positional(text: str, values: dict[str, list]) -> tuple[str, list]:
    """Named placeholders as Django's positional ones, lists spread out."""
    first, named = _pieces(text)
    parts, parameters = [first], []
    for name, rest in named:
        found = values[name]
        parts.append(", ".join(["%s"] * len(found)))
        parts.append(rest)
        parameters += found
    return "".join(parts), parameters


@lru_cache(maxsize=512)  # the words are the same at every read; what the reader brings is not among them
def _pieces(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What stands before the first placeholder, then each placeholder's name with what stands behind it."""
    first, *rest = text.split("%(")
    return first, tuple((name, behind) for name, _, behind in (piece.partition(")s") for piece in rest))


def opens(access: Access, needs: int, registration: str, service: str) -> tuple[str, list[Any]]:
    """The predicate on columns that name a registration and its service: would a record that needs these kinds, made
    now, be open to this reader? Written out, because most acts begin with it.
    """
    condition = sql(registration, registration, service, str(int(needs)), "%(now)s")
    return for_each(condition, access)


def open_anchor(access: Access, registration: str, needs: int) -> tuple[str, list[Any]]:
    """The statement that finds the anchor of a registration if it is open to this reader."""
    condition, values = opens(access, needs, "a.id", "a.service")
    return f"SELECT a.id, a.service, a.epoch FROM {_ANCHORS} a WHERE a.id = %s AND {condition}", [registration, *values]
