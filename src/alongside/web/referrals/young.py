"""What has to be asked where somebody young is referred, or accepted, and agrees to share."""

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import ages
from alongside.definitions.ages import Young
from alongside.kernel import clock
from alongside.web.subject import Subject


def young(about: Subject, access: Access) -> Young | None:
    """By the law of the reader's service's country; None where the person decides as any adult does."""
    return ages.young(allowed.pack_of(access.service, access=access), about.person.age, clock.today())
