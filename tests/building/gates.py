"""Which functions decide for themselves whether the caller may, and who calls those that leave it to their callers."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.building import house

# What `access.queries` offers to decide by: for one registration (`opening` is `opens` as a column), or row by row.
GATES = {"require", "require_own", "opens", "opening"}
GATES |= {"show", "listed", "listing", "looked_up", "visible", "visible_with_superseded", "show_one_with_superseded"}

GATES |= {"countable", "show_with_superseded"}


@dataclass(frozen=True)
class Function:
    """A function of a room's actions or queries, with the names it speaks of."""

    room: str
    kind: str  # actions or queries
    name: str
    public: bool
    uses: frozenset[str]  # `_own`, and what imports lead to: `access.queries.show`, `consent.actions.give`

    @property
    def key(self) -> str:
        return f"{self.room}.{self.kind}.{self.name}"


def leads_to(tree: ast.Module) -> dict[str, str]:
    """What each imported name of ours stands for: `persons` for `people.queries`."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside."):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}".removeprefix("alongside.")
    return found


def used(node: ast.AST, imports: dict[str, str]) -> frozenset[str]:
    """Every name that a piece of code speaks of, called or passed on."""
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            found.add(imports.get(one.id, one.id))
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            found.add(f"{imports.get(one.value.id, one.value.id)}.{one.attr}")
    return frozenset(_short(name) for name in found)


def _short(name: str) -> str:
    """`contacts.actions.rows.standing` as `contacts.actions.standing`: what a package holds is one room's."""
    parts = name.split(".")
    return ".".join([*parts[:2], parts[-1]]) if len(parts) > 3 else name


def functions_of(room: str, kind: str, source: str, names: set[str] | None = None) -> Iterator[Function]:
    tree = ast.parse(source)
    imports = leads_to(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            public = not node.name.startswith("_") and (names is None or node.name in names)
            yield Function(room, kind, node.name, public, used(node, imports))


def all_functions() -> list[Function]:
    found: list[Function] = []
    for room in house.rooms():
        for kind in ("actions", "queries"):
            for module, names in modules(room, kind):
                found += functions_of(room.name, kind, module.read_text("utf-8"), names)
    return found


def modules(room: Path, kind: str) -> Iterator[tuple[Path, set[str] | None]]:
    single = room / f"{kind}.py"
    if single.exists():
        yield single, None
    elif (room / kind).is_dir():
        offered = house.offered(room / kind / "__init__.py")
        for module in sorted((room / kind).glob("[!_]*.py")):
            yield module, offered.get(module.stem, set())


def decides(one: Function, known: dict[str, Function], deep: int = 2) -> bool:
    """Whether a function passes a gate itself, or in a helper or another action that it calls."""
    if any(
        name.rpartition(".")[0] in ("access.queries", "allowed") and name.rpartition(".")[2] in GATES
        for name in one.uses
    ):
        return True
    beyond = (known.get(name) or known.get(f"{one.room}.{one.kind}.{name}") for name in one.uses)
    return deep > 0 and any(decides(other, known, deep - 1) for other in beyond if other and other is not one)


def undecided(functions: list[Function]) -> list[str]:
    """Public functions that pass no gate: whoever calls them must have decided."""
    known = {one.key: one for one in functions}
    return sorted(one.key for one in functions if one.public and not decides(one, known))


def callers(sources: dict[str, str], keys: set[str]) -> dict[str, set[str]]:
    """Which modules (by dotted name, `web.people.views`) speak of each function, called or passed on."""
    found: dict[str, set[str]] = {}
    for module, source in sources.items():
        tree = ast.parse(source)
        for name in used(tree, leads_to(tree)) & keys:
            if not module.startswith(name.rpartition(".")[0]):
                found.setdefault(name, set()).add(module)
    return found


def our_sources() -> dict[str, str]:
    return {
        ".".join(path.relative_to(house.ROOT).with_suffix("").parts): path.read_text("utf-8")
        for path in house.ROOT.rglob("*.py")
        if "migrations" not in path.parts
    }
