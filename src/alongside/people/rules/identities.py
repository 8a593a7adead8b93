"""What makes an identity usable: NHS numbers, dates of birth, names; and who is meant by one that was typed. Pure.

NHS number check digit: modulus 11 over the first nine digits, weights 10 to 2 (NHS Data Dictionary).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nhs_number.validate import is_valid

from alongside.definitions import languages
from alongside.kernel.errors import Invalid

# They pass the check digit and are nobody: systems put them where no number is known.
DUMMIES = frozenset({"0000000000", "9999999999"})
OLDEST = 120
WITHIN_NAMES = ("-", "'", "’")  # behind each of them a word of a name begins too
_WITHIN = re.compile(f"[{''.join(WITHIN_NAMES)}]")
LONGEST_REASON = 2_000
# The widths of the columns: one database would cut what another refuses, so neither is asked.
LONGEST = {
    "given_name": 80,
    "family_name": 80,
    "preferred_name": 80,
    "gender": 40,
    "pronouns": 40,
    "ethnicity": 4,
    "language": 16,
    "phone": 32,
    "email": 254,
}


class NumberStatus(StrEnum):
    """NHS number verification status (NHS Data Dictionary); 08 is not valid in the Talking Therapies data set."""

    VERIFIED = "01"
    PRESENT_NOT_TRACED = "02"
    TRACE_REQUIRED = "03"
    NO_OR_SEVERAL_MATCHES = "04"
    TO_BE_RESOLVED = "05"
    IN_PROGRESS = "06"
    NOT_PRESENT = "07"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    INDETERMINATE = "indeterminate"
    UNKNOWN = "unknown"


def check_nhs_number(text: str) -> str:
    """The ten digits of an NHS number written with or without spaces; empty stays empty.

    Raises `Invalid("nhs_number", …)` for a wrong length, other characters, a wrong check digit, or a dummy.
    """
    digits = text.replace(" ", "").replace("-", "")
    if digits == "":
        return ""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise Invalid(
            "nhs_number",
            "An NHS number has 10 digits, such as 943 476 5919. Leave it empty if it is not known.",
        )
    if digits in DUMMIES:
        raise Invalid(
            "nhs_number", "This is a filler number that belongs to nobody. Leave it empty if it is not known."
        )
    if not is_valid(digits):
        raise Invalid(
            "nhs_number",
            "This NHS number has a digit wrong: its check digit does not fit. Check it with the person.",
        )
    return digits


def spaced(number: str) -> str:
    """An NHS number as people read it: 3, 3 and 4 digits."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


def check_birth_date(born: date, today: date) -> date:
    """Raises `Invalid("birth_date", …)` for a date in the future or more than 120 years ago."""
    if born > today:
        raise Invalid("birth_date", "The date of birth is in the future.")
    if today.year - born.year > OLDEST:
        raise Invalid("birth_date", "The date of birth is more than {oldest} years ago.", oldest=OLDEST)
    return born


def check_born(field: str, day: date, born: date) -> None:
    """Raises `Invalid(field, …)` for a day of somebody's life before it began: a year that was mistyped."""
    if day < born:
        raise Invalid(field, "This is before they were born. Look at the year, and at their date of birth.")


def age(born: date, on: date) -> int:
    """Whole years on a day; someone born on 29 February turns a year older on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody says they are. Everything but the names and the date of birth may be unknown (empty)."""

    given_name: str
    family_name: str
    birth_date: date
    preferred_name: str = ""
    nhs_number: str = ""
    nhs_number_status: str = NumberStatus.NOT_PRESENT
    sex: str = Sex.UNKNOWN
    gender: str = ""
    pronouns: str = ""
    ethnicity: str = ""
    language: str = "en"
    interpreter: bool = False
    access_needs: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    deprivation_decile: int | None = None
    safe_contact: str = ""
    email_is_safe: bool = False  # the person said so; where nobody asked, nothing is sent
    text_is_safe: bool = False
    may_name_us: bool = False  # whether a message may say which service it is from


class Channel(StrEnum):
    """What a short message goes by."""

    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a short message to somebody may go. An address is empty unless they said that it is safe."""

    email: str = ""
    phone: str = ""
    may_name_us: bool = False

    def address(self, channel: str) -> str:
        return self.email if channel == Channel.EMAIL else self.phone if channel == Channel.SMS else ""


def reach(identity: Identity) -> Reach:
    """Where a message may go by what somebody said of themselves: both the address and that it is safe."""
    email = identity.email.strip() if identity.email_is_safe else ""
    phone = identity.phone.strip() if identity.text_is_safe else ""
    return Reach(email, phone, identity.may_name_us)


def check_identity(identity: Identity, today: date) -> None:
    """Raises `Invalid` for the first field that cannot be right."""
    if not identity.given_name.strip():
        raise Invalid("given_name", "Enter the person's first name.")
    if not identity.family_name.strip():
        raise Invalid("family_name", "Enter the person's last name.")
    check_birth_date(identity.birth_date, today)
    check_nhs_number(identity.nhs_number)
    if identity.sex not in set(Sex):
        raise Invalid("sex", "Sex must be one of {known}.", known=", ".join(Sex))
    for field, longest in LONGEST.items():
        if len(str(getattr(identity, field))) > longest:
            words = field.replace("_", " ").capitalize()
            raise Invalid(
                field,
                "{words} can hold {longest} characters. Shorten it, or choose from the list.",
                words=words,
                longest=longest,
            )
    for problem in languages.problems(identity.language):
        raise problem
    if identity.deprivation_decile is not None and not 1 <= identity.deprivation_decile <= 10:
        raise Invalid("deprivation_decile", "The deprivation decile runs from 1 (most deprived) to 10.")


def search_name(given: str, family: str) -> str:
    """How a name is folded for the find box: `family given`, lower case."""
    return f"{family} {given}".casefold().strip()


def name_words(name: str) -> list[str]:
    """The words by which a folded name is found, in their order: each word, and what follows a hyphen or an apostrophe
    in it (`smith-jones`, `jones`)."""
    words = name.split()
    return list(dict.fromkeys([*words, *(part for word in words for part in _WITHIN.split(word)[1:] if part)]))


@dataclass(frozen=True, slots=True)
class Typed:
    """Who is meant, by what somebody typed from memory or from a card: the number may be missing."""

    given_name: str
    family_name: str
    birth_date: date
    nhs_number: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registration of somebody born on that day."""

    registration: str
    service: str
    given_name: str
    preferred_name: str
    family_name: str
    nhs_number: str


def check_typed(typed: Typed, today: date) -> Typed:
    """As it is looked for. Raises `Invalid` naming what is missing or cannot be right."""
    if not typed.given_name.strip():
        raise Invalid("given_name", "Enter the person's first name.")
    if not typed.family_name.strip():
        raise Invalid("family_name", "Enter the person's last name.")
    check_birth_date(typed.birth_date, today)
    number = check_nhs_number(typed.nhs_number)
    return Typed(typed.given_name.strip(), typed.family_name.strip(), typed.birth_date, number)


def meant(typed: Typed, candidates: Iterable[Candidate]) -> dict[str, str]:
    """The registration of each service that was meant, by service. `candidates` were all born on that day.

    Where both have an NHS number it decides, and names may be spelt as they like; else both names have to be theirs. A
    service where that fits two is left out: nobody's record is opened on a guess.
    """
    found: dict[str, list[tuple[bool, str]]] = {}
    for one in candidates:
        by_number = bool(typed.nhs_number) and typed.nhs_number == one.nhs_number
        other_number = bool(typed.nhs_number and one.nhs_number) and not by_number
        if by_number or (not other_number and _named(typed, one)):
            found.setdefault(one.service, []).append((by_number, one.registration))
    return {service: fits[0][1] for service, fits in ((key, _best(some)) for key, some in found.items()) if fits}


def _best(fits: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """The one that fits, or by number rather than by name; empty where that leaves two."""
    best = [one for one in fits if one[0]] or fits
    return best if len(best) == 1 else []


def _named(typed: Typed, one: Candidate) -> bool:
    given = {plain_name(one.given_name), plain_name(one.preferred_name)} - {""}
    return plain_name(typed.family_name) == plain_name(one.family_name) and plain_name(typed.given_name) in given


def plain_name(name: str) -> str:
    """A name without what people leave out in a hurry: case, accents, and whatever is no letter."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in bare if letter.isalpha())


class Mistake(StrEnum):
    """What was wrong with a record that is put right."""

    CORRECTED = "corrected"
    WRONG_PERSON = "wrong_person"


@dataclass(frozen=True, slots=True)
class Correcting:
    """Why a record is put right, which practitioners were told, and anybody else who was, in words."""

    reason: str
    told: tuple[str, ...] = ()
    told_others: str = ""


def check_correcting(why: Correcting) -> None:
    """Raises `Invalid("reason", …)` where nothing was said."""
    if not why.reason.strip():
        raise Invalid("reason", "Say what was wrong, in a sentence that a colleague can follow.")


def check_kept(named: Iterable[str], keeper: str, colleagues: Iterable[str], reason: str) -> list[str]:
    """Those to whom a registration is kept, in order. `colleagues` are who may treat people in its service.

    Raises `Invalid` naming `named`, `keeper` or `reason`.
    """
    chosen = sorted(set(named))
    if not chosen:
        raise Invalid("named", "Name at least one colleague who treats them: somebody has to.")
    if set(chosen) - set(colleagues):
        raise Invalid("named", "Choose from those who treat people in your service now.")
    if keeper not in chosen:
        raise Invalid("keeper", "Choose somebody whom you named: they have what would be the team's.")
    check_why_restricted(reason)
    return chosen


def check_why_restricted(reason: str) -> str:
    """The reason as it is kept. Raises `Invalid("reason", …)` where there is none, or it is too long."""
    if not reason.strip():
        raise Invalid("reason", "Say why. Whoever reviews it reads this.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", "Keep it to {most} letters.", most=LONGEST_REASON)
    return reason.strip()
