"""Erasing one side of referrals; the spine goes with the last side."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.referral.models import Decision, ReceivedReferral, Referral, ReferralStatus, ReportedUse, SentReferral


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    sides = (SentReferral, ReceivedReferral, ReportedUse, Decision)
    mine = [model.objects.filter(registration=registration) for model in sides]
    spines = sorted({one for rows in mine for one in rows.values_list("referral_id", flat=True)})
    alone = Referral.objects.filter(pk__in=spines, sent=None, received=None, reported_use=None, decision=None)
    rows = [*mine, ReferralStatus.objects.filter(referral__in=alone.values("pk")), alone]
    return access.erase_rows(rows=rows, by=by)
