"""A backup of the tests' database, and that database as it was then: by the means of each kind of database."""

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.psycopg_any import sql
from django.db.utils import ConnectionHandler

# One for each of the processes that run tests beside each other on one server.
BACKUP = f"alongside_backup_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def backup(folder: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        _copied(connection.settings_dict["NAME"], folder / BACKUP)
    else:
        _copied_on_the_server(connection.settings_dict["NAME"], BACKUP)


def restore(folder: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        _copied(folder / BACKUP, connection.settings_dict["NAME"])
    else:
        _copied_on_the_server(BACKUP, connection.settings_dict["NAME"])


def forget() -> None:
    """What a server keeps of it."""
    if connection.vendor == "postgresql":
        with _server() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(BACKUP)))


def _copied(from_: str | Path, to: str | Path) -> None:
    with sqlite3.connect(from_) as source, sqlite3.connect(to) as target:
        source.backup(target)


def _copied_on_the_server(from_: str, to: str) -> None:
    with _server() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(to)))
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (to, from_))))


@contextmanager
def _server():
    """A connection to another database of the server: nobody may be in one that is copied."""
    beside = ConnectionHandler({"default": connection.settings_dict | {"NAME": "postgres"}})["default"]
    try:
        with beside.cursor() as cursor:
            yield cursor
    finally:
        beside.close()
