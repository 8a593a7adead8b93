"""What the person was asked at one of their records, carried to the one where they sign, in their session alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.http import HttpRequest

from alongside.access.context import Access
from alongside.consent import rules
from alongside.consent.rules import Choice
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.kernel.periods import over
from alongside.people import queries as people
from alongside.sharing import actions
from alongside.web.consents import renewing
from alongside.web.consents.forms import PIECE_BY_PIECE

ASKED = "more_asked"


@dataclass(frozen=True, slots=True)
class Carried:
    """By which service, which kinds, and the last day that was asked for."""

    service: str
    kinds: Mask
    last: date

    def entered(self, found: renewing.Standing) -> dict[str, object]:
        """As the form of choosing says it, beside what that service sees already, which ends when it did. It stays
        theirs to change."""
        keys = policy.category_keys(self.kinds | found.kinds)
        last = {"sooner" if self.added_to(found) else "expires": self.last}
        return {"share": PIECE_BY_PIECE, "share_pieces": keys} | last

    def choices(self, found: renewing.Standing) -> list[Choice]:
        """As it would be signed if nothing of that were changed, for care and for the evaluation."""
        care = renewing.said_of(found, renewing.CARE)
        more = replace(care, categories=self.kinds | found.kinds, exceptions=(), sooner=())
        care = self._ended(renewing.leaving_out(rules.carried(more, care), found), care, found)
        return [care, renewing.said_of(found, renewing.EVALUATION)]

    def _ended(self, made: Choice, before: Choice, found: renewing.Standing) -> Choice:
        last = over(self.last)
        if self.added_to(found):
            return rules.added(made, before, self.kinds, last)
        return replace(made, expires=last)

    def added_to(self, found: renewing.Standing) -> Mask:
        """The kinds that were asked for, where something stands that they are added to; else nothing."""
        counted = found.counted.categories if found.counted else 0
        return self.kinds if found.kinds or counted else 0


def carry(request: HttpRequest, asked: str, found: Carried, sign_in: str) -> None:
    kept = {"id": asked, "with": found.service, "kinds": found.kinds, "last": found.last.isoformat()}
    request.session[ASKED] = kept | {"in": sign_in}


def carried(request: HttpRequest) -> Carried | None:
    """What this page was opened to answer, if it was."""
    kept = request.session.get(ASKED)
    if not kept or request.GET.get("asked") != "1" or request.GET.get("with") != kept["with"]:
        return None
    return Carried(kept["with"], kept["kinds"], date.fromisoformat(kept["last"]))


def settle(request: HttpRequest, recipient: str) -> None:
    """The person signed for the service that asked: what it asked is put away, in the record where it stands."""
    kept = request.session.get(ASKED)
    if not kept or kept["with"] != recipient:
        return
    request.session.pop(ASKED)
    try:
        there = people.own_access(request.user.pk, kept["in"], access=Access.public())
        actions.put_away(asked=kept["id"], by=there)
    except (NotAllowed, NotThere):
        return  # it ended meanwhile, or is put away


def last_day(until: datetime) -> date:
    return until.astimezone(LONDON).date() - timedelta(days=1)
