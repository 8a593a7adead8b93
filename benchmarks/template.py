"""One life, walked through the actions and caught row by row: what is the same for everybody who lives it.

The walk happens in the real database, inside a transaction that is undone. What it wrote is read back through the
models, every id, name and number in it is recognised, and the rest is a constant.
"""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, JSONField, Model

from alongside.access import sealing
from alongside.access.sealed import Sealed as SealedColumn
from alongside.access.sealed import SealedTextField
from alongside.audit import leaves
from alongside.audit.models import Entry
from alongside.audit.models import Pseudonym as Known
from alongside.kernel.ids import ALPHABET, LENGTH, new_id, seeded_ids
from alongside.people.rules import Identity
from benchmarks import writing
from benchmarks.grants import Grants
from benchmarks.lives import Walk
from benchmarks.staff import World
from benchmarks.values import Cell, Digest, Id, Pseudonym, Sealed, Serial, Slot, Text, Values, constant, joined

_ID = re.compile(rf"[a-z]{{3}}_[{ALPHABET}]{{{LENGTH}}}")
_ENOUGH = 2000  # ids that one life may draw
Row = tuple[Any, ...]


class Undone(Exception):
    """Ends the walk's transaction."""


def fields(model: type[Model]) -> Sequence[Field]:
    return model._meta.concrete_fields


def rows_of(model: type[Model]) -> dict[Any, Row]:
    """Every row of a table by its key, as Python values."""
    names = [field.attname for field in fields(model)]
    place = names.index(model._meta.pk.attname)
    return {row[place]: row for row in model._base_manager.order_by("pk").values_list(*names)}


def sealed(field: Field) -> bool:
    """Whether a column holds tokens."""
    return isinstance(field, SealedColumn)


def bound(field: Field, named: dict[str, Any]) -> tuple[str, str]:
    """The id that is sealed in with a row's text, and the table and column where those are, too."""
    if isinstance(field, SealedTextField):
        name = field.model._meta.pk.attname if field.bound_to == "pk" else field.bound_to
        return named[name], f"{field.model._meta.label_lower}.{field.attname}"
    return named[field.model._meta.pk.attname], ""


def opened(field: Field, token: str, named: dict[str, Any]) -> str:
    """The text of a token in a row of this table; of a list, as it is written."""
    key, column = bound(field, named)
    return sealing.unseal(token, f"{column} {key}".lstrip())


class Template:
    """The rows of one life. `slots` are the values, in this walk, of what differs from person to person."""

    def __init__(self, world: World, person: int, identity: Identity, slots: Sequence[Any], seed: int) -> None:
        self.models = writing.tables()
        self.before = writing.last_numbers(self.models)
        caught = self._catch(world, person, identity, seed)
        self.numbers = [after - before for after, before in zip(self.after, self.before, strict=True)]
        self._learn(caught, slots, seed)
        lines = [(table, self._cells(table, row)) for table, rows in enumerate(caught) for row in rows]
        self._drop_unused()
        self.grants = Grants(self.models, caught, self._cells, self.drawn)
        plain = [(table, cells) for table, cells in lines if self.models[table] not in self.grants.tables]
        cells = [cell for _, row in [*plain, *self.grants.lines] for cell in row]
        self.values = Values(cells, len(self.prefixes), len(slots))
        self.rows = [(table, self.values.row(cells)) for table, cells in plain]
        self.grants.arrange(self.values)

    def rises(self) -> bool:
        """Whether the ids of its registrations rose in this walk."""
        spelt = {place: one for one, place in self.drawn.items()}
        ids = [spelt[place] for place in self.registrations]
        return ids == sorted(ids)

    def add(self, buffers: list[writing.Rows], ids: Sequence[str], slots: Sequence[Any], last: Sequence[int]) -> None:
        """This life's rows with these ids and slots, each into its table's buffer."""
        values = self.values.fill(ids, slots, last)
        for table, row in self.rows:
            buffers[table].append(row(values))
        buffers[self.grants.table].extend(self.grants.rows(values, last))

    def _catch(self, world: World, person: int, identity: Identity, seed: int) -> list[list[Row]]:
        known = [rows_of(model) for model in self.models]
        try:
            with transaction.atomic():
                with seeded_ids(seed):
                    Walk(person, world, identity).go()
                found = [
                    [row for key, row in rows_of(model).items() if key not in before]
                    for model, before in zip(self.models, known, strict=True)
                ]
                self.after = writing.last_numbers(self.models)
                raise Undone
        except Undone:
            writing.set_last_numbers(self.models, self.before)  # PostgreSQL's are not part of a transaction
        return found

    def _learn(self, caught: list[list[Row]], slots: Sequence[Any], seed: int) -> None:
        """What to recognise in the rows: the ids that were drawn, in their order, and the slots."""
        with seeded_ids(seed):
            drawn = {new_id("xxx")[4:]: place for place in range(_ENOUGH)}
        written = {one for rows in caught for row in rows for value in row for one in _ID.findall(str(value))}
        self.drawn = {one: drawn[one[4:]] for one in written if one[4:] in drawn}
        self.slots = {value: Slot(place) for place, value in enumerate(slots)}
        self.pseudonyms = self._pseudonyms(caught)
        spelt = [*self.pseudonyms, *(value for value in slots if isinstance(value, str))]
        words = sorted(spelt, key=len, reverse=True)
        self.pattern = re.compile("|".join([_ID.pattern, *map(re.escape, words)]))
        self.serials = {model: place for place, model in enumerate(self.models) if writing.counted(model)}
        self.digests = self._digests(caught)

    def _drop_unused(self) -> None:
        """The prefix of every id that is drawn; one that was drawn and written nowhere is drawn all the same."""
        self.prefixes = ["xxx_"] * (max(self.drawn.values()) + 1)
        for one, place in self.drawn.items():
            self.prefixes[place] = one[:4]
        self.registrations = [place for place, prefix in enumerate(self.prefixes) if prefix == "reg_"]

    def _cells(self, table: int, row: Row) -> list[Cell]:
        model = self.models[table]
        named = dict(zip((field.attname for field in fields(model)), row, strict=True))
        return [
            self._sealed(field, value, named) if sealed(field) and value else self._cell(model, field, value)
            for field, value in zip(fields(model), row, strict=True)
        ]

    def _sealed(self, field: Field, token: str, named: dict[str, Any]) -> Cell:
        key, column = bound(field, named)
        return Sealed(opened(field, token, named), Id(self.drawn[key]), column)

    def _cell(self, model: type[Model], field: Field, value: Any) -> Cell:
        counts = field.remote_field.model if field.is_relation else model if field.primary_key else None
        if counts in self.serials and value is not None:
            table = self.serials[counts]
            return Serial(table, value - self.before[table])
        if model is Entry and field.attname == "digest":
            return self.digests[value]
        if type(value) is date and value in self.slots:
            return self.slots[value]
        return self._words(_stored(field, value))

    def _words(self, value: Any) -> Cell:
        """Text with its ids and slots told apart from what everybody's says."""
        if not isinstance(value, str):
            return constant(value)
        parts: list[Cell] = []
        end = 0
        for match in self.pattern.finditer(value):
            known = self._known(match.group())
            if known is not None:
                parts += [constant(value[end : match.start()]), known]
                end = match.end()
        parts.append(constant(value[end:]))
        return joined([part for part in parts if part != constant("")] or [constant("")])

    def _known(self, word: str) -> Id | Slot | Pseudonym | None:
        return Id(self.drawn[word]) if word in self.drawn else self.pseudonyms.get(word) or self.slots.get(word)

    def _pseudonyms(self, caught: list[list[Row]]) -> dict[str, Pseudonym]:
        """How the ledger calls the registrations of this walk, as what that is made of."""
        rows = (Known(*row) for row in caught[self.models.index(Known)])
        secrets = {row.pseudonym: (row, _ID.findall(row.secret)) for row in rows}
        return {
            name: Pseudonym(tuple(self.drawn[one] for one in ids), self.drawn[row.registration])
            for name, (row, ids) in secrets.items()
        }

    def _digests(self, caught: list[list[Row]]) -> dict[str, Cell]:
        """Each leaf hash of this walk, as the words it is made of."""
        found: dict[str, Cell] = {}
        for entry in (Entry(*row) for row in caught[self.models.index(Entry)]):
            words = self._words(leaves.line(entry))
            found[entry.digest] = Digest(words if isinstance(words, Text) else Text((words,)))
        return found


def _stored(field: Field, value: Any) -> Any:
    """A value in the form in which the database takes it."""
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.dumps(value, cls=field.encoder)
    if isinstance(value, datetime) and connection.vendor == "postgresql":
        return value
    return field.get_db_prep_save(value, connection)
