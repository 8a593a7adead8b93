"""Erasing who somebody was to one service: their details, links, sign-in, and what was decided about the record."""

from django.db.models import Q

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.organisations import actions as staff
from alongside.people.models import (
    Correction,
    ErasureProposal,
    LegalHold,
    Link,
    Merge,
    NameWord,
    OwnLink,
    OwnSignIn,
    Person,
    Proxy,
    Registration,
    Restriction,
)


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = {"registration": registration}
    users = set(OwnSignIn.objects.filter(**mine).exclude(user="").values_list("user", flat=True))
    persons = list(Registration.objects.filter(pk=registration).values_list("person_id", flat=True))
    records = (Restriction, Correction, LegalHold, ErasureProposal, OwnSignIn, Proxy, NameWord, Registration)
    rows = [
        Link.objects.filter(Q(one=registration) | Q(other=registration)),
        Merge.objects.filter(Q(registration=registration) | Q(other=registration)),
        OwnLink.objects.filter(sign_in__registration=registration),
        *(model.objects.filter(**mine) for model in records),
        Person.objects.filter(pk__in=persons, registrations=None),
    ]
    counted = access.erase_rows(rows=rows, by=by)
    for user in sorted(users - set(OwnSignIn.objects.filter(user__in=users).values_list("user", flat=True))):
        staff.end_own_sign_in(user=user, by=by)
    return counted
