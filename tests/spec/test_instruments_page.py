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


@pytest.mark.parametrize("known", instruments(), ids=lambda known: known.key)
def test_the_table_says_licence_and_domain_in_words(known):
    [row] = [line for line in page.render().splitlines() if line.startswith(f"| [`{known.key}`](#")]
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert cells[2] == known.domain.replace("_", " ")
    assert cells[7].removesuffix(" (unverified)") == page.LICENCES[known.text.status]
    assert cells[7].endswith(" (unverified)") is not known.text.verified


def test_every_licence_of_a_text_has_its_words():
    assert {known.text.status for known in instruments()} <= set(page.LICENCES)
