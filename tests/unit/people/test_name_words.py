"""Under which words the find box finds a name."""

import pytest

from alongside.people import rules


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reed jordan", ["reed", "jordan"]),
        ("khan-hill amira", ["khan-hill", "amira", "hill"]),
        ("o'neil zoë", ["o'neil", "zoë", "neil"]),
        ("o’neil zoë", ["o’neil", "zoë", "neil"]),
        ("van der berg anna maria", ["van", "der", "berg", "anna", "maria"]),
        ("anna anna", ["anna"]),
        ("smith- jo", ["smith-", "jo"]),
        ("-", ["-"]),
        ("", []),
    ],
)
def test_each_word_and_what_follows_a_mark_within_it(name, words):
    assert rules.name_words(name) == words


def test_whoever_types_the_beginning_of_a_word_means_that_word():
    """Both ways of finding agree: by the words kept beside a name, and by the name itself."""
    for word in rules.name_words(name := "khan-hill o'neil zoë"):
        assert name.startswith(word) or any(f"{mark}{word}" in name for mark in (" ", *rules.WITHIN_NAMES))
