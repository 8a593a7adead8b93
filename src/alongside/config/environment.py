"""Reads settings from the environment and says plainly which one is missing or misspelt."""

import os
from pathlib import Path

from alongside.kernel.errors import Invalid


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or `default`; without a default the setting is required."""
    value = os.environ.get(name, default)
    if value is None:
        raise Invalid(
            name, "Alongside needs the setting {name}. See docs/reference/settings.md for what to put there.", name=name
        )
    return value


def switch(name: str, *, default: bool) -> bool:
    """A yes-or-no setting, spelt `yes`, `no`, `true`, `false`, `1` or `0`."""
    spelt = os.environ.get(name, "yes" if default else "no").lower()
    if spelt not in {"yes", "no", "true", "false", "1", "0"}:
        raise Invalid(name, "{name} must be yes or no, not {spelt!r}.", name=name, spelt=spelt)
    return spelt in {"yes", "true", "1"}


def whole(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    spelt = os.environ.get(name, str(default))
    if not spelt.isascii() or not spelt.isdigit():
        raise Invalid(name, "{name} must be a whole number, not {spelt!r}.", name=name, spelt=spelt)
    return int(spelt)


def server(name: str, port: int) -> tuple[str, int]:
    """A machine and its port, as in `mail.example.org:587`; `port` where none is given, no name where it is not set."""
    spelt = os.environ.get(name, "")
    host, colon, given = spelt.partition(":")
    if colon and not (host and given.isascii() and given.isdigit()):
        raise Invalid(
            name,
            "{name} must be a server and its port, as in mail.example.org:{port}, not {spelt!r}.",
            name=name,
            port=port,
            spelt=spelt,
        )
    return host, int(given or port)


def path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name, str(default)))


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
