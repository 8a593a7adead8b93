"""Recording a contact in two minutes: attendance first, then measures, a note, and what comes next.

Fields carry the names under which the rooms refuse them (`phq9`, `phq9_item3`, `alcohol_days`, `next_date`), so that
every refusal stands beside its own box. What was typed goes to the rules as it was typed: they say how it is spelt.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.contacts.rules import FollowUp, Heading, Meeting
from alongside.definitions import talking_therapies
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations.queries import Colleague
from alongside.web import words
from alongside.web.forms import Form, fields
from alongside.web.languages import Ready, once
from alongside.web.measures.forms import Measuring
from alongside.web.measures.how import HowAnswered
from alongside.web.putting_right import Correcting
from alongside.web.safety.forms import Talking

COMMON_MODES = ("face_to_face", "telephone", "video")
_LISTS = {
    "kinds": (talking_therapies.appointment_kinds, words.kind),
    "modes": (talking_therapies.mechanisms, words.mode),
    "outcomes": (talking_therapies.attendances, words.attendance),
}
USUAL = {"kind": "treatment", "mode": "face_to_face", "minutes": "50"}


def kinds() -> Ready:
    return _listed("kinds")


def modes() -> Ready:
    return _listed("modes")


def outcomes() -> Ready:
    return _listed("outcomes")


@once
def _listed(what: str) -> Ready:
    listed, said = _LISTS[what]
    return Ready((one.key, said(one.key)) for one in listed())


def instant(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class _Meeting(Form):
    """When, how long, and how; shared by every form about a contact."""

    date = fields.CivilDate(label=gettext_lazy("Date"))
    start = fields.ClockTime(label=gettext_lazy("Time"))
    minutes = fields.WholeNumber(label=gettext_lazy("Minutes"), lowest=1, highest=480)
    kind = forms.ChoiceField(label=gettext_lazy("What for"))
    mode = forms.ChoiceField(label=gettext_lazy("How"))
    joint = fields.Tick(label=gettext_lazy("Both services together"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds()
        self.fields["mode"].choices = modes()

    def meeting(self, practitioner: str = "") -> Meeting:
        entered = self.cleaned_data
        starts = instant(entered["date"], entered["start"])
        return Meeting(entered["kind"], starts, entered["mode"], entered["minutes"], practitioner, entered["joint"])


class _Booking(Form):
    """A time in the diary, with a tick that is asked for only where the person is booked already at that time."""

    anyway = fields.Tick(label=gettext_lazy("Book it all the same"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anyway"].revealed = not self.data.get("anyway")  # not drawn before it is asked for

    def warn(self, clash: str) -> None:
        """Raises `Invalid("anyway", …)` until it is ticked; `clash` is what they already have then, or empty."""
        if clash and not self.cleaned_data["anyway"]:
            self.fields["anyway"].revealed = False
            said = _("They already have %(clash)s. Choose another time, or tick “Book it all the same”.")
            raise Invalid("anyway", said % {"clash": clash})


class Planned(_Booking, _Meeting):
    """A contact to come. The desk says with whom."""

    practitioner = forms.ChoiceField(label=gettext_lazy("With whom"))

    def __init__(self, *args: Any, colleagues: Iterable[Colleague], me: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {one.id: one.name for one in colleagues}
        self.fields["practitioner"].choices = sorted(people.items(), key=lambda one: (one[0] != me, one[1]))
        self.order_fields(["date", "start", "minutes", "kind", "mode", "practitioner", "joint", "anyway"])


class Moved(_Booking):
    """Another time for a planned contact. `version` is the time that the page showed."""

    date = fields.CivilDate(label=gettext_lazy("New date"))
    start = fields.ClockTime(label=gettext_lazy("New time"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["date", "start", "anyway"])


class Cancelled(Form):
    attendance = fields.Choice(
        label=gettext_lazy("Who cancelled it?"),
        choices=[
            ("cancelled_by_person", gettext_lazy("They did")),
            ("cancelled_by_service", gettext_lazy("We did: book them a new time")),
        ],
        hints={"cancelled_by_service": gettext_lazy("It stays with whoever was to meet them until it is rebooked")},
    )


class FollowedUp(Form):
    outcome = fields.Choice(label=gettext_lazy("How was it followed up?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.value, words.follow_up(one)) for one in FollowUp]


class Recorded(HowAnswered, Talking, Measuring, _Meeting):
    """What became of a contact, and all that was learnt at it."""

    attendance = fields.Choice(label=gettext_lazy("Did they come?"))
    unplanned = fields.Tick(label=gettext_lazy("Nobody had planned it: they came by, or rang"))
    next_date = fields.CivilDate(label=gettext_lazy("Date of the next contact"), required=False)
    next_start = fields.ClockTime(label=gettext_lazy("Time of the next contact"), required=False)
    next_minutes = fields.WholeNumber(
        label=gettext_lazy("Minutes of the next contact"), lowest=1, highest=480, required=False
    )
    next_kind = forms.ChoiceField(label=gettext_lazy("What the next contact is for"), required=False)
    next_mode = forms.ChoiceField(label=gettext_lazy("How you will meet"), required=False)

    def __init__(self, *args: Any, planned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if planned:
            del self.fields["unplanned"]
        self.fields["attendance"].choices = outcomes()
        self.fields["attendance"].hints = _hints()
        self.fields["next_kind"].choices = kinds()
        self.fields["next_mode"].choices = modes()
        self.fields |= {one.value: _section(one.value) for one in Heading}

    @property
    def headings(self) -> list[forms.BoundField]:
        return [self[one.value] for one in Heading]

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        day, at = entered.get("next_date"), entered.get("next_start")
        if day and not at and "next_start" not in self.errors:
            self.add_error("next_start", _("Enter the time of the next contact, such as 14:30"))
        if at and not day and "next_date" not in self.errors:
            self.add_error("next_date", _("Enter the date of the next contact"))
        return entered

    def note(self) -> dict[str, str]:
        return {one.value: text for one in Heading if (text := self.cleaned_data[one.value].strip())}

    def next_meeting(self) -> Meeting | None:
        entered = self.cleaned_data
        if not entered["next_date"]:
            return None
        starts = instant(entered["next_date"], entered["next_start"])
        minutes = entered["next_minutes"] or entered["minutes"]
        return Meeting(entered["next_kind"] or "treatment", starts, entered["next_mode"] or "face_to_face", minutes)


@once
def _section(heading: str) -> forms.Field:
    """A part of the note as a field, made once for every form: nothing changes one."""
    return fields.LongText(label=words.heading(Heading(heading)), rows=2, required=False)


def _hints() -> dict[str, str]:
    return {
        "did_not_attend": _("Opens one task to call them, with whom your agreement names"),
        "cancelled_by_service": _("Stays with you until a new time is booked"),
    }


class Corrected(Correcting, _Meeting):
    """A recorded contact put right."""

    attendance = fields.Choice(label=gettext_lazy("Did they come?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].choices = outcomes()
        self.order_fields(["attendance", "date", "start", "minutes", "kind", "mode", "joint"])


class NoteCorrected(Correcting):
    """One part of a note put right."""

    text = fields.LongText(label=gettext_lazy("What should stand"), rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text"])


def starting(now: datetime | None = None) -> Mapping[str, Any]:
    """What a fresh form about a contact that has just taken place holds: today, on the last half hour."""
    local = timezone.localtime(now or clock.now())
    begun = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
    return USUAL | {"date": begun.date(), "start": begun.time(), "next_minutes": "50", "next_kind": "treatment"}


def of(meeting: Meeting) -> dict[str, Any]:
    """A contact's own times, to be shown in a form."""
    local = timezone.localtime(meeting.starts_at)
    return {
        "date": local.date(),
        "start": local.time(),
        "minutes": str(meeting.minutes or 50),
        "kind": meeting.kind,
        "mode": meeting.mode,
        "joint": meeting.joint,
    }
