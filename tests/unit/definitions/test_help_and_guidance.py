"""Help at once and guidance on suitability: complete, sourced, and honest about what nobody checked."""

import pytest

from alongside.definitions import suitability
from alongside.definitions.alcohol import alcohol
from alongside.definitions.help_now import HelpNow, help_in, help_now
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid
from alongside.organisations.rules import JURISDICTIONS


def test_the_most_urgent_line_stands_first():
    found = {where: [line.key for line in help_now(where).lines] for where in JURISDICTIONS}
    assert found == {"uk": ["999", "111_2", "samaritans"], "us": ["911", "988"]}


@pytest.mark.parametrize(
    ("jurisdictions", "found"),
    [(["us"], ["us"]), (["us", "uk", "us"], ["uk", "us"]), ([], ["uk"]), (["uk"], ["uk"])],
)
def test_where_no_service_is_named_yet_there_are_the_numbers_of_each(jurisdictions, found):
    assert [one.jurisdiction for one in help_in(jurisdictions)] == found


def test_nobody_is_given_the_numbers_of_another_country():
    with pytest.raises(KeyError):
        help_now("fr")


@pytest.mark.parametrize("where", JURISDICTIONS)
def test_every_line_can_be_dialled(where):
    assert all(line.dial.isdigit() for line in help_now(where).lines)
    emergency = help_now(where).lines[0].dial
    assert emergency in alcohol().warning.signs_in(where)


@pytest.mark.parametrize("where", JURISDICTIONS)
def test_nothing_unchecked_claims_to_be_checked(where):
    assert not help_now(where).verified
    assert not any(line.verified for line in help_now(where).lines)


def test_nothing_unchecked_about_suitability_claims_to_be_checked():
    assert {one.key for one in suitability.guidance().statements if one.verified} == {"audit"}


def test_a_line_without_a_source_is_refused():
    head = 'key = "h"\nname = "H"\nversion = "1"\nauthor = "A"\nchecker = "none"\nlicence = "L"\nsource = "S"\n'
    head += 'jurisdiction = "uk"\nwhere = "W"\nunanswered = "U"\n'
    line = '\n[[lines]]\nkey = "x"\nwhen = "w"\nname = "n"\nnumber = "1"\ndial = "1"\nhours = "h"\nverified = false\n'
    with pytest.raises(Invalid, match=r"lines\.0\.source"):
        parse(head + "verified = false\n" + line, HelpNow, "planted.toml")
