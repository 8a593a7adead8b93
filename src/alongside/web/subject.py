"""Whom a page is about: what stands at its top, and which registrations the reader may follow."""

from dataclasses import dataclass, replace
from datetime import date

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions.instruments import Whose
from alongside.definitions.languages import name_in
from alongside.kernel.errors import NotThere
from alongside.people import queries as people
from alongside.people.queries import PersonHeader


@dataclass(frozen=True, slots=True)
class Banner:
    """The person at the top of a page: enough to notice that it is the wrong one, and how to reach them safely."""

    name: str
    pronouns: str
    born: date
    age: int
    number: str
    needs: str
    safe_contact: str
    registration: str = ""  # of whom the reader asks for more; empty where nobody can be asked from the page


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a page is about. `registration` is the one in the address, `own` the reader's own service's or empty, and
    `all` that one and those linked to it: every query takes them and shows only what is visible. `whose` chooses the
    cut-offs that a page shows: theirs, where the reader's service is."""

    registration: str
    own: str
    all: tuple[str, ...]
    person: Banner
    whose: Whose
    language: str  # that they read, such as `en`
    twin: str = ""  # the reader's own service's other record of the same human

    @property
    def mine(self) -> str:
        """The reader's own service's registration; `NotThere` where it has none and so has nothing to write in."""
        if not self.own:
            raise NotThere
        return self.own

    @property
    def href(self) -> str:
        """The person's page."""
        return reverse("person", args=[self.own or self.registration])


def subject(registration: str, *, access: Access) -> Subject:
    """One statement for somebody of the reader's own service, two otherwise; `NotThere` where they are closed."""
    found = people.known([registration], access=access).get(registration)
    if found is None:
        raise NotThere
    header, joined = found.header, found.joined
    own = registration if header.service == access.service else people.own_of(list(joined), access=access)
    whose = Whose(header.sex or None, header.age, jurisdiction=access.jurisdiction)
    person = replace(banner(header), registration=own or registration)
    return Subject(registration, own or "", joined, person, whose, header.language, found.twin)


def banner(header: PersonHeader) -> Banner:
    return Banner(
        name=header.name,
        pronouns=header.pronouns,
        born=header.birth_date,
        age=header.age,
        number=header.nhs_number,
        needs="; ".join(part for part in (_spoken(header), header.access_needs) if part),
        safe_contact=header.safe_contact,
    )


def _spoken(header: PersonHeader) -> str:
    language = language_words(header.language)
    if header.interpreter:
        return _("%(language)s interpreter") % {"language": language}
    return "" if header.language == "en" else _("speaks %(language)s") % {"language": language}


def language_words(code: str) -> str:
    """A language by name, in the reader's own."""
    return name_in(code, Locale.parse(to_locale(get_language() or "en-gb")))
