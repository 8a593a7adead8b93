"""Which codes are languages, and what somebody meant who wrote something else."""

import pytest
from babel import Locale

from alongside.definitions import languages


@pytest.mark.parametrize(
    "tag", ["en", "en-GB", "EN-gb", "cy", "bfi", "bfi-GB", "ase", "zh-Hant-HK", "es-419", "kmr", "asf"]
)
def test_what_is_a_language(tag):
    assert languages.is_tag(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "zz",
        "BSL",
        "English",
        "eng",
        "en-",
        "-",
        "en-ZZ",
        "en-UKK",
        "en-Abcd",
        "und",
        "zxx",
        "e1",
        "en_GB",
        "en-GB-GB",
    ],
)
def test_what_is_none(tag):
    assert not languages.is_tag(tag)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("BSL", ("bfi",)),
        ("bsl", ("bfi",)),
        ("British sign language", ("bfi",)),
        ("ASL", ("ase",)),
        ("English", ("en",)),
        ("English!", ("en",)),
        ("Engish", ("en",)),
        ("eng", ("en",)),
        ("Welsh", ("cy",)),
        ("wel", ("cy",)),
        ("pol", ("pl",)),
        ("Chinese", ("zh",)),
        ("Dari", ("prs",)),
        ("zz", ()),
        ("?", ()),
        ("", ()),
    ],
)
def test_what_was_meant(written, codes):
    assert languages.meant(written) == codes


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("cy", "en_GB", "Welsh"),
        ("de", "de", "Deutsch"),
        ("bfi", "en_GB", "British Sign Language"),
        ("bfi", "de", "British Sign Language"),
        ("zz", "en_GB", "zz"),
    ],
)
def test_a_language_by_name(code, reader, name):
    assert languages.name_in(code, Locale.parse(reader)) == name


def test_what_unicode_lists_is_not_listed_again_but_to_be_called_short():
    listed = Locale("en").languages
    assert {one.code for one in languages.beyond_unicode().languages if one.code in listed} == {"ase"}


def test_no_code_is_there_twice():
    codes = [one.code for one in languages.beyond_unicode().languages]
    assert len(codes) == len(set(codes))
