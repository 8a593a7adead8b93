"""What was agreed for other purposes than care, in words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice, for_itself
from alongside.definitions import policy
from alongside.definitions.consents import ForItself
from alongside.web.consents.present import how, kinds, recipient_name, what
from alongside.web.consents.saying import elements, terms
from alongside.web.consents.shared import EVALUATION, opened

NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """One consent for another purpose than care that is in force: for one of its own, or for the evaluation."""

    id: str
    recipient: str
    purpose: str
    apart: bool
    what: str
    who: str
    kinds: list[str]
    closed: list[str]  # which of them refusals that stand keep closed
    how: str
    since: datetime
    elements: list[str]  # its last day, and whatever else was said with it

    @property
    def counted(self) -> bool:
        """Whether it is for the evaluation, which is agreed and changed with what is for care."""
        return self.purpose == EVALUATION

    def is_for(self, asked: ForItself) -> bool:
        return self.purpose == asked.purpose and self.apart == bool(asked.mask & policy.kept_apart())


def standing(live: Sequence[Agreed], names: Mapping[str, str]) -> list[Standing]:
    """Of all that is in force."""
    return [
        Standing(
            id=one.id,
            recipient=one.recipient,
            purpose=one.purpose,
            apart=one.said.apart,
            what=what(one),
            who=recipient_name(one, names) or _("somebody they named"),
            kinds=kinds(one.categories),
            closed=kinds(one.categories & opened(one.recipient, "", live, one.purpose).closed),
            how=how(one, names),
            since=one.signed_at,
            elements=elements(one.said, names),
        )
        for one in live
        if for_itself(one.said) or _counts(one)
    ]


def _counts(one: Agreed) -> bool:
    return one.purpose == EVALUATION and bool(one.categories) and not one.refuses


def is_read(asked: ForItself) -> bool:
    """Whether anybody's role includes the purpose and sees others' records: else no page opens through such a consent,
    and it is what a letter or a copy rests on."""
    bit = policy.purposes()[asked.purpose].mask
    return any(one.staff and one.purposes & bit and one.other for one in policy.roles().values())


def sentence(
    who: str, choice: Choice, purpose: str = "", *, names: Mapping[str, str] = NOBODY, besides: Sequence[str] = ()
) -> str:
    """What is read back to the person before it is saved; for care where no `purpose` is named. `names` are of those
    whom an exception is about, `besides` what else has to be known of what then holds."""
    said = _("“%(who)s may see, for this alone: %(what)s. They may see: %(kinds)s.")
    if not purpose:
        said = _("“%(who)s may see, to care for me: %(kinds)s.")
    parts = [said % {"who": who, "what": purpose, "kinds": "; ".join(kinds(choice.categories))}]
    parts += [*terms(choice, names), *besides]
    parts.append(_("I can take it back on any day. Saying no does not affect my care.”"))
    return " ".join(parts)
