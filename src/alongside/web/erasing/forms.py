"""Why a record is to be erased or kept, and the word that says that it is meant."""

from django.utils.translation import gettext_lazy

from alongside.people.rules import LONGEST_WHY, WORD
from alongside.web.forms import Form, fields


class Propose(Form):
    """Why, and a death where the period is counted from one."""

    reason = fields.LongText(
        label=gettext_lazy("Why is it to be erased?"),
        help_text=gettext_lazy("The second person reads it. Write nothing about treatment: it goes with the record."),
        rows=2,
        max_length=LONGEST_WHY,
    )
    died = fields.CivilDate(
        label=gettext_lazy("If the person has died: when?"),
        called=gettext_lazy("day of the death"),
        help_text=gettext_lazy("Only where you have seen it in writing. The period after a death is shorter."),
        required=False,
    )


class Why(Form):
    """A reason: for a legal hold, for lifting one, for keeping a record."""

    reason = fields.LongText(label=gettext_lazy("Why?"), rows=2, max_length=LONGEST_WHY)


class Decide(Form):
    """The typed word, because nothing brings a record back."""

    word = fields.Text(
        label=gettext_lazy("Type the word erase"),
        help_text=gettext_lazy("Nothing brings the record back, not even a backup."),
        max_length=2 * len(WORD),
    )
