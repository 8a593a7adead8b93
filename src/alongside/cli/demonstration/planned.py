"""The invented partnership as its file says it, and which sign-ins have the password. Needs no database."""

from importlib import resources

from alongside.cli.partnership import file as partnership_file
from alongside.definitions.loader import parse

PASSWORD = "invented-people-only"  # noqa: S105 - printed at every start, for a file that holds nobody
# One sign-in a role and service: who the demonstration is looked at from.
SIGN_INS = {
    "therapist@northside.example",
    "step2@northside.example",
    "lead@northside.example",
    "duty@northside.example",
    "administrator@northside.example",
    "evaluator@northside.example",
    "privacy@northside.example",
    "keyworker@riverside.example",
    "prescriber@riverside.example",
    "lead@riverside.example",
    "duty@riverside.example",
    "administrator@riverside.example",
    "evaluator@riverside.example",
    "privacy@riverside.example",
    "gp@millfield.example",
}

# One of the stories, who signs in to their own record.
OWN, OWN_NAME = "morgan@mail.example", "Morgan Ellery"


def planned() -> partnership_file.Planned:
    """The file, checked."""
    text = (resources.files(__package__ or "") / "partnership.toml").read_text("utf-8")
    return partnership_file.check(parse(text, partnership_file.Planned, "partnership.toml"))
