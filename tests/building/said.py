"""Which sentences of a source text somebody will read, and which of them no translator would ever be shown."""

import ast
import builtins
import re
from collections.abc import Container, Iterator

SENTENCE = re.compile(r"[A-Z“{][^\n]* [^\n]*[.?:]", re.DOTALL)
# Where the sentence stands among what an error is given.
REFUSALS = {"Invalid": 1, "NotAllowed": 0, "Stale": 0, "Duplicate": 0}
FAULTS = {"NeverOpen", "Unreadable"}  # as Python's own errors: something for whoever runs it to mend
ONCE = {"_", "gettext", "ngettext", "said"}  # they speak at once; at the top of a module nobody is listening yet
MARKS = {*ONCE, "gettext_lazy", "gettext_noop", "later"}


def untold(source: str, known: Container[str]) -> list[str]:
    """Sentences that are missing among those `known` to translators, or that are put together before they could be."""
    tree = ast.parse(source)
    unread = set(_unread(tree))
    meant = {id(one) for one in (*_refusing(tree), *_saying(tree))}
    found = []
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.JoinedStr) and (id(node) in meant or SENTENCE.fullmatch(_shape(node))):
            found.append(_shape(node))
        elif isinstance(node, ast.Constant) and _is_sentence(node, meant) and node.value not in known:
            found.append(node.value)
    return found


def _is_sentence(node: ast.Constant, meant: set[int]) -> bool:
    return isinstance(node.value, str) and bool(id(node) in meant or SENTENCE.fullmatch(node.value))


def too_early(source: str) -> list[int]:
    """The lines where a module speaks while it is being imported: always English, whoever reads it later."""
    return [node.lineno for top in ast.parse(source).body for node in _at_once(top)]


def _at_once(node: ast.AST) -> Iterator[ast.Call]:
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ONCE:
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _at_once(child)


def _refusing(tree: ast.Module) -> Iterator[ast.expr]:
    """The sentence of every refusal of ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = REFUSALS.get(node.func.id, len(node.args))
            yield from node.args[place : place + 1]


def _saying(tree: ast.Module) -> Iterator[ast.expr]:
    """What is said in the reader's language, also inside a string with places, where Babel's collector is blind."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield from node.args[:1]


def _unread(tree: ast.Module) -> Iterator[int]:
    """Docstrings, parts of a sentence that is judged whole, and what is said to programmers alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield id(node.value)
        if isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values)
        if isinstance(node, ast.Raise) and _a_fault(node.exc):
            yield from (id(part) for part in ast.walk(node))


def _a_fault(error: ast.expr | None) -> bool:
    name = getattr(getattr(error, "func", None), "id", "")
    return hasattr(builtins, name) or name in FAULTS


def _shape(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
