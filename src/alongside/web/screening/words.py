"""The words for topics, for what asking came to, and for each step."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import screening as content
from alongside.screening.rules import State

STATES = {
    State.NEGATIVE: gettext_lazy("No"),
    State.DID_NOT_SAY: gettext_lazy("Did not want to say"),
    State.POSITIVE: gettext_lazy("Yes: to be talked about"),
    State.DISCUSSED: gettext_lazy("Talked about: help to be offered"),
    State.OFFERED: gettext_lazy("Help offered: see that it starts"),
    State.STARTED: gettext_lazy("Help has started"),
    State.OFFER_DECLINED: gettext_lazy("Offered, and not wanted"),
    State.IN_TREATMENT: gettext_lazy("Has treatment for it"),
    State.NOTHING_NEEDED: gettext_lazy("Talked about: nothing more needed"),
    State.LEFT: gettext_lazy("Left before it was taken to its end"),
}
STEPS = {
    State.NEGATIVE: gettext_lazy("Asked: no"),
    State.DID_NOT_SAY: gettext_lazy("Asked: did not want to say"),
    State.POSITIVE: gettext_lazy("Asked: yes"),
    State.DISCUSSED: gettext_lazy("Talked about"),
    State.OFFERED: gettext_lazy("Help offered"),
    State.STARTED: gettext_lazy("Help started"),
    State.OFFER_DECLINED: gettext_lazy("Did not want the offer"),
    State.IN_TREATMENT: gettext_lazy("Has treatment for it already"),
    State.NOTHING_NEEDED: gettext_lazy("Nothing more needed"),
    State.LEFT: gettext_lazy("Left"),
}
FOUND = {
    State.POSITIVE: gettext_lazy("Yes"),
    State.NEGATIVE: gettext_lazy("No"),
    State.DID_NOT_SAY: gettext_lazy("Did not want to say"),
}
NEXT = {
    State.POSITIVE: gettext_lazy("Say that you talked about it"),
    State.DISCUSSED: gettext_lazy("Say what you offered"),
    State.OFFERED: gettext_lazy("Say whether it started"),
}
_TONES = {
    State.POSITIVE: "orange",
    State.DISCUSSED: "yellow",
    State.OFFERED: "yellow",
    State.STARTED: "green",
    State.IN_TREATMENT: "green",
}


def topic(key: str) -> str:
    """A topic by name; its key where it is no longer asked about."""
    found = content.topics().get(key)
    return _(found.words) if found else key


def tone(state: State) -> str:
    """The colour beside the words of a state, which never stands alone."""
    return _TONES.get(state, "grey")
