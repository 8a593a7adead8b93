"""Telling somebody without the person's consent: what was told, kept here; and a copy where a partner was told."""

from dataclasses import replace

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access import sealing
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.kernel.ids import new_id
from alongside.kernel.language import later
from alongside.organisations import queries as organisations
from alongside.safety import queries
from alongside.safety.actions.receiving import receive
from alongside.safety.models import DisclosedWords, DisclosureWithoutConsent
from alongside.safety.rules import Push, Withheld, check_push, check_withholding

CHOICES = policy.categories_mask("choices")
SAFETY = policy.categories_mask("safety")
IDENTITY = policy.categories_mask("identity")
SAVED = later("This was already saved. It was not saved again, and nobody was told twice.")


@transaction.atomic
def disclose(
    *, registration: str, push: Push, by: Access, submission: str = "", withheld: Withheld | None = None
) -> str:
    """Record what is told without the person's consent; returns its id. A service of the partnership that is told has
    a copy of its own in the same transaction, and nobody is given any access to this record.

    `withheld` is said where the copy there must be kept from the person too; `sharing` withholds this one.
    Raises `Several` naming the fields of `push` that are wrong, `Invalid("to", …)` for a service that is no partner,
    `Invalid("decided_by", …)` for somebody who does not work in this service now,
    `Duplicate` for the same submission again, `NotThere` where the registration is not this service's own or closed.
    """
    by.check_may("care")
    anchor = allowed.require_own(by, registration, "safety", "choices")
    access.lock(registrations=[registration], by=by)  # the same form twice at once: the second finds the first
    access.refuse_repeat(model=DisclosureWithoutConsent, submission=submission, said=SAVED, by=by)
    said = _checked(push, registration, by)
    kept = None if withheld is None else check_withholding(withheld)
    made = _kept(anchor, said, submission, by)
    detail = {"basis": said.basis, "way": said.way, "to": said.to_service or "outside", "told": bool(said.told)}
    detail |= {"decided_by": said.decided_by}
    access.log(by=by, act="safety.disclose", subject=made, about=[registration], detail=detail, kinds=said.kinds)
    if said.to_service:
        receive(anchor=anchor, push=said, withheld=kept, by=by)
    return made


def _checked(push: Push, registration: str, by: Access) -> Push:
    if push.to_service:
        # Whoever is told of somebody is told who it is.
        push = replace(push, kinds=push.kinds | IDENTITY if push.kinds else 0, at=clock.now())
    sees = queries.may_share(registration, access=by)
    said = check_push(push, pack=allowed.pack_of(by.service, access=by), sees=sees, now=clock.now())
    if said.to_service and said.to_service not in {one.id for one in organisations.partners(access=by)}:
        raise Invalid("to", "Choose a service of the partnership, or name somebody outside.")
    return replace(said, decided_by=_decider(said.decided_by, by))


def _decider(practitioner: str, by: Access) -> str:
    """Whoever decided, who need not be whoever writes it down, nor treat people: a privacy lead decides, too."""
    if practitioner and not organisations.works_in(practitioner, by.service, access=by):
        raise Invalid("decided_by", "Choose somebody who works in your service now.")
    return practitioner or by.actor


def _kept(anchor: Anchor, said: Push, submission: str, by: Access) -> str:
    usual = {"registration": anchor, "service": anchor.service, "author": by.actor, "occurred_at": said.at}
    made = DisclosureWithoutConsent.objects.create(
        **usual,
        needs=CHOICES,
        basis=said.basis,
        kinds=said.kinds,
        to_service=said.to_service,
        to_body=said.to_body,
        way=said.way,
        ground=said.ground,
        papers=" ".join(sorted(said.papers)),
        told=bool(said.told),
        decided_by=said.decided_by,
        submission=submission or None,
    )
    words = new_id("dww")
    DisclosedWords.objects.create(
        **usual,
        id=words,
        needs=SAFETY | said.kinds,
        disclosure=made,
        shared=sealing.seal(said.shared, words),
        not_told=sealing.seal(said.not_told, words) if said.not_told else "",
    )
    return made.pk
