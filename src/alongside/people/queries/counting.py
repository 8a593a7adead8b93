"""What an evaluation counts by."""

from dataclasses import dataclass

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.people.models import Registration


@dataclass(frozen=True, slots=True)
class Characteristics:
    """What an evaluation counts by. `person` joins registrations that one human linked; it is shown to nobody."""

    registration: str
    person: str
    birth_year: int
    sex: str
    ethnicity: str
    deprivation_decile: int | None
    language: str


def characteristics(*, access: Access) -> list[Characteristics]:
    """Everybody the reader may count for this purpose, of any service; for `evaluation`, which shows none of them."""
    rows = allowed.countable(access, Registration.objects.order_by("pk"))
    return [
        Characteristics(
            registration=row.pk,
            person=row.person_id,
            birth_year=row.birth_date.year,
            sex=row.sex,
            ethnicity=row.ethnicity,
            deprivation_decile=row.deprivation_decile,
            language=row.language,
        )
        for row in rows
    ]
