"""The record's database: SQLite beside the application, or PostgreSQL named by a URL."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from alongside.kernel.errors import Invalid

# WAL lets readers work while one writes; FULL makes an acknowledged write survive a power cut; IMMEDIATE takes the
# write lock at BEGIN, so that facts read in a transaction are still true when it writes.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
    ),
}


def database(url: str, directory: Path) -> dict[str, Any]:
    """Django's settings for `url`: empty or `sqlite:` for a file in `directory`, or `postgresql://…`."""
    parts = urlsplit(url)
    if url == "" or parts.scheme == "sqlite":
        name = unquote(parts.path) or str(directory / "alongside.sqlite3")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": _SQLITE_OPTIONS}
    if parts.scheme not in {"postgresql", "postgres"}:
        raise Invalid("ALONGSIDE_DATABASE", "The database must start with sqlite: or postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host(parts.query) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _host(query: str) -> str:
    """A socket directory, given as `?host=/path`."""
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "host":
            return unquote(value)
    return ""
