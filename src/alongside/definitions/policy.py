"""The policy content of access: kinds of information, purposes, roles and their ceilings, as bits and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from alongside.definitions.loader import content_of, text_of
from alongside.kernel.errors import Invalid

Mask = int
DEFAULT_PACK = "uk"
PROCEEDINGS = "proceedings"


@dataclass(frozen=True, slots=True)
class Named:
    """One bit of a policy mask, with the words a person reads."""

    key: str
    bit: int
    words: str

    @property
    def mask(self) -> Mask:
        return 1 << self.bit


@dataclass(frozen=True, slots=True)
class Category(Named):
    """A kind of information. `offered` where people are asked about it; `apart` where only a consent for that alone
    opens it; `own` where it is in the person's own view."""

    offered: bool = True
    apart: bool = False
    own: bool = True


@dataclass(frozen=True, slots=True)
class Class:
    """A class of recipients: services of these kinds."""

    key: str
    words: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pack:
    """What a country lets a service do with its own record without asking; masks of purposes and of roles."""

    key: str
    words: str
    own_purposes: Mask
    emergency_roles: Mask
    emergency_purposes: Mask
    restricted_roles: Mask
    notice: str  # that goes with whatever another service is shown; empty where the law asks for none
    documents: bool  # whether the law says what is written down of a look in an emergency (42 CFR 2.51(c))


@dataclass(frozen=True, slots=True)
class Bundle:
    """Kinds of information that are usually agreed together."""

    key: str
    words: str
    categories: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)  # what is of each kind, where each may be left out by a tick

    @property
    def mask(self) -> Mask:
        return categories_mask(*self.categories)


@dataclass(frozen=True, slots=True)
class Role:
    """A role and the most it may see and do. `own` and `other` are category masks, `purposes` a purpose mask."""

    key: str
    bit: int
    words: str
    speaks_for: str
    purposes: Mask
    own: Mask
    other: Mask
    does: frozenset[str]
    doors: frozenset[str]
    staff: bool  # somebody's job: the person, and whoever looks for them, hold no job here

    @property
    def mask(self) -> Mask:
        return 1 << self.bit


FILES = ("categories", "purposes", "roles", "classes", "packs")


@cache
def edition() -> str:
    """What the ledger calls the policy in force: twelve digits that change with any word of its files."""
    words = "\n".join(text_of(_file(name)) for name in FILES)
    return sha256(words.encode()).hexdigest()[:12]


@cache
def _load(name: str) -> dict[str, Any]:
    file = _file(name)
    return content_of(text_of(file), file.name)


def version(name: str) -> str:
    """The version of one file of the policy, such as `roles`."""
    return str(_load(name)["version"])


def _file(name: str) -> Traversable:
    return resources.files("alongside.definitions") / "access" / f"{name}.toml"


def _named(rows: list[dict[str, Any]]) -> dict[str, Named]:
    return {row["key"]: Named(row["key"], row["bit"], row["words"]) for row in rows}


@cache
def categories() -> dict[str, Category]:
    """Kinds of information by key."""
    return {row["key"]: _category(row) for row in _load("categories")["category"]}


def _category(row: dict[str, Any]) -> Category:
    marked = (row.get("offered", True), row.get("apart", False), row.get("self", True))
    return Category(row["key"], row["bit"], row["words"], *marked)


@cache
def offered() -> Mask:
    """The kinds that people are asked about."""
    return sum(one.mask for one in categories().values() if one.offered)


@cache
def kept_apart() -> Mask:
    """The kinds that only a consent for that alone opens."""
    return sum(one.mask for one in categories().values() if one.apart)


@cache
def open_to_self() -> Mask:
    """The kinds that are in the person's own view."""
    return sum(one.mask for one in categories().values() if one.own)


@cache
def classes() -> dict[str, Class]:
    """Classes of recipients by key."""
    return {row["key"]: Class(row["key"], row["words"], frozenset(row["kinds"])) for row in _load("classes")["class"]}


@cache
def packs() -> dict[str, Pack]:
    """The policy of each country by key."""
    return {row["key"]: _pack(row) for row in _load("packs")["pack"]}


def _pack(row: dict[str, Any]) -> Pack:
    return Pack(
        key=row["key"],
        words=row["words"],
        own_purposes=purposes_mask(*row["own_purposes"]),
        emergency_roles=roles_mask(*row["emergency"]),
        emergency_purposes=purposes_mask(*row["emergency_for"]),
        restricted_roles=roles_mask(*row["restricted"]),
        notice=row.get("notice", ""),
        documents=row.get("documents", False),
    )


@cache
def bundles() -> dict[str, Bundle]:
    """The bundles a person is offered first, in the order they are offered."""
    rows = _load("categories")["bundle"]
    return {one.key: one for one in map(_bundle, rows)}


def _bundle(row: dict[str, Any]) -> Bundle:
    """Raises `Invalid` where it names what is of another kind than its own."""
    named = {one["category"]: one["words"] for one in row.get("named", ())}
    if strange := sorted(set(named) - set(row["categories"])):
        raise Invalid("names", "The bundle {key!r} does not hold: {kinds}.", key=row["key"], kinds=", ".join(strange))
    return Bundle(row["key"], row["words"], tuple(row["categories"]), named)


@cache
def purposes() -> dict[str, Named]:
    """Purposes by key."""
    return _named(_load("purposes")["purpose"])


@cache
def roles() -> dict[str, Role]:
    """Roles by key."""
    return {row["key"]: _role(row) for row in _load("roles")["role"]}


def _role(row: dict[str, Any]) -> Role:
    return Role(
        key=row["key"],
        bit=row["bit"],
        words=row["words"],
        speaks_for=row.get("speaks_for", "own_caseload"),
        purposes=purposes_mask(*row["purposes"]),
        own=_ceiling(row["own"]),
        other=_ceiling(row["other"]),
        does=frozenset(row["does"]),
        doors=frozenset(row.get("doors", ())),
        staff=row.get("staff", True),
    )


def _ceiling(keys: list[str]) -> Mask:
    return all_categories() if keys == ["all"] else categories_mask(*keys)


def all_categories() -> Mask:
    """Every kind of information, as one mask."""
    return categories_mask(*categories())


def all_roles() -> Mask:
    """Every role, as one mask."""
    return sum(1 << row["bit"] for row in _load("roles")["role"])


def categories_mask(*keys: str) -> Mask:
    """The mask of these kinds; `Invalid` names one that does not exist."""
    return _mask("category", categories(), keys)


def purposes_mask(*keys: str) -> Mask:
    """The mask of these purposes and of those they include."""
    wanted = set(keys)
    for row in _load("purposes")["purpose"]:
        if row["key"] in wanted:
            wanted.update(row.get("includes", ()))
    return _mask("purpose", purposes(), tuple(wanted))


def roles_mask(*keys: str) -> Mask:
    """The mask of these roles."""
    return _mask("role", _named(_load("roles")["role"]), keys)


def _mask(field: str, known: Mapping[str, Named], keys: tuple[str, ...]) -> Mask:
    mask = 0
    for key in keys:
        if key not in known:
            raise Invalid(
                field,
                "There is no {field} called {key!r}. Known: {known}.",
                field=field,
                key=key,
                known=", ".join(known),
            )
        mask |= known[key].mask
    return mask


def category_words(mask: Mask) -> list[str]:
    """The words of every kind in the mask, in the order people are shown them."""
    return [named.words for named in categories().values() if mask & named.mask]


def category_keys(mask: Mask) -> list[str]:
    return [named.key for named in categories().values() if mask & named.mask]
