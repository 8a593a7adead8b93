"""What a figure was measured on: the commit and the machine."""

import os
import platform
import subprocess

from benchmarks.environment import ROOT


def commit() -> str:
    """The commit, and whether anything was changed since."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True).stdout.strip()  # noqa: S603, S607

    return (git("rev-parse", "--short", "HEAD") or "without git") + (" with changes" * bool(git("status", "--short")))


def python() -> str:
    return f"Python {platform.python_version()} on {platform.system()}"


def hardware() -> str:
    return f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB, load average {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
