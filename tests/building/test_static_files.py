"""What a page loads is ours, or vendored without what must not be shipped."""

import re
from pathlib import Path

import pytest

STATIC = Path("src/alongside/web/static")
FORBIDDEN = {
    "another server": re.compile(r"(?:url\(|import\s*\(?|from\s*|fetch\()\s*['\"]?(?:https?:)?//"),
    "a licensed font": re.compile(r"@font-face|frutiger", re.IGNORECASE),
    "a source map": re.compile("sourceMappingURL"),
    "evaluated text": re.compile(r"\beval\(|new Function\("),
}


def faults(text: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def _files() -> list[Path]:
    return sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"})


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_no_file_reaches_outside_or_ships_what_it_may_not(path):
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "@font-face{font-family:x}",
        "a{background:url(https://example.org/x.png)}",
        'import x from "//example.org/x.js"',
        "//# sourceMappingURL=x.map",
        "eval('1')",
    ],
)
def test_a_planted_fault_is_caught(planted):
    assert faults(planted)


def test_the_vendored_design_keeps_its_licence_and_version():
    vendored = STATIC / "vendor/nhsuk"
    assert "MIT License" in (vendored / "LICENSE").read_text("utf-8")
    version = (vendored / "VERSION").read_text("utf-8").strip()
    assert version in (vendored / "nhsuk-frontend.min.css").read_text("utf-8")[:200]
