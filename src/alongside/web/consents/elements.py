"""What is said with a choice besides who may see what: how, what is seldom needed, and what 42 CFR Part 2 asks."""

from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.consent.rules import Ends, Given, Signer, Told
from alongside.definitions.ages import Young
from alongside.kernel.clock import LONDON
from alongside.kernel.periods import Period, over
from alongside.web.forms import Form, fields


class Deciding(Form):
    """Who agrees with or for the person, and that somebody young understands what they choose."""

    signer = fields.Choice(
        label=gettext_lazy("Who agreed?"),
        choices=[
            (Signer.PERSON, gettext_lazy("The person")),
            (Signer.BOTH, gettext_lazy("The person and a parent")),
            (Signer.PARENT, gettext_lazy("Somebody with parental responsibility")),
            (Signer.REPRESENTATIVE, gettext_lazy("Somebody whom the law entitles, such as an attorney")),
        ],
        hints={Signer.PARENT: gettext_lazy("Who may decide for a young person is for you and the law of the place.")},
        initial=Signer.PERSON,
        required=False,
    )
    signed_by = fields.Text(label=gettext_lazy("Their name"), required=False, max_length=120)
    authority = fields.Text(label=gettext_lazy("What entitles them"), required=False)
    competent = fields.Text(
        label=gettext_lazy("Who found that they understand this choice, and when?"),
        help_text=gettext_lazy("Only for somebody young who decides by themselves."),
        required=False,
    )

    def decided(self) -> dict[str, Any]:
        entered = self.cleaned_data
        return {
            "signer": Signer(entered["signer"] or Signer.PERSON),
            "signed_by": entered["signed_by"],
            "authority": entered["authority"],
            "competent": entered["competent"],
        }


class Circumstances(Deciding):
    """What is seldom said: of what time, who decides, and what somebody requires to be told."""

    since = fields.CivilDate(
        label=gettext_lazy("Only what is about this day or later"),
        called=gettext_lazy("first day"),
        help_text=gettext_lazy("Leave it empty for everything that is in the record."),
        required=False,
    )
    required_by = fields.Text(
        label=gettext_lazy("Does somebody require treatment, such as a court or an employer?"),
        required=False,
        max_length=120,
    )
    reported = fields.Text(
        label=gettext_lazy("What they will be told"),
        help_text=gettext_lazy("The person hears this before they choose."),
        required=False,
        max_length=300,
    )

    def circumstances(self) -> dict[str, Any]:
        entered = self.cleaned_data
        required = {"required_by": entered["required_by"], "reported": entered["reported"]}
        return {"data": self.period()} | self.decided() | required

    def period(self) -> Period:
        """Of what time it is."""
        since = self.cleaned_data.get("since")
        return Period(datetime.combine(since, time(), tzinfo=LONDON)) if since else Period()


class Heard(Form):
    """How the person said it, and who heard it."""

    given = fields.Choice(
        label=gettext_lazy("How did the person agree?"),
        choices=[
            (Given.VERBAL, gettext_lazy("By voice, and I read it back to them")),
            (Given.WRITTEN, gettext_lazy("In writing")),
            (Given.ELECTRONIC, gettext_lazy("On a screen, themselves")),
        ],
        reveals={Given.VERBAL: "witness"},
    )
    witness = fields.Text(
        label=gettext_lazy("Who heard it?"), help_text=gettext_lazy("It can be you."), required=False, max_length=120
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "witness" in self.fields:
            self.fields["witness"].said_optional = False  # drawn only where somebody heard it


class HowGiven(Heard):
    """How the person said it, who heard it, and that no is fine."""

    told_no_is_fine = fields.Tick(label=gettext_lazy("I told them: saying no does not affect your care"))


class Elements(Form):
    """What a programme under 42 CFR Part 2 says besides (2.31)."""

    onward = fields.Tick(
        label=gettext_lazy("For treatment, payment and operations: whoever receives it may pass it on as HIPAA allows")
    )
    ends = fields.Choice(
        label=gettext_lazy("When does it end?"),
        choices=[
            (Ends.DATE, gettext_lazy("On the day above")),
            (Ends.END_OF_TREATMENT, gettext_lazy("When treatment ends")),
            (Ends.NEVER, gettext_lazy("Never, unless the person takes it back")),
        ],
        required=False,
    )
    told_take_back = fields.Tick(label=gettext_lazy("I told them: you can take this back in writing, and how"))
    told_passed_on = fields.Tick(
        label=gettext_lazy("I told them: what is shared may be passed on, and never used in proceedings against you")
    )
    told_refusing = fields.Tick(label=gettext_lazy("I told them what follows from saying no"))

    def elements(self) -> dict[str, Any]:
        entered = self.cleaned_data
        told = Told(entered["told_take_back"], entered["told_passed_on"], entered["told_refusing"])
        return {"onward": entered["onward"], "ends": Ends(entered["ends"] or Ends.UNSAID), "told": told}


class Signed(Deciding, Elements):
    """What is signed on a form that is about something else: the elements with the day on which it ends, for a
    programme (`part2`) alone, and who decides, where the person's age asks for it (`young`)."""

    expires = fields.CivilDate(
        label=gettext_lazy("Until when?"),
        called=gettext_lazy("last day"),
        help_text=gettext_lazy("The last day, where it ends on one. They can stop it on any day."),
        required=False,
    )

    def __init__(self, *args: Any, part2: bool = False, young: Young | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part2, self.young = part2, young
        asked = (*(SIGNING if part2 else ()), *(DECIDING if young else ()))
        self.signing: tuple[str, ...] = asked
        for name in {*SIGNING, *DECIDING} - {*asked}:
            del self.fields[name]

    def signed(self) -> dict[str, Any]:
        """What a choice says besides who, what and how it was said."""
        ends = self.elements() | {"expires": over(self.cleaned_data["expires"])} if self.part2 else {}
        return ends | (self.decided() if self.young else {})


DECIDING = ("signer", "signed_by", "authority", "competent")
SELDOM = ("since", *DECIDING, "required_by", "reported")
PART_2 = ("onward", "ends", "told_take_back", "told_passed_on", "told_refusing")
SIGNING = ("expires", *PART_2)
