"""What was erased, as far as anybody may still know it: the list outside the database, and how many the ledger says."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from alongside.audit import erased
from alongside.audit.models import Entry
from alongside.kernel.language import said

ERASE = "sharing.erase"


def erased_among(registrations: Iterable[str]) -> list[str]:
    """Those of some registrations that were erased and are here nevertheless. Raises `erased.Unreadable`."""
    lines = erased.read(settings.ERASED)
    return erased.among(registrations, lines, settings.LEDGER_KEYS) if lines else []


def erased_problems() -> Iterator[str]:
    """Where the list outside the database names fewer erasures than the ledger: it was lost, cut off or put back."""
    said_of = Entry.objects.filter(act=ERASE).values_list("detail", flat=True)
    done, listed = sum(one.get("listed", 0) for one in said_of), len(erased.read(settings.ERASED))
    if listed < done:
        yield said(
            "The ledger says that {done} records were erased, and the list outside the database names {listed}. "
            "Take {file} from its backup: without it an old backup of the database would bring them back unnoticed.",
            done=done,
            listed=listed,
            file=settings.ERASED,
        )
