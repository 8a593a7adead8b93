"""Serving a demonstration in a process of its own, so that a newer one can take its place."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from types import FrameType, TracebackType
from typing import Self
from urllib.error import URLError

import click

from alongside.cli.demonstration.home import Home, Seeded
from alongside.cli.demonstration.sign_ins import table
from alongside.kernel.errors import AlongsideError
from alongside.kernel.language import gettext as _

_SERVE = "import sys; sys.argv[0] = 'alongside'; from alongside.cli.main import main; main()"
PATIENCE = 60.0  # seconds until the pages must answer


class NotServed(AlongsideError):
    """The pages did not come up; what they said stands above."""


class Serving:
    """The process that serves, stopped with this one."""

    def __init__(self, home: Home, port: int) -> None:
        self.home, self.port = home, port
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        signal.signal(signal.SIGTERM, _as_interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.stop()
        if kind is KeyboardInterrupt:
            click.echo(_("Stopped."))
            return True
        return False

    def start(self, seeded: Seeded) -> None:
        """Serve this partnership in place of the one before; returns when pages answer, and says where."""
        self.stop()
        environment = os.environ | self.home.settings(self.home.file(seeded))
        environment["ALONGSIDE_ADDRESS"] = f"http://127.0.0.1:{self.port}"
        arguments = [sys.executable, "-c", _SERVE, "serve", "--port", str(self.port)]
        # A session of its own: Ctrl+C reaches this process alone, which then stops that one in order.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            arguments, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        self._until_it_answers()
        click.echo(table(f"http://127.0.0.1:{self.port}/"))

    def _until_it_answers(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise NotServed(_("The pages could not be served. What went wrong stands above."))

    def wait(self) -> None:
        """Until it ends, or Ctrl+C."""
        if self._process is not None and self._process.wait() != 0:
            raise NotServed(_("The pages stopped. What went wrong stands above."))

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=25)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
