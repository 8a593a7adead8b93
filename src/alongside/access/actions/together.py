"""Several changes of facts as one: each registration is locked once and compiled once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from alongside.access.actions.compiled import recompile
from alongside.access.actions.locking import lock
from alongside.access.context import Access


@dataclass(slots=True)
class _Changes:
    """Registrations whose facts are being changed together: locked once, compiled once at the end."""

    locked: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


_together: ContextVar[_Changes | None] = ContextVar("changes", default=None)


@contextmanager
def together(*, by: Access) -> Iterator[None]:
    """Several changes of facts as one: each registration is compiled once, when the last of them is written.

    Nothing may be read through access inside it: until it ends, grants still say what they said before.
    """
    if _together.get() is not None:
        yield
        return
    changes = _Changes()
    token = _together.set(changes)
    try:
        yield
    finally:
        _together.reset(token)
    for registration in sorted(changes.changed):
        recompile(registration=registration, by=by)


def hold(registration: str, by: Access) -> None:
    changes = _together.get()
    if changes is None or registration not in changes.locked:
        lock(registrations=[registration], by=by)
        if changes is not None:
            changes.locked.add(registration)


def changed(registration: str, by: Access) -> None:
    changes = _together.get()
    if changes is None:
        recompile(registration=registration, by=by)
    else:
        changes.changed.add(registration)
