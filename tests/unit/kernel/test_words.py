"""What somebody wrote: kept without its margins, refused where it is empty or too long."""

import pytest

from alongside.kernel.errors import Invalid
from alongside.kernel.words import check_words


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" To sleep\n", "To sleep"),
        ("x" * 1000, "x" * 1000),
        (" " * 2000 + "x", "x"),  # margins do not count
    ],
)
def test_words_are_kept_without_their_margins(written, kept):
    assert check_words("text", written, "Write it.", longest=1000) == kept


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (" \n", "Write the question."),
        ("x" * 1001, "This is 1,001 characters long. Shorten it to 1,000 or fewer."),
    ],
)
def test_nothing_and_too_much_name_the_field(written, says):
    with pytest.raises(Invalid) as refused:
        check_words("question", written, "Write the question.", longest=1000)
    assert (refused.value.field, refused.value.message) == ("question", says)
