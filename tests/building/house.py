"""What the house promises, as questions one can ask of any source text. The tests ask them of ours, and of faults."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import alongside

ROOT = Path(alongside.__file__).parent
# Hosts that hand out packages, put together here so that this file names none either.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("registry", "yarnpkg"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu"),
        ("proxy", "golang"),
    )
)
REPOSITORY = ROOT.parent.parent
ENTRANCES = {"config", "web", "exchange", "cli"}
# Builders of an Access and the ground floors, which have no access to be asked for.
WITHOUT_ACCESS = {"audit", "access", "definitions", "kernel"}
MAKES_ACCESS = {("organisations", name) for name in ("access_for", "access_by_email", "signed_in")}


def rooms() -> list[Path]:
    """The folders of the house, entrances apart."""
    return sorted(one for one in ROOT.iterdir() if (one / "__init__.py").exists() and one.name not in ENTRANCES)


def public_functions(source: str) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def actions_at_fault(source: str, names: set[str] | None = None) -> list[str]:
    """Public functions (of `names`, where given) that could be called without saying who acts, or by position."""
    return [
        function.name
        for function in public_functions(source)
        if (names is None or function.name in names)
        and (function.args.args or "by" not in {one.arg for one in function.args.kwonlyargs})
    ]


def queries_at_fault(source: str, names: set[str] | None = None) -> list[str]:
    """Public functions (of `names`, where given) that read without asking for whom."""
    return [
        function.name
        for function in public_functions(source)
        if (names is None or function.name in names)
        and "access" not in {one.arg for one in [*function.args.args, *function.args.kwonlyargs]}
    ]


def foreign_models(source: str, room: str) -> list[str]:
    """Imports of another room's tables. `access.models` lends its base classes to everybody."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.count(".") == 1:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        found += [name for name in names if _is_foreign(name, room)]
    return found


def _is_foreign(name: str, room: str) -> bool:
    parts = name.split(".")
    return len(parts) >= 3 and parts[0] == "alongside" and parts[2] == "models" and parts[1] not in (room, "access")


def foreign_tables(text: str, room: str) -> list[str]:
    """Tables of other rooms that a written-out statement names."""
    named = re.findall(r"\balongside_([a-z]+)_[a-z]+\b|\b(access)_(?:grant|bar|source)\b", text)
    others = {one.name for one in rooms()} - {room}
    return sorted({owner for pair in named for owner in pair if owner in others})


def reads_tables(source: str) -> bool:
    """Whether the text reaches for a table (`.objects`)."""
    return any(isinstance(node, ast.Attribute) and node.attr == "objects" for node in ast.walk(ast.parse(source)))


def bare_writes(source: str) -> list[str]:
    """Writes that skip the record's own ways: nothing outside an actions module may call these."""
    names = {"create", "insert", "bulk_create", "bulk_update", "save", "delete", "update_or_create", "get_or_create"}
    return [
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


def offered(package: Path) -> dict[str, set[str]]:
    """The sibling modules of a package and the public names its `__init__` takes from each."""
    return {
        node.module.rpartition(".")[2]: {alias.name for alias in node.names}
        for node in ast.parse(package.read_text()).body
        if isinstance(node, ast.ImportFrom) and node.module
    }
