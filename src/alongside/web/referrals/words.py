"""The words for a referral's states, doors, urgencies and reasons."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import doors, pathways
from alongside.referral.rules import State, Urgency

URGENCIES = {
    Urgency.ROUTINE: gettext_lazy("Routine"),
    Urgency.SOON: gettext_lazy("Soon"),
    Urgency.SAME_DAY: gettext_lazy("Same day"),
}
TONES = {Urgency.ROUTINE: "grey", Urgency.SOON: "yellow", Urgency.SAME_DAY: "red"}
HEARD = {
    "received": gettext_lazy("Received, not decided yet"),
    "accepted": gettext_lazy("Accepted"),
    "not_accepted": gettext_lazy("Not accepted"),
    "withdrawn": gettext_lazy("Taken back"),
}
HEARD_TONES = {"received": "blue", "accepted": "green", "not_accepted": "orange", "withdrawn": "grey"}
STATES = {
    State.SENT: gettext_lazy("Waiting for a decision"),
    State.ACCEPTED: gettext_lazy("Accepted"),
    State.DECLINED: gettext_lazy("Not accepted; the person has still to be told"),
    State.CLOSED: gettext_lazy("Not accepted; the person was told"),
    State.WITHDRAWN: gettext_lazy("Taken back by whoever sent it"),
}


def urgency(key: str) -> str:
    return str(URGENCIES[Urgency(key)])


def heard(key: str) -> str:
    return str(HEARD[key])


def state(key: State) -> str:
    return str(STATES[key])


def door(key: str) -> str:
    found = doors.doors().get(key)
    return _(found.words) if found else key


def decline(key: str) -> str:
    found = doors.declines().get(key)
    return _(found.words) if found else key


def arm(key: str) -> str:
    """The words of an arm, whichever pathway it is of; empty for none."""
    arms = {one.key: one.words for pathway in pathways.pathways() for one in pathway.arms}
    return _(arms[key]) if key in arms else ""
