"""Help at once and guidance on suitability: complete, sourced, and honest about what nobody checked."""

import pytest

from alongside.definitions import suitability
from alongside.definitions.help_now import HelpNow, help_now
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid


def test_the_most_urgent_line_stands_first():
    assert [line.key for line in help_now().lines] == ["999", "111_2", "samaritans"]


def test_every_line_can_be_dialled():
    assert all(line.dial.isdigit() for line in help_now().lines)


def test_nothing_unchecked_claims_to_be_checked():
    assert not help_now().verified
    assert not any(line.verified for line in help_now().lines)
    assert {one.key for one in suitability.guidance().statements if one.verified} == {"audit"}


def test_a_line_without_a_source_is_refused():
    head = 'key = "h"\nname = "H"\nversion = "1"\nauthor = "A"\nchecker = "none"\nlicence = "L"\nsource = "S"\n'
    line = '\n[[lines]]\nkey = "x"\nwhen = "w"\nname = "n"\nnumber = "1"\ndial = "1"\nhours = "h"\nverified = false\n'
    with pytest.raises(Invalid, match=r"lines\.0\.source"):
        parse(head + "verified = false\n" + line, HelpNow, "planted.toml")
