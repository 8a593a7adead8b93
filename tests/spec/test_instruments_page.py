"""The reference page of instruments is what the definitions say, and says what is unverified."""

import pytest

from alongside.definitions.instruments import instruments
from tests.rebuilding import rebuilt
from tests.spec import instrument_cases as cases
from tests.spec import instruments_page as page


def test_the_committed_page_is_what_the_definitions_say():
    assert page.PAGE.read_text("utf-8") == page.render(), "Run: python -m tests.spec.instruments_page"


def test_a_changed_definition_changes_the_page(monkeypatch):
    changed = [rebuilt(known, version="2") for known in instruments()]
    monkeypatch.setattr(page, "instruments", lambda: changed)
    assert page.PAGE.read_text("utf-8") != page.render()


@pytest.mark.parametrize("known", instruments(), ids=lambda known: known.key)
def test_every_unverified_instrument_says_so(known):
    section = page.render().split(f"## {known.name}\n", 1)[1].split("\n## ", 1)[0]
    assert ("**Unverified**" in section) is not known.verified
    assert section.count("**no**") >= len(known.unverified)


@pytest.mark.parametrize("known", instruments(), ids=lambda known: known.key)
def test_every_instrument_has_worked_cases(known):
    assert cases.of(known.key)
    assert f"| [`{known.key}`](#" in page.render()
