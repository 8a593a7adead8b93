"""What is marked for translation is found, and what is translated is said."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import trans_real

from alongside.web import refusals

WEB = Path("src/alongside/web")


@pytest.fixture(scope="module")
def marked(tmp_path_factory) -> Catalog:
    found = tmp_path_factory.mktemp("words") / "alongside.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", str(WEB / "locale/babel.cfg")]
    subprocess.run([*command, "-k", "gettext_lazy", "-o", str(found), str(WEB)], check=True)  # noqa: S603
    with found.open("rb") as lines:
        return read_po(lines)


@pytest.mark.parametrize(
    "sentence",
    [
        "That is not there",  # in a template
        "You were signed out because this page was left alone. Nothing was lost that you saved.",  # in Python
        "Date of the contact",  # a label, said later
        "If it was not you, tell your service's administrator now.",  # in a letter
    ],
)
def test_every_kind_of_sentence_reaches_the_translators(marked, sentence):
    assert sentence in marked


def test_what_counts_reaches_them_with_its_plural(marked):
    assert marked["%(count)d day late"].id == ("%(count)d day late", "%(count)d days late")


@pytest.fixture
def welsh(tmp_path, settings):
    """One translated sentence, compiled as an installation would."""
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="cy")
    catalogue.add("That is not there", "Nid yw hynny yno")
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.pop("cy", None)  # Django keeps a language that it has once loaded
    yield
    trans_real._translations.pop("cy", None)


def test_a_translated_sentence_is_what_the_page_says(welsh):
    with translation.override("cy"):
        page = refusals.not_there(RequestFactory().get("/x")).content.decode()
    assert "<h1>Nid yw hynny yno</h1>" in page
    assert '<html lang="cy">' in page
