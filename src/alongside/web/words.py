"""The words that several pages use for the keys of the record."""

from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.contacts.rules import FollowUp, Heading
from alongside.definitions import talking_therapies
from alongside.definitions.instruments import Instrument, instrument
from alongside.kernel.numbers import half_up
from alongside.measures.rules import Context, Helper, as_shown, course_of
from alongside.outcomes.rules import Change, UseChange
from alongside.safety.rules import Outcome
from alongside.web.languages import once
from alongside.web.subject import language_words
from alongside.web.use_words import plain, substance_words

__all__ = ["plain", "substance_words"]

_TASKS = {
    ("contacts", "keep_contact"): gettext_noop("Record the contact"),
    ("contacts", "follow_up_missed"): gettext_noop("Call after a missed contact"),
    ("contacts", "rebook"): gettext_noop("Book a new time: we cancelled"),
    ("people", "same_human"): gettext_noop("Decide whether two records are one person’s"),
    ("people", "decide_erasure"): gettext_noop("Decide whether a record is erased"),
    ("journey", "allocate"): gettext_noop("Decide who takes them on"),
    ("journey", "review"): gettext_noop("Review how treatment is going"),
    ("consultation", "answer"): gettext_noop("Answer the other team's question"),
    ("consultation", "clarify"): gettext_noop("Say more about your question"),
    ("consultation", "reply"): gettext_noop("Say what became of the advice"),
    ("consultation", "returned"): gettext_noop("Your question came back unanswered"),
    ("plan", "action"): gettext_noop("Do an action of the plan"),
    ("referral", "triage"): gettext_noop("Triage a referral"),
    ("referral", "tell_person"): gettext_noop("Tell the person what was decided"),
    ("post", "not_sent"): gettext_noop("A message was not sent: reach them another way"),
    ("safety", "review_look"): gettext_noop("Review a look in an emergency"),
    ("safety", "risk_prompt"): gettext_noop("Talk about an answer on self-harm"),
    ("safety", "disclosure_received"): gettext_noop("Read what another service told you"),
    ("safety", "withheld"): gettext_noop("Decide whether an entry stays withheld"),
    ("screening", "discuss"): gettext_noop("Talk about what screening found"),
    ("screening", "offer"): gettext_noop("Offer help for what screening found"),
    ("screening", "start"): gettext_noop("See that the help you offered starts"),
    ("transitions", "answer_handover"): gettext_noop("Answer: will you take the lead?"),
}
_CHANGES = {
    Change.BETTER: gettext_noop("reliably better"),
    Change.WORSE: gettext_noop("reliably worse"),
    Change.NOT_RELIABLE: gettext_noop("no reliable change"),
    Change.NOT_KNOWN: "",
    Change.NOT_COMPARABLE: gettext_noop("two language versions"),
    Change.OUT_OF_ANOTHER: gettext_noop("not out of the same total"),
}
_TONES = dict.fromkeys(Change, "grey") | {Change.BETTER: "green", Change.WORSE: "red"}
_USES = {
    UseChange.LESS: gettext_noop("fewer days"),
    UseChange.SAME: gettext_noop("the same"),
    UseChange.MORE: gettext_noop("more days"),
}
_BANDS = {
    "minimal": gettext_noop("minimal"),
    "mild": gettext_noop("mild"),
    "moderate": gettext_noop("moderate"),
    "moderately_severe": gettext_noop("moderately severe"),
    "severe": gettext_noop("severe"),
    "screen_negative": gettext_noop("below the screening cut-off"),
    "screen_positive": gettext_noop("at or above the screening cut-off: ask the rest of the AUDIT"),
}
_TALKS = {
    Outcome.TALKED_ABOUT: gettext_noop("Talked about, and no more is needed now"),
    Outcome.SAFETY_PLAN_MADE: gettext_noop("Safety plan made or gone through"),
    Outcome.ESCALATED: gettext_noop("Escalated to somebody else"),
}
_HELPERS = {
    Helper.NOBODY: gettext_noop("Nobody"),
    Helper.WORKER: gettext_noop("Somebody who works here"),
    Helper.INTERPRETER: gettext_noop("An interpreter"),
    Helper.RELATIVE: gettext_noop("Family or a friend"),
}
_HEADINGS = {
    Heading.TALKED_ABOUT: gettext_noop("What we talked about"),
    Heading.WORKED_ON: gettext_noop("What we worked on"),
    Heading.AGREED: gettext_noop("What we agreed"),
    Heading.NEXT_TIME: gettext_noop("For next time"),
    Heading.FOR_THE_TEAM: gettext_noop("For the team"),
}
_FOLLOW_UPS = {
    FollowUp.REACHED: gettext_noop("I spoke to them"),
    FollowUp.REBOOKED: gettext_noop("A new time is booked"),
    FollowUp.MESSAGE_LEFT: gettext_noop("I left a message that is safe to leave"),
    FollowUp.TOLD_OTHER_TEAM: gettext_noop("I told the other team"),
    FollowUp.NO_LONGER_WANTED: gettext_noop("They do not want to go on"),
    FollowUp.TREATMENT_ENDED: gettext_noop("Their treatment here has ended"),
}


@cache
def _listed(name: str) -> dict[str, str]:
    return {one.key: one.words for one in getattr(talking_therapies, name)()}


@once
def kind(key: str) -> str:
    """What a contact was for."""
    return _(_listed("appointment_kinds").get(key, key))


@once
def mode(key: str) -> str:
    return _(_listed("mechanisms").get(key, key))


@once
def attendance(key: str) -> str:
    """What became of a contact; empty while it is planned."""
    return _(_listed("attendances").get(key, key)) if key else _("Planned")


def task(room: str, kind: str, about: str = "") -> str:
    """What is owed; the review of a joint journey is not that of one service's treatment."""
    if kind == "review" and about.startswith("jou_"):
        return _("Review the joint journey")
    return _task(f"{room} {kind}")


@once
def _task(key: str) -> str:
    room, kind = key.split()
    return _(_TASKS.get((room, kind), kind.replace("_", " ").capitalize()))


@once
def change(found: Change) -> str:
    return _(_CHANGES[found]) if _CHANGES[found] else ""


def tone(found: Change, *, harm: bool = False) -> str:
    """The colour beside the words of a change, which never stands alone. A better total is no all-clear where somebody
    told of `harm`: it is grey then."""
    return "grey" if harm and found is Change.BETTER else _TONES[found]


@once
def use_change(found: UseChange) -> str:
    return _(_USES[found])


@once
def band(key: str) -> str:
    return _(_BANDS.get(key, key.replace("_", " "))) if key else ""


def talk_outcome(one: Outcome) -> str:
    """What came of a conversation about an answer on self-harm."""
    return _(_TALKS[one])


def circumstances(one: Context) -> str:
    """How somebody answered, where it was not as usual: `while intoxicated; with an interpreter; in Welsh`."""
    noticed = one.noticed
    parts = [
        _("while intoxicated") if noticed.intoxicated else "",
        _("in withdrawal") if noticed.in_withdrawal else "",
        _weeks(noticed.weeks_since_use),
        _("with help: %(who)s") % {"who": _(_HELPERS[one.helper]).lower()} if one.helper else "",
        _("in %(language)s") % {"language": language_words(one.language)} if one.language else "",
    ]
    return "; ".join(part for part in parts if part)


def _weeks(weeks: int | None) -> str:
    if weeks is None:
        return ""
    return ngettext("%(n)d week after the last use", "%(n)d weeks after the last use", weeks) % {"n": weeks}


def helper_words(one: Helper) -> str:
    """Who helped somebody to answer."""
    return _(_HELPERS[one])


def heading(one: Heading) -> str:
    return _(_HEADINGS[one])


def follow_up(one: FollowUp) -> str:
    return _(_FOLLOW_UPS[one])


def measure(key: str) -> str:
    """The name of an instrument, or of a course of its scores about one substance."""
    found, substance = course_of(key)
    name = instrument(found).name
    return f"{name}, {substance_words(substance)}" if substance else name


def number(value: Decimal | None) -> str:
    """A score as people write it: `14`, `2.3`; two decimals at most, rounded half up. The record keeps all."""
    return "–" if value is None else plain(half_up(value, 2))


def score(of: Instrument, value: Decimal | None, out_of: Decimal | int | None = None) -> str:
    """A total as pages show it (`measures.rules.as_shown`), with what it is out of where that is not the whole scale:
    `14`, `2.30`, `12 of 32`."""
    if value is None:
        return "–"
    shown = f"{as_shown(of, value):f}"
    return shown if out_of is None else _("%(score)s of %(most)s") % {"score": shown, "most": out_of}
