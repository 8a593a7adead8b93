"""Names and numbers that belong to nobody."""

from functools import cache
from random import Random

from mimesis import Person
from mimesis.enums import Gender
from mimesis.locales import Locale

from alongside.cli.demonstration.shapes import Traits
from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Text

TEST_RANGE = 999  # NHS numbers that begin so are never given to anybody
_ELSEWHERE = (Locale.PL, Locale.IT, Locale.ES, Locale.PT, Locale.TR)
_STREETS = ("Mill Lane", "Station Road", "Albert Street", "Park View", "Church Lane", "Quay Street", "Hill Rise")


class Group(Content):
    """Names that go together."""

    ethnicities: tuple[Text, ...]
    female: tuple[Text, ...]
    male: tuple[Text, ...]
    family: tuple[Text, ...]


class Names(Definition):
    """All of them, as the file holds them."""

    codes: dict[str, Text]
    groups: tuple[Group, ...]


@cache
def _file() -> Names:
    return load_one(__package__ or "", "names.toml", Names)


def ethnic_category(ethnicity: str) -> str:
    """The letter of the national list for an ethnicity of the assumptions."""
    return _file().codes[ethnicity]


@cache
def _names() -> dict[str, Group]:
    groups = _file().groups
    return {ethnicity: group for group in groups for ethnicity in group.ethnicities}


@cache
def _library(locale: Locale) -> Person:
    return Person(locale)


def name(random: Random, traits: Traits) -> tuple[str, str]:
    """A given and a family name."""
    group = _names().get(traits.ethnicity)
    if group:
        given = group.female if traits.sex == "female" else group.male
        return random.choice(given), random.choice(group.family)
    locale = random.choice(_ELSEWHERE) if traits.ethnicity == "White other" else Locale.EN_GB
    library = _library(locale)
    library.reseed(random.getrandbits(32))
    gender = Gender.FEMALE if traits.sex == "female" else Gender.MALE
    return library.first_name(gender=gender), library.last_name(gender=gender)


def nhs_number(place: int) -> str:
    """The NHS number of the person at this place, in the test range and with the right check digit; each place has
    another number. Source of the check: NHS Data Dictionary, modulus 11."""
    for body in range(place * 2, place * 2 + 2):
        digits = f"{TEST_RANGE}{body:06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(check % 11)
    raise ValueError(f"Neither number of place {place} has a check digit.")  # never two in a row: the last weight is 2


def phone(random: Random) -> str:
    """A mobile number from the range that is kept free for fiction (07700 900000 to 900999)."""
    return f"07700 900{random.randint(0, 999):03d}"


def address(random: Random) -> str:
    """A street that could be anywhere."""
    return f"{random.randint(1, 180)} {random.choice(_STREETS)}, Northford"
