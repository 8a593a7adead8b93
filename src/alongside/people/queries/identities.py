"""Who somebody is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Statement
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.people import rules
from alongside.people.models import Registration
from alongside.people.rules import Identity


@dataclass(frozen=True, slots=True)
class PersonHeader:
    """What stands at the top of every page about a person."""

    registration: str
    service: str
    name: str
    family_name: str
    birth_date: date
    age: int
    sex: str
    pronouns: str
    nhs_number: str
    language: str
    interpreter: bool
    access_needs: str
    safe_contact: str
    phone: str


def header(registration: str, *, access: Access) -> PersonHeader:
    """The identity of a registration this reader may see; `NotThere` otherwise."""
    rows = allowed.show(access, Registration.objects.filter(pk=registration))
    if not rows:
        raise NotThere()
    return header_of(rows[0])


def headers(registrations: list[str], *, access: Access) -> dict[str, PersonHeader]:
    """Identities by registration, of those this reader may see."""
    rows = allowed.show(access, Registration.objects.filter(pk__in=registrations))
    return {row.pk: header_of(row) for row in rows}


def registered(registrations: list[str], *, access: Access) -> list[tuple[datetime, str]]:
    """When each of these was registered and what they are called, of those that the reader may see."""
    rows = allowed.show(access, Registration.objects.filter(pk__in=registrations).order_by("occurred_at", "pk"))
    return [(row.occurred_at, header_of(row).name) for row in rows]


def header_of(row: Any) -> PersonHeader:
    return PersonHeader(
        registration=row.id,
        service=row.service,
        name=f"{row.preferred_name or row.given_name} {row.family_name}",
        family_name=row.family_name,
        birth_date=row.birth_date,
        age=rules.age(row.birth_date, clock.today()),
        sex=row.sex,
        pronouns=row.pronouns,
        nhs_number=rules.spaced(row.nhs_number),
        language=row.language,
        interpreter=row.interpreter,
        access_needs=row.access_needs,
        safe_contact=row.safe_contact,
        phone=row.phone,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in a list: who they are, and the registrations that are joined now, this one first; among them the
    reader's own service's other one of the same human (`twin`)."""

    header: PersonHeader
    joined: tuple[str, ...]
    twin: str = ""


_KNOWN = Statement(
    """
    SELECT r.id, r.registration_id, r.needs, r.service, r.given_name, r.preferred_name, r.family_name, r.birth_date,
           r.sex, r.pronouns, r.nhs_number, r.language, r.interpreter, r.access_needs, r.safe_contact, r.phone,
           '' AS linked
    FROM alongside_people_registration r
    WHERE r.id IN (%(registrations)s) AND {visible:r}
    UNION ALL
    SELECT l.id, l.one, 0, '', '', '', '', CAST(NULL AS date), '', '', '', '', (1 = 0), '', '', '', l.other
    FROM alongside_people_link l
    WHERE (l.one IN (%(registrations)s) OR l.other IN (%(registrations)s))
        AND l.from_at <= %(now)s AND %(now)s < l.until_at
    UNION ALL
    SELECT m.id, m.registration_id, 0, m.service, '', '', '', CAST(NULL AS date), '', '', '', '', (1 = 0), '', '', '',
           m.other
    FROM alongside_people_merge m
    WHERE (m.registration_id IN (%(registrations)s) OR m.other IN (%(registrations)s))
        AND m.state = 'stands' AND m.service = %(service)s AND {visible:m}
    """,
    id=str,
    registration_id=str,
    needs=int,
    service=str,
    given_name=str,
    preferred_name=str,
    family_name=str,
    birth_date=date,
    sex=str,
    pronouns=str,
    nhs_number=str,
    language=str,
    interpreter=bool,
    access_needs=str,
    safe_contact=str,
    phone=str,
    linked=str,
)


def known(registrations: Iterable[str], *, access: Access) -> dict[str, Known]:
    """`headers` and `joined` of many registrations in one statement, for lists; those closed to the reader are not
    there. The joined registrations are ids only: each of their records is decided by its own grants."""
    rows = allowed.listed(access, _KNOWN, registrations=registrations)
    beyond = _linked(row for row in rows if row.linked)
    twins = _linked(row for row in rows if row.linked and row.service)
    return {
        row.id: Known(header_of(row), (row.id, *beyond[row.id]), "".join(twins[row.id]))
        for row in rows
        if not row.linked
    }


def _linked(links: Iterable[Any]) -> dict[str, list[str]]:
    """The registrations that each one is linked to, always in the same order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(links, key=lambda row: row.id):
        found[row.registration_id].append(row.linked)
        found[row.linked].append(row.registration_id)
    return found


def identity(registration: str, *, access: Access) -> tuple[Identity, int]:
    """The whole identity of the service's own registration and its version, for the form that corrects it."""
    allowed.require_own(access, registration, "identity")
    row = allowed.show(access, Registration.objects.filter(pk=registration))[0]
    fields = {name: getattr(row, name) for name in Identity.__dataclass_fields__}
    return Identity(**fields), row.version
