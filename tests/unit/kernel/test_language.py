"""Words in the reader's language where no framework is known: English, until an entrance speaks."""

from datetime import date

import pytest

from alongside.kernel import language
from alongside.kernel.errors import Duplicate, Invalid, NotThere, Several
from alongside.kernel.language import Words, civil, gettext, later, ngettext, said

WELSH = {
    "There is no {field} called {key}.": "Nid oes {field} o'r enw {key}.",
    "Choose a day.": "Dewiswch ddiwrnod.",
    "We cannot find that. Check the address, or ask the person.": "Ni allwn ddod o hyd i hynny.",
    "March": "Mawrth",
    "": "Language: cy",  # a catalogue's own header
}


@pytest.fixture
def silence(monkeypatch):
    monkeypatch.setattr(language._Speaker, "one", None)
    monkeypatch.setattr(language._Speaker, "many", None)


@pytest.fixture
def welsh(monkeypatch, silence):
    language.speak(lambda english: WELSH.get(english, english), lambda one, many, _number: many + "!")


def test_nobody_speaks_and_it_is_english(silence):
    assert gettext("Choose a day.") == "Choose a day."
    assert [ngettext("a day", "days", number) for number in (0, 1, 2)] == ["days", "a day", "days"]


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 3, 3), "3 March 2026"), (date(1999, 12, 31), "31 December 1999")]
)
def test_a_day_in_words(silence, day, words):
    assert civil(day) == words


@pytest.mark.usefixtures("welsh")
class TestWelsh:
    def test_a_month_is_called_what_the_reader_calls_it(self):
        assert civil(date(2026, 3, 3)) == "3 Mawrth 2026"

    def test_values_stand_where_the_language_wants_them(self):
        assert said("There is no {field} called {key}.", field="arm", key="one") == "Nid oes arm o'r enw one."

    def test_braces_of_a_finished_sentence_are_left_alone(self):
        assert said("[{broken}") == "[{broken}"

    def test_nothing_stays_nothing(self):
        assert said("") == ""

    def test_what_counts_follows_the_language(self):
        assert ngettext("a day", "days", 1) == "days!"

    def test_a_table_is_written_once_and_said_when_it_is_read(self):
        table = Words({"day": later("Choose a day.")})
        assert (table["day"], list(table.values()), len(table)) == ("Dewiswch ddiwrnod.", ["Dewiswch ddiwrnod."], 1)

    @pytest.mark.parametrize(
        ("error", "shown"),
        [
            (Invalid("arm", "There is no {field} called {key}.", field="arm", key="x"), "arm: Nid oes arm o'r enw x."),
            (Invalid("", "Choose a day."), "Dewiswch ddiwrnod."),
            (Several([Invalid("a", "Choose a day."), Invalid("b", "One.")]), "a: Dewiswch ddiwrnod.; b: One."),
            (Duplicate("Choose a day.", existing="con_x"), "Dewiswch ddiwrnod."),
            (NotThere(), "Ni allwn ddod o hyd i hynny."),
        ],
    )
    def test_an_error_is_said_in_the_language_of_its_reader(self, error, shown):
        assert str(error) == shown
