"""Value sets of an invented place, for tests: no country's figures are in this repository."""

from decimal import Decimal
from itertools import product
from pathlib import Path

SAID = """instrument = "eq5d5l"
name = "Nowhere 2020"
country = "Nowhere"
year = 2020
jurisdiction = "uk"
licence = "Invented for tests"
source = "Nobody"
checker = "none"
verified = false
"""
# What each level takes off, the second first: made up, so that no two dimensions are alike.
LEVELS = {f"item{n}": [Decimal(n * step) / 1000 for step in (7, 19, 43, 59)] for n in range(1, 6)}
ANY_PROBLEM = Decimal("0.015")
PROFILES = ["".join(levels) for levels in product("12345", repeat=5)]


def index_of(profile: str) -> Decimal:
    """What the made-up set gives a profile, by another route than ours: a sum of what each level takes off."""
    off = [LEVELS[f"item{n}"][int(level) - 2] for n, level in enumerate(profile, 1) if level != "1"]
    return 1 - sum(off) - ANY_PROBLEM if off else Decimal(1)


def additive(**other: str) -> str:
    """The set as decrements; `other` puts another value at a key of its head."""
    groups = [
        f'\n[[decrements]]\nitem = "{item}"\nlevels = [{", ".join(map(str, off))}]\n' for item, off in LEVELS.items()
    ]
    return head(**other) + f"any_problem = {ANY_PROBLEM}\n" + "".join(groups)


def head(**other: str) -> str:
    lines = [line.partition(" = ") for line in SAID.splitlines()]
    return "".join(f'{key} = "{other[key]}"\n' if key in other else f"{key} = {value}\n" for key, _, value in lines)


def table() -> str:
    """Every profile with its value, as a file beside the set."""
    return "profile,value\n" + "".join(f"{profile},{index_of(profile)}\n" for profile in PROFILES)


def written(folder: Path, said: str, values: str | None = None) -> Path:
    """A directory of one set, with its table where it has one."""
    (folder / "nowhere.toml").write_text(said)
    if values is not None:
        (folder / "nowhere.csv").write_text(values)
    return folder
