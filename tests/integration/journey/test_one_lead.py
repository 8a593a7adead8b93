"""The database itself keeps a journey to one lead practitioner, whatever an action forgot."""

import pytest
from django.db import IntegrityError, transaction

from alongside.journey.models import CareTeamMember
from alongside.journey.rules import Part
from alongside.kernel.periods import FOR_EVER
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_second_lead_is_refused():
    both = factories.choice().categories
    factories.JointJourney(factories.partnership(), categories=both, back=both)
    [member] = CareTeamMember.objects.filter(part=Part.MEMBER, until_at=FOR_EVER)
    with pytest.raises(IntegrityError, match=r"one_lead|journey_id"), transaction.atomic():
        CareTeamMember.objects.filter(pk=member.pk).update(part=Part.LEAD)
    assert CareTeamMember.objects.filter(part=Part.LEAD, until_at=FOR_EVER).count() == 1
