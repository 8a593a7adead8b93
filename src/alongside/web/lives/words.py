"""The words for events and changes of medicine: what happened, who says so, how sure they are."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import lives as content
from alongside.definitions import policy
from alongside.kernel.language import civil
from alongside.lives.queries import Event
from alongside.lives.rules import Certainty
from alongside.lives.rules import Source as Teller
from alongside.medication.queries import Change
from alongside.medication.rules import Source, What

TELLERS = {
    Teller.PERSON: gettext_lazy("The person"),
    Teller.SOMEBODY_CLOSE: gettext_lazy("Somebody close to them"),
    Teller.PROFESSIONAL: gettext_lazy("A professional"),
    Teller.RECORD: gettext_lazy("A letter or another record"),
}
CERTAINTIES = {
    Certainty.CERTAIN: gettext_lazy("Certain"),
    Certainty.DAY_UNSURE: gettext_lazy("It happened, and the day is a guess"),
    Certainty.UNSURE: gettext_lazy("Not sure that it happened"),
}
_DOUBTS = {
    Certainty.DAY_UNSURE: gettext_lazy("the day is a guess"),
    Certainty.UNSURE: gettext_lazy("not sure that it happened"),
}
SOURCES = {
    Source.PERSON: gettext_lazy("The person"),
    Source.PRESCRIBER: gettext_lazy("Whoever prescribes it"),
    Source.RECORD: gettext_lazy("A letter or another record"),
}
CHANGES = {
    What.STARTED: gettext_lazy("Started"),
    What.DOSE_CHANGED: gettext_lazy("Dose changed"),
    What.STOPPED: gettext_lazy("Stopped"),
}
_CHANGED = {
    What.STARTED: gettext_lazy("%(medicine)s started"),
    What.DOSE_CHANGED: gettext_lazy("%(medicine)s: new dose"),
    What.STOPPED: gettext_lazy("%(medicine)s stopped"),
}


def kinds() -> tuple[str, ...]:
    """The kinds of event, by key, in the order in which a form offers them."""
    return tuple(content.kinds())


def kind(key: str) -> str:
    """A kind of event by name; its key where the list has it no longer."""
    found = content.kinds().get(key)
    return _(found.words) if found else key


def doubt(one: Event) -> str:
    """How unsure an event is; empty where it is certain."""
    return str(_DOUBTS.get(one.certainty, ""))


def until(one: Event) -> str:
    """The last day of what lasted; empty for one day, or where nobody said."""
    if one.end is None or one.end == one.start:
        return ""
    return _("until %(day)s") % {"day": civil(one.end)}


def change(one: Change) -> str:
    """What changed, in three or four words; the dose stands beside it."""
    return str(_CHANGED[one.what]) % {"medicine": one.medicine}


def open_to() -> list[tuple[str, list[str]]]:
    """Each kind of information that an event may be, with the kinds of event that are it, as a person reads both."""
    found: dict[str, list[str]] = {}
    for one in content.kinds().values():
        found.setdefault(one.category, []).append(_(one.words))
    return [(_(policy.categories()[key].words), kinds) for key, kinds in found.items()]
