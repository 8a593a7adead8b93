"""Serving: only over a database that is up to date, and saying where."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from alongside.cli import serve
from alongside.cli.database import NotReady

SETTINGS = {
    "ALONGSIDE_SECRET_KEY": "only-for-tests",
    "ALONGSIDE_DEMONSTRATION": "yes",
    "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    "PATH": "",
    "PYTHONUNBUFFERED": "1",
}
ALONGSIDE = [sys.executable, "-c", "from alongside.cli.main import main; main()"]


@pytest.mark.parametrize(
    ("host", "typed"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 - read, not bound
        ("::1", "http://[::1]:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host, typed):
    assert serve.address(host, 8000) == typed


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_an_old_database_is_refused_with_what_to_do(tmp_path: Path):
    done = subprocess.run(  # noqa: S603
        [*ALONGSIDE, "serve"],
        env=SETTINGS | {"ALONGSIDE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == NotReady.exit_code
    assert re.search(r"The database is \d+ steps behind this version", done.stderr)
    assert "Traceback" not in done.stderr


def test_it_serves_pages_and_hashed_files_until_it_is_stopped(tmp_path: Path):
    settings = SETTINGS | {"ALONGSIDE_HOME": str(tmp_path)}
    migrate = (
        "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", migrate], env=settings, check=True)  # noqa: S603
    port = _free_port()
    server = subprocess.Popen([*ALONGSIDE, "serve", "--port", str(port)], env=settings, stdout=subprocess.PIPE)  # noqa: S603
    try:
        assert server.stdout
        assert server.stdout.readline().decode() == f"Alongside is at http://127.0.0.1:{port}/\n"
        page = _answer(f"http://127.0.0.1:{port}/account/sign-in/")
        style = re.search(r"/static/alongside/alongside\.[0-9a-f]{12}\.css", page)
        assert style
        assert "--al-ink" in _answer(f"http://127.0.0.1:{port}{style[0]}")
        assert _answer(f"http://127.0.0.1:{port}/healthz") == '{"status": "ok"}'
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0
        if server.stdout:
            server.stdout.close()


def _answer(address: str) -> str:
    for _ in range(100):
        try:
            with urlopen(address) as answer:  # noqa: S310 - loopback
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer.")
