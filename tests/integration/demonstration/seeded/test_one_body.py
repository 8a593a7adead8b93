"""A person has one body: nobody is with both services at one moment."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from alongside.contacts.models import Contact
from alongside.contacts.rules import State
from alongside.kernel.periods import Period
from alongside.people.models import Registration

pytestmark = pytest.mark.django_db


def contacts_of_each():
    """Planned, kept and missed contacts of each human, known here by the NHS number that every service has."""
    human = dict(Registration.objects.values_list("pk", "nhs_number"))
    found = defaultdict(list)
    for one in Contact.objects.filter(superseded_by="", state__in=(State.PLANNED, State.KEPT, State.MISSED)):
        until = one.occurred_at + timedelta(minutes=one.minutes)
        found[human[one.registration_id]].append((Period(one.occurred_at, until), one.service))
    return {number: sorted(met, key=lambda pair: pair[0].start) for number, met in found.items()}


def overlapping(met):
    return [(one, other) for one, other in pairwise(met) if one[0].overlaps(other[0])]


def test_nobody_is_in_two_places(world):
    everybody = contacts_of_each()
    assert [overlapping(met) for met in everybody.values() if overlapping(met)] == []
    both = [met for met in everybody.values() if len({service for _, service in met}) == 2]
    assert len(both) >= 9
    assert sum(_on_one_day(met) for met in both) >= 4  # the test had something to find


def _on_one_day(met):
    return any(one[0].start.date() == other[0].start.date() for one, other in pairwise(met) if one[1] != other[1])


def test_two_places_are_found(world):
    [met, *_] = contacts_of_each().values()
    assert overlapping([*met, met[-1]])
