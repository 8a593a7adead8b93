"""What goals, actions and agreements ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.organisations.queries import Colleague
from alongside.plan import rules
from alongside.plan.queries import Goal
from alongside.plan.rules import AgreedBy
from alongside.web.forms import Form, fields

NO_GOAL = "none"
ONE_OF = {"invalid_choice": gettext_lazy("Choose one of the answers shown")}


class NewGoal(Form):
    """A goal, as the person says it."""

    words = fields.LongText(
        label=gettext_lazy("Goal, in the person's own words"),
        help_text=gettext_lazy("Such as: “I want to sleep through without a drink.”"),
        rows=3,
        max_length=rules.LONGEST,
    )


class EndGoal(Form):
    """A goal was reached, or the person set it aside."""

    ended = fields.Choice(
        label=gettext_lazy("What became of it?"),
        choices=[
            ("reached", gettext_lazy("Reached, the person says")),
            ("set_aside", gettext_lazy("Set aside by the person")),
        ],
    )
    why = fields.LongText(
        label=gettext_lazy("In their words"),
        help_text=gettext_lazy("Needed where it is set aside."),
        rows=2,
        required=False,
        max_length=rules.LONGEST,
    )


class _Owned(Form):
    """Who will do it, and by when."""

    owner = forms.ChoiceField(label=gettext_lazy("Who does it?"), error_messages=ONE_OF)
    due_on = fields.CivilDate(label=gettext_lazy("By which day?"), called=gettext_lazy("day"))

    def offer(self, owners: Iterable[Colleague], services: Mapping[str, str]) -> None:
        self.fields["owner"].choices = [(one.id, f"{one.name}, {services.get(one.service, '')}") for one in owners]


class NewAction(_Owned):
    """Something that somebody in either service will do."""

    text = fields.LongText(label=gettext_lazy("What will be done?"), rows=2, max_length=rules.LONGEST)
    goal = fields.Choice(label=gettext_lazy("Which goal is it for?"), initial=NO_GOAL)

    field_order = ["text", "goal", "owner", "due_on"]

    def __init__(
        self,
        *args: Any,
        goals: Iterable[Goal],
        owners: Iterable[Colleague],
        services: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(owners, services)
        self.fields["goal"].choices = [(one.id, one.words) for one in goals] + [(NO_GOAL, _("No goal in particular"))]

    @property
    def entered(self) -> dict[str, Any]:
        goal = self.cleaned_data["goal"]
        return self.values | {"goal": "" if goal == NO_GOAL else goal}


class Finish(Form):
    """Done, or not and why."""

    done = fields.Choice(
        label=gettext_lazy("Was it done?"),
        choices=[("yes", gettext_lazy("Done")), ("no", gettext_lazy("It will not be done"))],
    )
    why = fields.LongText(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("Needed where it will not be done."),
        rows=2,
        required=False,
        max_length=rules.LONGEST,
    )


class PassOn(_Owned):
    """Somebody else does it; the old row is closed and theirs opens."""

    def __init__(self, *args: Any, owners: Iterable[Colleague], services: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(owners, services)
        self.fields["due_on"].required = False
        self.fields["due_on"].help_text = _("Leave it empty to keep the day it has.")


class Agree(Form):
    """Who agrees the plan as it stands today."""

    agreed_by = fields.Choice(
        label=gettext_lazy("Who agrees?"),
        choices=[
            (AgreedBy.PERSON, gettext_lazy("The person")),
            (AgreedBy.SERVICE, gettext_lazy("Our service")),
        ],
    )
    words = fields.LongText(label=gettext_lazy("What they said about it"), rows=2, required=False)
