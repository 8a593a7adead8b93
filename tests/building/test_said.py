"""Every sentence that somebody reads, wherever it is written, reaches the translators' one catalogue."""

import tomllib
from pathlib import Path

import pytest

from alongside.definitions import spoken
from tests.building import said
from tests.building.house import ROOT
from tests.catalogue import collected

# The invented record of the demonstration, and what only the build or a page of the repository's own documents says.
NOT_FOR_READERS = {"migrations", "demonstration", "management"}
DOCUMENTS = {"definitions/indicators/page.py", "evaluation/tables/page.py", "evaluation/tables/catalogue.py"}
COMMANDS = "cli/"  # its help is put together as it starts, before anybody could have chosen a language


def _modules() -> list[str]:
    found = (path.relative_to(ROOT) for path in sorted(ROOT.rglob("*.py")))
    return [one.as_posix() for one in found if not NOT_FOR_READERS & set(one.parts)]


@pytest.fixture(scope="module")
def known() -> set[str]:
    return {one for message in collected() for one in ([message.id] if isinstance(message.id, str) else message.id)}


def test_every_sentence_reaches_the_translators(known):
    untold = {name: said.untold((ROOT / name).read_text("utf-8"), known) for name in {*_modules()} - DOCUMENTS}
    assert {name: sentences for name, sentences in untold.items() if sentences} == {}


def test_every_word_of_the_definitions_reaches_them(known):
    words = {
        one
        for path in (ROOT / "definitions").rglob("*.toml")
        for one in spoken.spoken(tomllib.loads(path.read_text("utf-8")))
    }
    assert len(words) > 200
    assert words <= known


def test_nothing_is_said_before_somebody_listens():
    early = {name: said.too_early((ROOT / name).read_text("utf-8")) for name in _modules()}
    lazily = {name for name in early if "gettext_lazy as _" in Path(ROOT / name).read_text("utf-8")}
    assert {name for name, lines in early.items() if lines and not name.startswith(COMMANDS)} <= lazily


@pytest.mark.parametrize(
    "planted",
    [
        'raise Invalid("amount", "No such thing")',
        'raise Invalid("amount", f"{given} is not known")',
        'raise Stale("Somebody changed this. Look again.")',
        'CHANGED = "Somebody changed this. Look again."',
        'CANNOT = {State.CLOSED: "This question is closed now."}',
        """def line(): return f"{name} {_('is new here')}" """,
        'def advice(): return f"Choose the {field} first."',
    ],
)
def test_a_sentence_that_nobody_could_translate_is_caught(planted):
    assert said.untold(planted, {"Known."})


@pytest.mark.parametrize(
    "fine",
    [
        '"""A docstring. It says more."""',
        'raise Invalid("amount", "There is no {amount}.", amount=3)',
        'raise RuntimeError("A lock outside a transaction holds nothing.")',
        'SELECT = "SELECT one FROM two"',
    ],
)
def test_what_is_known_or_never_read_is_left_alone(fine):
    assert not said.untold(fine, {"There is no {amount}."})


@pytest.mark.parametrize(("planted", "lines"), [('A = _("Now")', [1]), ('def a():\n    return _("Now")', [])])
def test_a_sentence_said_too_early_is_caught(planted, lines):
    assert said.too_early(planted) == lines
