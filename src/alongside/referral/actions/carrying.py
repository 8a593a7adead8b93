"""What a referral carries of the person's own act, for the room that puts it into force; what sharing's end leaves."""

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.referral.actions import rows
from alongside.referral.models import ReceivedReferral, Referral, SentReferral


def reroute(*, registration: str, by: Access) -> None:
    """A referral already sent is the person's own act and stands; withdrawing it is theirs to ask for."""


def sender_registration(*, referral: str, by: Access) -> str:
    """The sender's registration behind a referral to the reader's service, or empty. Shown to nobody."""
    spine, _ = rows.undecided(referral, by)
    sent = SentReferral.objects.filter(referral=spine).first()
    return sent.registration_id if sent else ""


def given_with(*, referral: str, by: Access) -> tuple[str, str, bool]:
    """How the person gave what the referral carries: how, who heard it, and whether they were told that no is fine."""
    spine = Referral.objects.filter(pk=referral, receiver_service=by.service).first()
    received = ReceivedReferral.objects.filter(referral=spine).first() if spine else None
    if spine is None or received is None:
        raise NotThere()
    allowed.require_own(by, received.registration_id, "referral")
    return spine.given, spine.witness, spine.told_no_is_fine
