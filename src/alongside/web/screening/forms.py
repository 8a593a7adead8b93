"""What is asked for when somebody was asked, at each step that follows, and when it is put right."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import screening as content
from alongside.screening.rules import LONGEST, MOVES, Asked, State, Step
from alongside.web.forms import Form, fields
from alongside.web.putting_right import Correcting
from alongside.web.screening import words

NOT_TODAY, LATER = "not_today", "later"


class Record(Form):
    """Every topic on one page, “not asked today” where nothing is said."""

    date = fields.CivilDate(label=gettext_lazy("Day on which you asked"), not_future=True)

    def __init__(self, *args: Any, topics: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = tuple(topics)
        known = content.topics()
        answers = [*words.FOUND.items(), (NOT_TODAY, _("Not asked today"))]
        for key in self.topics:
            asks = _(known[key].asks)
            label = words.topic(key)
            self.fields[key] = fields.Choice(
                label=label, help_text=asks, choices=answers, initial=NOT_TODAY, inline=True
            )
        self.order_fields([*self.topics, "date"])

    def asked(self) -> list[Asked]:
        said = ((key, self.cleaned_data[key]) for key in self.topics)
        return [Asked(key, found) for key, found in said if found != NOT_TODAY]


class Found(Form):
    """What a questionnaire comes to, in the practitioner's word."""

    found = fields.Choice(label=gettext_lazy("What did you find?"), choices=list(words.FOUND.items()))


_SAYS = {
    State.OFFERED: gettext_lazy("Offer help"),
    State.STARTED: gettext_lazy("Something else has started"),
    State.OFFER_DECLINED: gettext_lazy("They do not want the offer"),
    State.IN_TREATMENT: gettext_lazy("They have treatment for it already"),
    State.NOTHING_NEEDED: gettext_lazy("Nothing more is needed, or wanted"),
}
_FOLLOWING = {  # what a page for this state may lead to; talking about it and what follows are one conversation
    State.POSITIVE: MOVES[State.DISCUSSED],
    State.DISCUSSED: MOVES[State.DISCUSSED],
    State.OFFERED: MOVES[State.OFFERED],
}


def _said(label: str, hint: str = "") -> fields.LongText:
    return fields.LongText(label=label, help_text=hint, rows=2, required=False, max_length=LONGEST)


class TakeOn(Form):
    """The next step from `now`. `things` are the referrals and questions that may have been its start, by id."""

    discussed = _said(gettext_lazy("What did you talk about?"), gettext_lazy("They may read it."))
    following = fields.Choice(
        label=gettext_lazy("What comes next?"), reveals={state.value: state.value for state in _SAYS}
    )
    offered = _said(
        gettext_lazy("What did you offer?"),
        gettext_lazy("Such as: a referral to the other service, advice today, a group."),
    )
    started = _said(gettext_lazy("What has started, and when?"))
    offer_declined = _said(gettext_lazy("What would they want instead?"))
    in_treatment = _said(gettext_lazy("Where do they have it?"))
    nothing_needed = _said(gettext_lazy("Why is nothing more needed?"))

    def __init__(self, *args: Any, now: State, things: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, version=now.value, **kwargs)
        self.now, self.things = now, things
        open_to = [state for state in _SAYS if state in _FOLLOWING[now]]
        later = [(LATER, _("Offer something another time"))] if now is State.POSITIVE else []
        asks = self.fields["following"]
        asks.choices = [*later, *things.items(), *((state.value, _SAYS[state]) for state in open_to)]
        asks.reveals = {state.value: state.value for state in open_to}
        for state in set(_SAYS) - set(open_to):
            del self.fields[state.value]
        if now is not State.POSITIVE:
            del self.fields["discussed"]

    def steps(self) -> list[Step]:
        """The steps that were taken in one conversation, in order."""
        entered, chosen = self.cleaned_data, self.cleaned_data["following"]
        made = [Step(State.DISCUSSED, entered["discussed"])] if self.now is State.POSITIVE else []
        if chosen in self.things:
            return [*made, Step(State.STARTED, thing=chosen)]
        return made if chosen == LATER else [*made, Step(chosen, entered[chosen])]


class Corrected(Correcting):
    """What should stand."""

    found = fields.Choice(label=gettext_lazy("What did asking come to?"), choices=list(words.FOUND.items()))
    date = fields.CivilDate(label=gettext_lazy("Day on which they were asked"), not_future=True)

    field_order = ["found", "date", "reason", "told", "told_others"]
