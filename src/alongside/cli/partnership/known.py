"""Who sets up, what was made, and ids that must be there."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import click

from alongside.access.context import Access
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _

# Whoever reaches the command line of the installation sets it up; the ledger says so.
BY = Access.system("command line")


def tell(words: str, made: str) -> None:
    """The id stands last, for whoever copies it."""
    click.echo(f"{words} {made}")


def one_of(given: str, there: Collection[str], field: str) -> None:
    """Raises `Invalid(field, …)` for an id that is not among those `there`."""
    if given not in there:
        raise Invalid(field, _("There is no {given} here now. See “alongside partnership list”.").format(given=given))


def here() -> dict[str, str]:
    """Everybody who joined and has not left: names by id."""
    from alongside.organisations import queries

    return queries.practitioners(access=BY)


@contextmanager
def known(field: str, given: str) -> Iterator[None]:
    """Turns the database's refusal of an id that does not exist into a sentence."""
    from django.core.exceptions import ObjectDoesNotExist
    from django.db import IntegrityError

    try:
        yield
    except (IntegrityError, ObjectDoesNotExist):
        words = _("There is none called {given}. See “alongside partnership list”.").format(given=given)
        raise Invalid(field, words) from None
