"""Plants one fault after another in the rules of measures and outcomes, and says which ones no test sees.

Every survivor has to be justified in docs/reference/proof/mutants.toml, and every justification needs a survivor:
`python scripts/mutants.py` runs them all, `--judge` reads the last run again. What it prints is kept beside it as
mutants.md. Exit code 1 where something is not justified.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROOF = ROOT / "docs/reference/proof"
MADE = Path("mutants")  # where mutmut keeps what it makes, below the directory it runs in
KILLED = {1, 3}
UNSEEN = {0: "survived", 5: "no tests", 33: "no tests"}


@dataclass(frozen=True)
class Mutant:
    """A fault that no test saw: in which function, the line as it was and as it became."""

    where: str
    was: str
    now: str


@dataclass(frozen=True)
class Reason:
    """Why a fault may live: of the function `where`, those whose lines hold `was` and `now`."""

    where: str
    was: str
    now: str
    why: str

    def fits(self, one: Mutant) -> bool:
        return one.where == self.where and self.was in one.was and self.now in one.now


def judged(unseen: list[Mutant], reasons: list[Reason]) -> tuple[list[Mutant], list[Reason]]:
    """The faults that nobody has justified, and the justifications of faults that no longer live."""
    unjustified = [one for one in unseen if not any(reason.fits(one) for reason in reasons)]
    stale = [reason for reason in reasons if not any(reason.fits(one) for one in unseen)]
    return unjustified, stale


def function_of(name: str) -> str:
    """`rules.goals.goal_attainment` of what mutmut calls `rules.goals.x_goal_attainment__mutmut_3`."""
    module, _, last = name.removeprefix("alongside.").rpartition(".")
    plain = re.sub(r"__mutmut_\d+$", "", last)
    kept = plain.removeprefix("xǁ").replace("ǁ", ".") if plain.startswith("xǁ") else plain.removeprefix("x_")
    return f"{module}.{kept}"


def changed(diff: str) -> tuple[str, str]:
    """The lines of a difference that went, and those that came, each joined into one."""
    body = [line for line in diff.splitlines() if not line.startswith(("---", "+++", "@@"))]
    return tuple(" ".join(line[1:].strip() for line in body if line.startswith(sign)) for sign in "-+")  # type: ignore[return-value] # two signs


def read() -> tuple[Counter[str], list[Mutant]]:
    """What became of every mutant, and the faults that no test saw. Reads what mutmut left in this directory."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    results: Counter[str] = Counter()
    unseen = []
    for meta in sorted(MADE.glob("src/alongside/**/*.py.meta")):
        source = str(meta.relative_to(MADE)).removesuffix(".meta")
        for name, code in json.loads(meta.read_text("utf-8"))["exit_code_by_key"].items():
            results["killed" if code in KILLED else UNSEEN.get(code, "out of time")] += 1
            if code in UNSEEN:
                unseen.append(Mutant(function_of(name), *changed(get_diff_for_mutant(name, path=source))))
    return results, unseen


def page(commit: str, results: Counter[str], unseen: list[Mutant], reasons: list[Reason]) -> str:
    """What is kept: the counts, and each survivor with why it may live."""
    counts = ", ".join(f"{results[name]:,} {name}" for name in ("killed", "out of time", "survived", "no tests"))
    lines = [
        "# Faults planted in the rules",
        "",
        f"Printed by `make mutants` at commit {commit}: {results.total():,} faults in `measures.rules` and",
        f"`outcomes.rules`, planted one at a time; {counts}. A fault that makes a test run without end is seen too.",
        "Every survivor is justified below (`mutants.toml`).",
        "",
        "| Where | It was | It became | Why it may live |",
        "| --- | --- | --- | --- |",
    ]
    for one in sorted(unseen, key=lambda one: (one.where, one.was, one.now)):
        why = next((reason.why for reason in reasons if reason.fits(one)), "**nobody has said**")
        cells = (f"`{one.where}`", f"`{one.was}`", f"`{one.now}`" if one.now else "(taken out)", why)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    if "--judge" not in arguments:
        subprocess.run([Path(sys.executable).with_name("mutmut"), "run"], check=True)
    results, unseen = read()
    told = tomllib.loads((PROOF / "mutants.toml").read_text("utf-8"))
    reasons = [Reason(**one) for one in told["survivor"]]
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    (PROOF / "mutants.md").write_text(page(commit, results, unseen, reasons), "utf-8")
    unjustified, stale = judged(unseen, reasons)
    print(", ".join(f"{count} {name}" for name, count in results.most_common()))
    for one in unjustified:
        print(f"Nobody has said why this may live: {one.where}\n  - {one.was}\n  + {one.now}")
    for reason in stale:
        print(f"This lives no longer, take it out: {reason.where}: {reason.was} -> {reason.now}")
    return 1 if unjustified or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
