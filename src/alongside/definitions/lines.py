"""Finds the line of a TOML file that holds a key, because the parser keeps none.

Definition files are written plainly: one key a line, headers `[name]` and `[[name]]`, inline tables in arrays.
"""

import re

from alongside.definitions.faults import Place


def line_of(text: str, place: Place) -> int | None:
    """The line (from 1) of `place` in the file, or of what is written nearest around it; None where nothing is."""
    lines = text.splitlines()
    names = [part for part in place if isinstance(part, str)]
    if not names:
        return None
    start, depth = _section(lines, place)
    found = start
    end = _end(lines, start) if start is not None else len(lines)
    rest = place[depth:]
    for name, index in _steps(rest):
        at = _key(lines, name, (found or 0), end)
        if at is None:
            break
        found = at if index is None else _entry(lines, at, index, end)
    return None if found is None else found + 1


def _section(lines: list[str], place: Place) -> tuple[int | None, int]:
    """The header's line that `place` stands under, and how many parts of it the header names."""
    name = str(place[0])
    if f"[{name}]" in lines:
        return lines.index(f"[{name}]"), 1
    headers = [number for number, line in enumerate(lines) if line.strip() == f"[[{name}]]"]
    if headers and len(place) > 1 and isinstance(place[1], int) and place[1] < len(headers):
        return _below(lines, headers[place[1]], name, place)
    return None, 0


def _below(lines: list[str], start: int, name: str, place: Place) -> tuple[int, int]:
    # A table of its own under an entry of an array: [cutoffs.limits], [[bandings.bands]].
    if len(place) > 2:
        for number in range(start + 1, len(lines)):
            if lines[number].strip() == f"[[{name}]]":
                break
            if lines[number].strip() == f"[{name}.{place[2]}]":
                return number, 3
    return start, 2


def _end(lines: list[str], start: int) -> int:
    following = (number for number in range(start + 1, len(lines)) if re.match(r"\[", lines[number]))
    return next(following, len(lines))


def _steps(rest: Place) -> list[tuple[str, int | None]]:
    """Each key with the index that follows it: `("bands", 1, "minimum")` is bands' second, then minimum."""
    steps: list[tuple[str, int | None]] = []
    for part in rest:
        if isinstance(part, str):
            steps.append((part, None))
        elif steps:
            steps[-1] = (steps[-1][0], part)
    return steps


def _key(lines: list[str], name: str, start: int, end: int) -> int | None:
    pattern = re.compile(rf"(^|[{{,\s]){re.escape(name)}\s*=")
    return next((number for number in range(start, end) if pattern.search(lines[number])), None)


def _entry(lines: list[str], start: int, index: int, end: int) -> int:
    """The line of the entry `index` of the array that begins on `start`, where its entries are inline tables."""
    seen = -1
    for number in range(start, end):
        seen += lines[number].count("{")
        if seen >= index:
            return number
        if lines[number].rstrip().endswith("]"):
            break
    return start
