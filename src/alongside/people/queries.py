"""Who somebody is, where they are linked, and the find box."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.statements import Statement
from alongside.audit import queries as ledger
from alongside.audit.queries import Seen
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.people import rules
from alongside.people.models import Correction, Link, Registration
from alongside.people.rules import Identity, Mistake, Reach

PAGE = 25


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
    return _header(rows[0])


def headers(registrations: list[str], *, access: Access) -> dict[str, PersonHeader]:
    """Identities by registration, of those this reader may see."""
    rows = allowed.show(access, Registration.objects.filter(pk__in=registrations))
    return {row.pk: _header(row) for row in rows}


def _header(row: Any) -> PersonHeader:
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
    """Somebody in a list: who they are, and the registrations that are joined now, this one first."""

    header: PersonHeader
    joined: tuple[str, ...]


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
    return {row.id: Known(_header(row), (row.id, *beyond[row.id])) for row in rows if not row.linked}


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


def reach(registration: str, *, access: Access) -> Reach:
    """Where a message to somebody may go now, for the action that queues or sends one. Nothing is shown; `NotThere`
    where there is no such registration."""
    row = _standing(registration)
    return rules.reach(Identity(**{name: getattr(row, name) for name in Identity.__dataclass_fields__}))


def was_born_on(registration: str, day: date, *, access: Access) -> bool:
    """Whether a date is the date of birth of a registration, for whoever has only a link to it."""
    return _standing(registration).birth_date == day


def born(registration: str, *, access: Access) -> date:
    """The date of birth of a registration, for an action that another day is checked in. Nothing is shown."""
    return _standing(registration).birth_date


def speaks(registration: str, *, access: Access) -> str:
    """The language of a registration, for the words of what is sent to them."""
    return str(_standing(registration).language)


def _standing(registration: str) -> Registration:
    row = Registration.objects.filter(pk=registration).first()
    if row is None:
        raise NotThere()
    return row


def joined(registration: str, *, access: Access) -> list[str]:
    """The registration and those linked to it now, itself first. Ids only: each record is decided by its own grants."""
    now = clock.now()
    links = Link.objects.filter(Q(one=registration) | Q(other=registration), from_at__lte=now, until_at__gt=now)
    others = [row.other if row.one == registration else row.one for row in links.order_by("from_at", "pk")]
    return [registration, *others]


def own_of(registrations: list[str], *, access: Access) -> str | None:
    """Of some linked registrations, the reader's own service's."""
    return (
        Registration.objects.filter(pk__in=registrations, service=access.service).values_list("pk", flat=True).first()
    )


def own_among(registrations: Iterable[str], *, access: Access) -> set[str]:
    """Of some registrations, those of the reader's own service whose identity is open to them. Ids only."""
    rows = Registration.objects.filter(pk__in=set(registrations), service=access.service)
    return set(allowed.visible(access, rows).values_list("pk", flat=True))


def find(text: str, *, access: Access, page: int = 1) -> list[PersonHeader]:
    """People of the reader's own service by name, NHS number or date of birth; 25 a page, by family name.

    Somebody only another service knows is not found, and reads like somebody nobody knows.
    """
    rows = Registration.objects.filter(service=access.service)
    rows = rows.filter(_matches(text.strip())) if text.strip() else rows.none()
    ordered = rows.order_by("search_name", "pk")
    return [_header(row) for row in allowed.show(access, ordered, start=(page - 1) * PAGE, most=PAGE)]


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


def possible_duplicates(identity: Identity, *, access: Access) -> list[PersonHeader]:
    """The reader's own service's registrations that may be the same human: NHS number, or name and birth date."""
    same = Q(
        search_name=rules.search_name(identity.given_name, identity.family_name),
        birth_date=identity.birth_date,
    )
    if identity.nhs_number:
        same |= Q(nhs_number=identity.nhs_number)
    rows = Registration.objects.filter(same, service=access.service)
    return [_header(row) for row in allowed.show(access, rows.order_by("pk"), most=PAGE)]


def who_saw(registration: str, *, since: datetime, kinds: int, access: Access) -> list[Seen]:
    """Who was shown these kinds about the service's own registration since an instant: for whoever puts a record right.

    `NotThere` unless the registration is the reader's own service's and those kinds are open to them.
    """
    allowed.require_own(access, registration, *policy.category_keys(kinds))
    return ledger.seen_since(registration, since=since, kinds=kinds)


@dataclass(frozen=True, slots=True)
class PutRight:
    """One correction. `replacement` is empty where the entry was about the wrong person."""

    record: str
    replacement: str
    kind: Mistake
    reason: str
    at: datetime
    author: str
    registration: str
    seen_by: tuple[str, ...]
    told: tuple[str, ...]
    told_others: str


def corrections(registrations: list[str], *, access: Access) -> list[PutRight]:
    """What was put right about these registrations, the newest first."""
    rows = Correction.objects.filter(registration__in=registrations).order_by("-occurred_at", "-pk")
    return [_put_right(row) for row in allowed.show(access, rows)]


def _put_right(row: Correction) -> PutRight:
    return PutRight(
        record=row.record,
        replacement=row.replacement,
        kind=Mistake(row.kind),
        reason=row.reason,
        at=row.occurred_at,
        author=row.author,
        registration=row.registration_id,
        seen_by=tuple(row.seen_by),
        told=tuple(row.told),
        told_others=row.told_others,
    )


def link_between(one: str, other: str, *, access: Access) -> str:
    """The live link of two registrations; `NotThere` where they are not linked."""
    found = Link.objects.filter(one__in=[one, other], other__in=[one, other], until_at__gt=clock.now()).first()
    if found is None:
        raise NotThere()
    return found.pk


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
