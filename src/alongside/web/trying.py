"""Forms whose act may be refused as a whole: what was written stays on the page, with the reason above it."""

from collections.abc import Callable
from typing import TypeVar

from alongside.kernel.errors import NotAllowed, Stale
from alongside.web.forms import Form

T = TypeVar("T")


def attempt(form: Form, act: Callable[[], T]) -> T | str | None:
    """As `form.attempt`, with "not allowed" and "changed meanwhile" said above the form.

    A page of its own would throw away what a hurried person wrote.
    """
    try:
        return form.attempt(act)
    except (NotAllowed, Stale) as refusal:
        form.add_error(None, refusal.message)
        return None
