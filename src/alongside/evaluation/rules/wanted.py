"""Which answers an evaluation counts: all of them, unless somebody asks to leave some out by how they were given.

What nobody said of an answer leaves nothing out. An answer whose language was not said was given in English.
"""

from dataclasses import dataclass
from enum import StrEnum

from alongside.definitions import languages
from alongside.kernel.errors import Invalid, Several
from alongside.measures.rules.context import MOST_WEEKS, version_of


class Why(StrEnum):
    """Why a score is left out, called as what was asked for."""

    CLOUDED = "without_clouded"  # intoxicated or in withdrawal
    HELPED = "without_helped"
    RECENT_USE = "without_use_within"
    LANGUAGE = "only_language"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which scores an evaluation counts.

    `without_clouded` leaves out those answered while intoxicated or in withdrawal, `without_helped` those answered with
    anybody's help, a worker's or an interpreter's too. `without_use_within` is in weeks: 2 leaves out those answered
    less than two whole weeks after the last use. `only_language` leaves out every other language version than this one
    as cut-offs name it (`measures.rules.version_of`): empty is English, and None counts them all.
    """

    without_clouded: bool = False
    without_helped: bool = False
    without_use_within: int | None = None
    only_language: str | None = None

    @property
    def reasons(self) -> tuple[Why, ...]:
        """What somebody asked to leave out."""
        asked = {
            Why.CLOUDED: self.without_clouded,
            Why.HELPED: self.without_helped,
            Why.RECENT_USE: self.without_use_within is not None,
            Why.LANGUAGE: self.only_language is not None,
        }
        return tuple(why for why, is_asked in asked.items() if is_asked)


ALL = Wanted()


def wanted(
    *,
    without_clouded: bool = False,
    without_helped: bool = False,
    without_use_within: int | None = None,
    only_language: str = "",
) -> Wanted:
    """What somebody asked for as they write it: `only_language` is a code such as en, cy or bfi, or empty for all.

    Raises `Invalid` or `Several` naming `--without-use-within` or `--only-language`.
    """
    language = only_language.strip()
    problems = [*_weeks_problems(without_use_within), *languages.problems(language, "--only-language")]
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Several(problems)
    return Wanted(without_clouded, without_helped, without_use_within, version_of(language) if language else None)


def _weeks_problems(weeks: int | None) -> list[Invalid]:
    # Nothing was answered less than no weeks after the last use.
    if weeks is None or 1 <= weeks <= MOST_WEEKS:
        return []
    return [Invalid("--without-use-within", "Give whole weeks from 1 to {most}.", most=MOST_WEEKS)]
