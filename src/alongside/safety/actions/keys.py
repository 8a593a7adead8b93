"""Changing the keys of what is told without consent, and of why entries are withheld."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import sealing
from alongside.access.context import Access
from alongside.access.models import Record
from alongside.kernel.errors import NotAllowed
from alongside.safety.models import DisclosedWords, ReceivedDisclosure, Withholding

SEALED: dict[type[Record], tuple[str, ...]] = {
    DisclosedWords: ("shared", "not_told"),
    ReceivedDisclosure: ("shared",),
    Withholding: ("words",),
}


@transaction.atomic
def rotate_note_keys(*, by: Access) -> int:
    """Seal every text of this room again under the first note key; returns how many rows. They are few: all at once.

    Only a job of the system may.
    """
    if by.role != "system":
        raise NotAllowed("Only the installation's own job changes note keys.")
    done = sum(_rotated(model, names) for model, names in SEALED.items())
    access.log(by=by, act="safety.rotate_note_keys", detail={"rows": done})
    return done


def _rotated(model: type[Record], names: tuple[str, ...]) -> int:
    rows = list(model.objects.only("pk", *names))
    for row in rows:
        for name in names:
            if token := getattr(row, name):
                setattr(row, name, sealing.rotated(token))
    model.objects.bulk_update(rows, names)
    return len(rows)
