"""What can go wrong, in sentences fit for a screen.

Every error has an exit code for the command line and says what to do next. `NotThere` is one class for "no such
thing" and "not for you": two classes would be two answers, and the difference is itself a disclosure.
"""


class AlongsideError(Exception):
    """The root: anything we refuse to do, with a sentence for the person in front of us."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(AlongsideError):
    """Bad input. `field` names what to put right; `message` says how."""

    exit_code = 2

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Several(AlongsideError):
    """Several pieces of bad input at once, so that a form can show them all."""

    exit_code = 2

    def __init__(self, problems: list[Invalid]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


class NotThere(AlongsideError):
    """Not there, or not for you: the same words, always."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__("We cannot find that. Check the address, or ask the person.")


class NotAllowed(AlongsideError):
    """The reader may see the thing but may not do this to it; says who can."""

    exit_code = 4


class Stale(AlongsideError):
    """Somebody else changed it first; nothing was saved."""

    exit_code = 5


class Duplicate(AlongsideError):
    """The same submission twice; the first one stands. `existing` is the id of what was made."""

    exit_code = 6

    def __init__(self, message: str, existing: str) -> None:
        super().__init__(message)
        self.existing = existing
