"""What can go wrong, in sentences fit for a screen.

Every error has an exit code for the command line and says what to do next. `NotThere` is one class for "no such
thing" and "not for you": two classes would be two answers, and the difference is itself a disclosure.

An error carries its sentence as translators know it, beside the values that belong in its `{places}`; `message` says
it in the language of whoever reads it. So no sentence is ever put together before it can be translated.
"""

from alongside.kernel.language import later, said


class AlongsideError(Exception):
    """The root: anything we refuse to do, with a sentence for the person in front of us."""

    exit_code = 1

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values

    @property
    def message(self) -> str:
        """The sentence in the reader's language, with its values."""
        return said(self.sentence, **self.values)

    def __str__(self) -> str:
        return self.message


class Invalid(AlongsideError):
    """Bad input. `field` names what to put right; `message` says how."""

    exit_code = 2

    def __init__(self, field: str, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Several(AlongsideError):
    """Several pieces of bad input at once, so that a form can show them all."""

    exit_code = 2

    def __init__(self, problems: list[Invalid]) -> None:
        super().__init__("")
        self.problems = problems

    @property
    def message(self) -> str:
        return "; ".join(str(problem) for problem in self.problems)


class NotThere(AlongsideError):
    """Not there, or not for you: the same words, always."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(later("We cannot find that. Check the address, or ask the person."))


class NotAllowed(AlongsideError):
    """The reader may see the thing but may not do this to it; says who can."""

    exit_code = 4


class Stale(AlongsideError):
    """Somebody else changed it first; nothing was saved."""

    exit_code = 5


class Duplicate(AlongsideError):
    """The same submission twice; the first one stands. `existing` is the id of what was made."""

    exit_code = 6

    def __init__(self, sentence: str, existing: str) -> None:
        super().__init__(sentence)
        self.existing = existing
