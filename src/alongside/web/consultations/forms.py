"""What asking, answering and replying ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.consultation import rules
from alongside.consultation.queries import Replied
from alongside.consultation.rules import Reply, Urgency
from alongside.organisations.queries import Place
from alongside.web.consultations import words
from alongside.web.forms import Form, fields

BOXES = 5  # recommendations in one answer; nobody follows more


class Ask(Form):
    """A question to another team. Only the question is required."""

    text = fields.LongText(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("The person may read it. Say what you would do without an answer, if you know."),
        rows=5,
        max_length=rules.LONGEST,
    )
    answering_service = fields.Choice(label=gettext_lazy("Whom do you ask?"))
    urgency = fields.Choice(label=gettext_lazy("How soon do you need the answer?"), initial=Urgency.ROUTINE)

    def __init__(self, *args: Any, services: Iterable[Place], promised: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(place.id, place.name) for place in services]
        self.fields["answering_service"].choices = choices
        if len(choices) == 1:
            self.initial.setdefault("answering_service", choices[0][0])
        self.fields["urgency"].choices = [(one.value, str(words.URGENCIES[one])) for one in Urgency]
        self.fields["urgency"].hints = dict(promised)


class Say(Form):
    """One turn of the clarifying."""

    text = fields.LongText(label=gettext_lazy("What you want to say"), rows=4, max_length=rules.LONGEST)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class Answer(Form):
    """Numbered recommendations, and what else belongs to them."""

    text = fields.LongText(
        label=gettext_lazy("What you think is going on"), rows=4, required=False, max_length=rules.LONGEST
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, BOXES + 1):
            self.fields[box(number)] = fields.LongText(
                label=_("Recommendation %(number)d") % {"number": number},
                rows=2,
                required=False,
                max_length=rules.LONGEST,
            )

    @property
    def boxes(self) -> list[str]:
        return [box(number) for number in range(1, BOXES + 1)]

    @property
    def recommendations(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.boxes]

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(box(1) if field == "recommendations" else field, error)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned[name].strip() for name in self.boxes):
            self.add_error(box(1), _("Give at least one recommendation. “Carry on as you are” is one."))
        return cleaned


def box(number: int) -> str:
    return f"recommendation_{number}"


class Replies(Form):
    """What became of each recommendation that has no reply yet."""

    def __init__(self, *args: Any, waiting: Iterable[Replied], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = list(waiting)
        for one in self.waiting:
            self.fields[f"reply_{one.number}"] = fields.Choice(
                label=_("%(number)d. %(words)s") % {"number": one.number, "words": one.recommendation},
                choices=[(verdict.value, str(said)) for verdict, said in words.VERDICTS.items()],
                required=False,
                inline=True,
            )
            self.fields[f"why_{one.number}"] = fields.Text(
                label=_("Why (recommendation %(number)d)") % {"number": one.number},
                help_text=_("Needed if you changed it or did not take it: the other team learns from it."),
                required=False,
            )

    @property
    def replies(self) -> list[Reply]:
        entered = self.cleaned_data
        given = [(one.number, entered[f"reply_{one.number}"]) for one in self.waiting]
        return [Reply(number, verdict, entered[f"why_{number}"]) for number, verdict in given if verdict]


class Close(Form):
    """Whether asking helped, and what both teams may learn from it."""

    outcome = fields.Choice(
        label=gettext_lazy("Did it help?"),
        choices=[(outcome.value, said) for outcome, said in words.OUTCOMES.items()],
    )
    learnt = fields.LongText(label=gettext_lazy("What we learnt"), rows=3, required=False, max_length=rules.LONGEST)


class Confirm(Form):
    """A page that asks once more, with nothing to fill in."""
