"""Labels as they read inside a sentence, and sentences that are put together when somebody is to read them."""

from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.translation import gettext as _


def in_a_sentence(label: str) -> str:
    """`Date of birth` reads `date of birth` after a verb; `PHQ-9 total` stays as it is."""
    return label if label[1:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]


def as_subject(label: str) -> str:
    """`Note` begins a sentence about what was entered; of a question it is its answer."""
    return _("The answer to “%(field)s”") % {"field": label} if label.endswith("?") else label


def said_when_needed(say: Callable[..., str]) -> Callable[..., str]:
    """A form has a hundred refusals ready and says one or none: `say` is called for the one that is shown."""
    said: Callable[..., str] = lazy(say, str)
    return said
