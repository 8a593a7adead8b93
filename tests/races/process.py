"""One of the processes that race: `python -m tests.races.process` does what it is told, a line of JSON at a time.

A line says which database and which fault is planted from then on; or what is to be done, with whom, and at which
instant of the machine's clock. The answer is when it began and ended, and whether it saw what may be lost.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

# Not before Django is.
from django.conf import settings
from django.db import connection
from django.test.utils import setup_test_environment

import tests.conftest  # noqa: F401 - sets Django up, as for every test
from tests.races import faults
from tests.races.changes import CHANGES, made
from tests.races.doors import DOORS
from tests.races.made import Somebody


def main() -> None:
    setup_test_environment()
    settings.DEMONSTRATION, settings.ADDRESS = True, "https://questions.example.org"  # what is sent is kept
    planted = ExitStack()
    for told in _told():
        if "act" in told:
            _answer(_done(**told))
        else:
            planted.close()
            connection.settings_dict.update(NAME=told["database"])
            if told["fault"]:
                planted.enter_context(faults.FAULTS[told["fault"]].planted())


def _told() -> Iterator[dict[str, Any]]:
    for line in iter(sys.stdin.readline, ""):
        yield json.loads(line)


def _done(act: str, somebody: dict[str, str], at: float) -> dict[str, Any]:
    one = Somebody(**somebody)
    time.sleep(max(0.0, at - time.monotonic()))
    begun = time.monotonic()
    saw = _did(act, one)
    return {"begun": begun, "ended": time.monotonic(), "saw": one.word in saw}


def _did(act: str, one: Somebody) -> str:
    if act in DOORS:
        return DOORS[act].looks(one)
    if act in CHANGES:
        return made(act, one)
    getattr(one, act)()
    return ""


def _answer(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
