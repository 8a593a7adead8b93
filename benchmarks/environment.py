"""Where a benchmark works, and the settings it works under. Read before Django is set up."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "var" / "bench"


def environment() -> dict[str, str]:
    """Settings of a benchmark: its own home, plain HTTP, and otherwise as a service would run."""
    KEPT.mkdir(parents=True, exist_ok=True)
    return {one: value for one, value in os.environ.items() if not one.startswith("ALONGSIDE_")} | {
        "ALONGSIDE_SECRET_KEY": "only-for-benchmarks",
        "ALONGSIDE_HOME": str(KEPT),
        "ALONGSIDE_HTTPS": "no",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }
