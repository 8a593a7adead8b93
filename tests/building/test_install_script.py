"""How `scripts/install.sh` meets a machine. Python is real; pip, apt-get and who is asking stand in for the world."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.building import house

OS = Path("/etc/os-release")
RELEASE = OS.read_text("utf-8") if OS.exists() else ""
PROGRAMS = ["sh", "dirname", "basename", "cat", "cksum", "cp", "env", "grep", "mkdir", "rm", "head"]
PIP = """import os, sys
with open(os.environ["PIP_LOG"], "a") as log:
    print(*sys.argv[1:], file=log)
sys.exit(os.path.exists(os.environ["PIP_LOG"] + ".broken"))
"""
# Makes an environment as Python does, with a pip that only writes down what it is asked for.
PYTHON = """#!/bin/sh
if [ "$1 $2" != "-m venv" ]; then exec {real} "$@"; fi
{real} -m venv --without-pip "$3"
echo "#!$(pwd -P)/$3/bin/python" >"$3/bin/pip"
cp -r {pip} "$3"/lib/python*/site-packages
"""


def program(path, text):
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


class Machine:
    """A clean clone in a folder with a space in its name, on a machine with next to nothing."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.bin, self.log = folder / "a clone", folder / "bin", folder / "pip.log"
        self.clone.mkdir()
        self.bin.mkdir()
        shutil.copytree(house.REPOSITORY / "scripts", self.clone / "scripts")
        for name in ("pyproject.toml", "requirements.txt", "requirements-test.txt", "requirements-build.txt"):
            shutil.copy(house.REPOSITORY / name, self.clone)
        for name in PROGRAMS:
            (self.bin / name).symlink_to(shutil.which(name))
        (folder / "pip").mkdir()
        (folder / "pip/__init__.py").touch()
        (folder / "pip/__main__.py").write_text(PIP)
        self.python = PYTHON.format(real=sys._base_executable, pip=folder / "pip")
        self.asked_by(1000)
        program(self.bin / "apt-get", "#!/bin/sh\nexit 1\n")

    def asked_by(self, user):
        program(self.bin / "id", f"#!/bin/sh\necho {user}\n")

    def has_python(self, text=None):
        program(self.bin / "python3", text or self.python)

    def has_browser(self):
        program(self.bin / "chromium", "#!/bin/sh\n")

    def install(self, what="run"):
        surroundings = {"PATH": str(self.bin), "PIP_LOG": str(self.log)}
        asked = ["sh", "scripts/install.sh", what]
        return subprocess.run(asked, cwd=self.clone, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603

    def asked_of_pip(self):
        return self.log.read_text().splitlines() if self.log.exists() else []


def lines_to_type(done):
    return [line.strip() for line in done.stdout.splitlines() if "sudo" in line]


APT = "sudo apt-get update && sudo apt-get install -y --no-install-recommends"


@pytest.mark.skipif("ID=debian" not in RELEASE, reason="names of Debian's packages")
def test_without_python_it_prints_one_line_and_stops(machine):
    done = machine.install()
    assert done.returncode == 1
    assert [line.split(" ca-cert")[0] for line in lines_to_type(done)] == [f"{APT} python3 python3-venv"]
    assert not (machine.clone / ".venv").exists()


def test_a_python_without_venv_needs_its_package(machine):
    machine.has_python(f'#!/bin/sh\ncase $2 in *ensurepip*) exit 1 ;; esac\nexec {sys._base_executable} "$@"\n')
    done = machine.install()
    assert done.returncode == 1
    assert len(lines_to_type(done)) == 1
    assert lines_to_type(done)[0].startswith(f"{APT} python3-venv")


def test_an_old_python_is_named_when_there_is_no_other(machine):
    machine.has_python('#!/bin/sh\nif [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi\n')
    machine.asked_by(0)
    program(machine.bin / "apt-get", "#!/bin/sh\n")  # which finds nothing newer
    done = machine.install()
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stdout
    assert "This machine has Python 3.9.2" in done.stdout


def test_as_root_what_is_missing_is_installed(machine):
    machine.asked_by(0)
    ready = machine.bin.parent / "python"
    program(ready, machine.python)
    program(
        machine.bin / "apt-get", f'#!/bin/sh\nif [ "$1" = install ]; then cp {ready} {machine.bin / "python3"}; fi\n'
    )
    assert machine.install().returncode == 0
    assert (machine.clone / ".venv/.installed-run").exists()


def test_nothing_is_fetched_that_is_not_locked(machine):
    machine.has_python()
    assert machine.install().returncode == 0
    build, everything, ours = machine.asked_of_pip()
    assert "--require-hashes --requirement requirements-build.txt" in build
    assert "--no-build-isolation --require-hashes --requirement requirements.txt" in everything
    assert "--no-build-isolation --no-index --editable ." in ours
    assert all("--no-deps" in line for line in (build, everything, ours))


def test_a_second_time_takes_no_time(machine):
    machine.has_python()
    machine.install()
    before, begun = machine.asked_of_pip(), time.monotonic()
    again = machine.install()
    assert (again.returncode, again.stdout) == (0, "")
    assert machine.asked_of_pip() == before
    assert time.monotonic() - begun < 1


def test_what_the_tests_need_holds_what_runs(machine):
    machine.has_python()
    machine.has_browser()
    machine.install("test")
    before = machine.asked_of_pip()
    machine.install("run")
    assert machine.asked_of_pip() == before


def test_a_new_lock_is_installed_into_the_same_environment(machine):
    machine.has_python()
    machine.install()
    with (machine.clone / "requirements.txt").open("a") as lock:
        lock.write("# renewed\n")
    done = machine.install()
    assert "afresh" not in done.stdout
    assert len(machine.asked_of_pip()) == 6


def test_a_moved_environment_is_made_afresh(machine):
    machine.has_python()
    machine.install()
    machine.clone = machine.clone.rename(machine.clone.parent / "moved here")
    done = machine.install()
    assert done.returncode == 0
    assert "making it afresh" in done.stdout
    assert str(machine.clone) in (machine.clone / ".venv/bin/pip").read_text()


def test_an_environment_of_a_python_that_is_gone_is_made_afresh(machine):
    machine.has_python()
    machine.install()
    python = machine.clone / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    done = machine.install()
    assert done.returncode == 0
    assert "making it afresh" in done.stdout


def test_an_interrupted_installation_is_no_installation(machine):
    machine.has_python()
    broken = Path(f"{machine.log}.broken")
    broken.touch()
    failed = machine.install()
    assert failed.returncode == 1
    assert "That did not work" in failed.stdout
    assert not (machine.clone / ".venv/.installed-run").exists()
    broken.unlink()
    mended = machine.install()
    assert mended.returncode == 0
    assert "never finished" in mended.stdout


def test_a_word_it_does_not_know_is_refused(machine):
    done = machine.install("everything")
    assert (done.returncode, done.stdout) == (2, "install.sh: say run or test\n")


@pytest.mark.skipif("ID=debian" not in RELEASE, reason="names of Debian's packages")
def test_whoever_lacks_a_browser_too_is_asked_once(machine):
    wanted = lines_to_type(machine.install("test"))
    assert len(wanted) == 1
    assert "chromium" in wanted[0]
    machine.has_browser()
    assert "chromium" not in lines_to_type(machine.install("test"))[0]
