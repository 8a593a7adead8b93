"""Whoever signs in to the demonstration can open every page to which a page leads them."""

import pytest
from django.http import HttpResponse
from django.test import Client

from alongside.cli.demonstration.planned import SIGN_INS
from alongside.organisations.models import User
from alongside.people import queries as people
from alongside.people.models import Registration
from alongside.web.ways import way
from tests.integration.web.walking import read, walk

pytestmark = pytest.mark.django_db
PEOPLE = 2
# One of each role; the services are alike in what a role may open.
READERS = [one for one in sorted(SIGN_INS) if "@northside" in one] + [
    "keyworker@riverside.example",
    "prescriber@riverside.example",
    "gp@millfield.example",
]
LEAST = {"evaluator": {"home", "evaluation"}, "privacy_lead": {"home", "find-person", "person", "person-sharing"}}
USUAL = {"home", "find-person", "person", "person-contacts", "person-referrals", "referrals"}


def signed_in(email):
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def persons(access):
    """The pages of a few people whom this reader may open, those of a joint journey first."""
    found = people.known(Registration.objects.values_list("pk", flat=True), access=access)
    own = {one: known for one, known in found.items() if known.header.service == access.service}
    first = sorted(own, key=lambda one: (-len(own[one].joined), one))[:PEOPLE]
    return [page for page in (way("person", one, access=access) for one in first) if page]


@pytest.mark.parametrize("email", READERS)
def test_no_link_leads_to_a_shut_door_and_no_page_calls_two_things_alike(world, email):
    reader = world.by_email(email)
    walked = walk(signed_in(email), "/", *persons(reader.access))
    assert walked.shut == []
    assert walked.twice == []
    assert LEAST.get(reader.role, USUAL) <= set(walked.seen), walked.seen


def test_a_shut_door_is_found(world):
    """A link to a page that the desk may not open."""
    reader = world.by_email("administrator@northside.example")
    [path, *_] = persons(reader.access)
    assert walk(signed_in(reader.email), f"{path}plan/").shut == [f"403 {path}plan/ from the start"]


def test_what_is_called_alike_is_found():
    assert read(HttpResponse('<h2 id="find">One</h2><input id="find">')).ids["find"] == 2
