"""The find box, and who may be in the record already."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.people import rules
from alongside.people.models import Merge, NameWord, Registration
from alongside.people.queries.identities import PersonHeader, header_of
from alongside.people.rules import Candidate, Identity, Same, Typed

PAGE = 25
TRIED = 3  # words of a name
LAST = chr(0x10FFFF)  # sorts behind whatever a name may hold


def find(text: str, *, access: Access, page: int = 1) -> list[PersonHeader]:
    """People of the reader's own service by name, NHS number or date of birth; 25 a page, by family name.

    Somebody only another service knows is not found, and reads like somebody nobody knows.
    """
    here = {"service": access.service}
    rows, names = Registration.objects.filter(**here), NameWord.objects.filter(**here)
    meant, about = _begun(text.strip(), rows, names, access)
    found = _one_a_human(meant, access, about).order_by("search_name", "pk")
    shown = allowed.show_page(access, found, about, start=(page - 1) * PAGE, most=PAGE)
    return [header_of(row) for row in shown]


def _one_a_human(
    rows: QuerySet[Registration], access: Access, about: Iterable[str] | None = None
) -> QuerySet[Registration]:
    """Of two that are the same human and both found (`about` these, where given) and open to the reader, the first."""
    also = allowed.visible(access, rows if about is None else allowed.among(rows, about))
    merges = Merge.objects.filter(other=OuterRef("pk"), state=Same.STANDS, registration__in=also.values("pk"))
    return rows.exclude(Exists(allowed.visible(access, merges)))


def same_human(identity: Identity) -> Q:
    """Whoever may be the human of this identity: NHS number, or name and birth date."""
    same = Q(
        search_name=rules.search_name(identity.given_name, identity.family_name),
        birth_date=identity.birth_date,
    )
    return same | Q(nhs_number=identity.nhs_number) if identity.nhs_number else same


def _begun(
    text: str, rows: QuerySet[Registration], names: QuerySet[NameWord], access: Access
) -> tuple[QuerySet[Registration], list[str] | None]:
    """Whoever was meant, and the few with whom to begin: those of a name that few have, or those of the reader; None
    where they are found by an index."""
    if not text:
        return rows.none(), None
    if by_number_or_birth := _number_or_birth(text):
        return allowed.from_few(access, rows.filter(by_number_or_birth)), None
    words = text.casefold().split()
    called = rows.filter(*map(_called, words))
    few = allowed.few(access)
    if few is None:
        few = _few_called(words, names)
    return called, few


def _number_or_birth(text: str) -> Q | None:
    digits = text.replace(" ", "")
    if digits.isdigit() and len(digits) == 10:
        return Q(nhs_number=digits)
    try:
        return Q(birth_date=_civil_date(text))
    except (ValueError, OverflowError):
        return None


def _called(word: str) -> Q:
    """A word of the name begins so, or what follows a hyphen or an apostrophe in it."""
    within = (Q(search_name__contains=f"{mark}{word}") for mark in (" ", *rules.WITHIN_NAMES))
    return reduce(or_, within, Q(search_name__startswith=word))


def _few_called(words: list[str], names: QuerySet[NameWord]) -> list[str] | None:
    """The registrations of a word that few names have; None where many have each of them. Long words are rarer than
    short ones, and each takes a statement: the longest are tried."""
    for word in sorted(set(words), key=len, reverse=True)[:TRIED]:
        named = names.filter(word__gte=word, word__lt=word + LAST)
        # Not made distinct here: the database would read them all to begin with.
        found = list(named.values_list("registration", flat=True)[: allowed.FEW + 1])
        if len(found) <= allowed.FEW:
            return found
    return None


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
