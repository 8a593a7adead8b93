"""Packs hold the words of every question, and only of questions whose owners let anybody reproduce them."""

import shutil
from importlib import resources

import pytest

from alongside.definitions import texts
from alongside.definitions.instruments import instrument
from alongside.kernel.errors import Invalid

PACKS = resources.files("alongside.definitions.texts")
GAD7 = PACKS.joinpath("gad7.en-GB.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def only_ours():
    yield
    texts._own.clear()


@pytest.mark.parametrize("pack", texts.packs(), ids=lambda pack: f"{pack.instrument}.{pack.language}")
def test_only_free_words_are_shipped(pack):
    assert instrument(pack.instrument).text.status == "free"
    assert PACKS.joinpath(f"{pack.instrument}.{pack.language}.toml").is_file()


def test_gad7_begins_with_its_lowest_answer_as_published():
    # A widely copied misprint changed it (Zorowitz 2021).
    words, first = texts.pack("gad7"), instrument("gad7").items[0]
    assert words.answer(first, 0) == "Not at all"
    assert words.question(first) == "Feeling nervous, anxious, or on edge"


def test_words_written_for_one_country_are_not_shown_in_another():
    assert "units" in texts.pack("audit_c", jurisdiction="uk").items[1].text
    elsewhere = texts.pack("audit_c", jurisdiction="us")
    assert elsewhere is None or "units" not in elsewhere.items[1].text


def test_an_instrument_without_a_pack_has_no_words():
    assert texts.pack("spin") is None
    assert texts.pack("gad7", language="cy") is None


def test_a_service_brings_words_of_its_own(tmp_path):
    (tmp_path / "gad7.toml").write_text(GAD7.replace("Trouble relaxing", "Words of our own"))
    assert len(texts.use_packs_from(tmp_path)) == 1
    assert texts.pack("gad7").question(instrument("gad7").items[3]) == "Words of our own"


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('text = "Trouble relaxing"', 'txet = "Trouble relaxing"', r"items\.3\.txet \(line \d+\): Extra inputs"),
        ('[[items]]\ntext = "Trouble relaxing"', "", "GAD-7 has 7 questions and the pack 6"),
        ("value = 3", "value = 4", "Question 1 may be answered 0, 1, 2, 3; the pack has words for 0, 1, 2, 4"),
        ('instrument = "gad7"', 'instrument = "gad77"', "We do not know “gad77”"),
        ("licence = ", "lisence = ", "licence: Field required"),
    ],
)
def test_a_faulty_pack_is_refused_by_name(tmp_path, before, after, complaint):
    assert before in GAD7
    (tmp_path / "gad7.toml").write_text(GAD7.replace(before, after, 1))
    with pytest.raises(Invalid, match=complaint):
        texts.use_packs_from(tmp_path)
    assert texts.pack("gad7").question(instrument("gad7").items[3]) == "Trouble relaxing"


def test_a_directory_that_is_not_there_is_named(tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(Invalid, match="ALONGSIDE_TEXT_PACKS: There is no directory"):
        texts.use_packs_from(tmp_path)
