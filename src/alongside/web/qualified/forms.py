"""What is written down of an agreement."""

from django.utils.translation import gettext_lazy

from alongside.organisations.rules import LONGEST_NAME, LONGEST_WORK, Agreement
from alongside.web.forms import Form, fields


class Record(Form):
    """Who works for the service, at what, from when until when."""

    name = fields.Text(label=gettext_lazy("Name of the organisation"), max_length=LONGEST_NAME)
    work = fields.Text(
        label=gettext_lazy("What does it do for your service?"),
        help_text=gettext_lazy("Such as: tests urine samples; sends the bills; looks after the computers."),
        error_messages={"required": gettext_lazy("Enter what it does for your service")},
        max_length=LONGEST_WORK,
    )
    agreed_on = fields.CivilDate(
        label=gettext_lazy("From which day does the written agreement hold?"), called=gettext_lazy("first day")
    )
    ends_on = fields.CivilDate(
        label=gettext_lazy("Until when?"),
        called=gettext_lazy("last day"),
        help_text=gettext_lazy("The last day. Leave it empty where it has none: you can end it on any day."),
        required=False,
    )

    def agreement(self) -> Agreement:
        return Agreement(**self.values)
