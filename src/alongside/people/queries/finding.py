"""The find box, and who may be in the record already."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.people import rules
from alongside.people.models import Merge, Registration
from alongside.people.queries.identities import PersonHeader, header_of
from alongside.people.rules import Candidate, Identity, Same, Typed

PAGE = 25


def find(text: str, *, access: Access, page: int = 1) -> list[PersonHeader]:
    """People of the reader's own service by name, NHS number or date of birth; 25 a page, by family name.

    Somebody only another service knows is not found, and reads like somebody nobody knows.
    """
    rows = Registration.objects.filter(service=access.service)
    rows = rows.filter(_matches(text.strip())) if text.strip() else rows.none()
    ordered = allowed.from_few(access, _one_a_human(rows, access)).order_by("search_name", "pk")
    return [header_of(row) for row in allowed.show(access, ordered, start=(page - 1) * PAGE, most=PAGE)]


def _one_a_human(rows: QuerySet[Registration], access: Access) -> QuerySet[Registration]:
    """Of two that are the same human and both found and open to the reader, the first."""
    also = allowed.visible(access, rows)
    merges = Merge.objects.filter(other=OuterRef("pk"), state=Same.STANDS, registration__in=also.values("pk"))
    return rows.exclude(Exists(allowed.visible(access, merges)))


def same_human(identity: Identity) -> Q:
    """Whoever may be the human of this identity: NHS number, or name and birth date."""
    same = Q(
        search_name=rules.search_name(identity.given_name, identity.family_name),
        birth_date=identity.birth_date,
    )
    return same | Q(nhs_number=identity.nhs_number) if identity.nhs_number else same


def _matches(text: str) -> Q:
    digits = text.replace(" ", "")
    if digits.isdigit() and len(digits) == 10:
        return Q(nhs_number=digits)
    try:
        return Q(birth_date=_civil_date(text))
    except (ValueError, OverflowError):
        words = text.casefold().split()
        matches = Q(search_name__startswith=words[0]) | Q(search_name__contains=f" {words[0]}")
        for word in words[1:]:
            matches &= Q(search_name__contains=word)
        return matches


def _civil_date(text: str) -> date:
    day, month, year = text.replace("-", "/").replace(".", "/").split("/")
    return date(int(year), int(month), int(day))


def meant(typed: Typed, services: Iterable[str], *, access: Access) -> dict[str, str]:
    """Whose registration of each of these services was meant by what somebody typed, by service; for the action that
    looks in an emergency. Nothing is shown, and it reads the same rows whoever is known."""
    born = Registration.objects.filter(service__in=list(services), birth_date=typed.birth_date).order_by("pk")
    names = ("pk", "service", "given_name", "preferred_name", "family_name", "nhs_number")
    return rules.meant(typed, [Candidate(*row) for row in born.values_list(*names)])


def possible_duplicates(identity: Identity, *, access: Access) -> list[PersonHeader]:
    """The reader's own service's registrations that may be the same human: NHS number, or name and birth date."""
    rows = _one_a_human(Registration.objects.filter(same_human(identity), service=access.service), access)
    return [header_of(row) for row in allowed.show(access, rows.order_by("pk"), most=PAGE)]
