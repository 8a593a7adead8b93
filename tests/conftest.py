"""What every test shares: a throwaway installation, and no network but loopback."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from pytest_socket import socket_allow_hosts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Memory where the machine has a file system of it: the tests' database is a real file, so that a browser's requests
# and the test itself each hold their own connection.
MEMORY = "/dev/shm"  # noqa: S108 - mkdtemp makes a private folder in it
HOME = tempfile.mkdtemp(prefix="alongside-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

os.environ.pop("ALONGSIDE_DEMONSTRATION", None)
os.environ.update(
    ALONGSIDE_SECRET_KEY="only-for-tests",
    DJANGO_ALLOW_ASYNC_UNSAFE="true",  # the browser keeps a loop running in the thread that makes the records
    ALONGSIDE_HOME=HOME,
    ALONGSIDE_HTTPS="no",  # the browser speaks plain HTTP to loopback
    DJANGO_SETTINGS_MODULE="alongside.config.settings",
)

django.setup()
# A slow hash is the point of a real one and a waste in a test.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A worker inherits the first process's home with its settings; what it counts and builds in files is its own.
settings.CACHES["default"]["LOCATION"] = Path(HOME) / "cache"
settings.STATIC_ROOT = Path(HOME) / "static"
settings.KEPT = str(Path(HOME) / "kept")
# Speed is measured in benchmarks: a test that waited for its turn on a busy machine is no failure.
drawing.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _only_loopback() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(Path(HOME) / "tests.sqlite3")


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Limits on guessing are counted in the cache; one test's guesses are not the next one's."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What was kept of one test's ledger is newer than the next one's database."""
    shutil.rmtree(settings.KEPT, ignore_errors=True)


@pytest.fixture
def messages_leave(settings) -> None:
    """A demonstration, which keeps what it would send, with an address for links to begin with."""
    settings.DEMONSTRATION = True
    settings.ADDRESS = "https://questions.example.org"


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One browser for all the tests of a worker: a second one could not be started in the same thread."""
    from playwright.sync_api import sync_playwright

    from tests.journeys.browser import launched

    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser
