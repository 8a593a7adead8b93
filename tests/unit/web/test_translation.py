"""What is marked for translation is found, and what is translated is said."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import trans_real

from alongside.evaluation.report import words
from alongside.kernel.errors import Invalid, Several, Stale
from alongside.kernel.words import check_words
from alongside.web import refusals
from tests.catalogue import collected


@pytest.mark.parametrize(
    "sentence",
    [
        "That is not there",  # in a template
        "You were signed out because this page was left alone. Nothing was lost that you saved.",  # in Python
        "Date of the contact",  # a label, said later
        "If it was not you, tell your service's administrator now.",  # in a letter
        "Choose another service than your own.",  # in an action
        "Recommendation {number} already has a reply.",  # in a rule, with its value apart
        "Attended on time",  # in a definition
        "Who came, and what became of them",  # in the report
        "Not decided yet",  # in a table of the report
        "Score a file of questionnaire answers.",  # in a command
    ],
)
def test_every_kind_of_sentence_reaches_the_translators(sentence):
    assert sentence in collected()


def test_what_counts_reaches_them_with_its_plural():
    assert collected()["%(count)d day late"].id == ("%(count)d day late", "%(count)d days late")


SAID = {
    "That is not there": "Nid yw hynny yno",
    "Somebody has already put this right. Look at what stands now.": "Mae rhywun eisoes wedi cywiro hyn.",
    "This is {count:,} characters long. Shorten it to {longest:,} or fewer.": "Nid {count:,}: {longest:,} ar y mwyaf.",
    "Not decided yet": "Heb benderfynu eto",
}


@pytest.fixture
def welsh(tmp_path, settings):
    """A few translated sentences, compiled as an installation would."""
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="cy")
    for english, said in SAID.items():
        catalogue.add(english, said)
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


def test_a_refusal_raised_below_the_pages_is_said_in_the_readers_language(welsh):
    refusal = Stale("Somebody has already put this right. Look at what stands now.")
    with translation.override("cy"):
        page = refusals.refuse(RequestFactory().get("/x"), refusal).content.decode()
    assert "Mae rhywun eisoes wedi cywiro hyn." in page
    assert refusal.message == "Somebody has already put this right. Look at what stands now."  # again in English


def test_a_refusal_of_a_rule_is_translated_with_its_values_in_their_places(welsh):
    with pytest.raises(Invalid) as refused:
        check_words("text", "x" * 1001, "", longest=1000)
    with translation.override("cy"):
        assert str(Several([refused.value])) == "text: Nid 1,001: 1,000 ar y mwyaf."


def test_the_report_speaks_with_the_same_words(welsh):
    with translation.override("cy"):
        assert words.STEPS["undecided"] == "Heb benderfynu eto"
    assert words.STEPS["undecided"] == "Not decided yet"
