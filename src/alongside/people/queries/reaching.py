"""What is asked of a registration before something is sent to them; shown to nobody."""

from datetime import date

from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.people import rules
from alongside.people.models import Registration
from alongside.people.rules import Identity, Reach


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
