"""Words in every field, looked for in answers to some readers; in all of them by `python -m tests.canaries.proof`."""

import re

import pytest
from django.apps import apps
from django.db import connection, models

from alongside.organisations.models import User
from tests.canaries import faults, made, spilled
from tests.canaries.looking import Judge, readers
from tests.canaries.walking import walked
from tests.integration.web.visiting import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("canaries")]
EVERY = 5  # address
READERS = ("keyworker", "therapist", "stranger", "person", "proxy")
PLANTED = 7
# Free text that no word stands in, and why.
WITHOUT = {
    "Registration.nhs_number": "ten digits that have to be right",
    "Registration.phone": "digits",
    "Registration.ethnicity": "a code",
    "Registration.language": "a code",
    "Registration.nhs_number_status": "a code",
    "Registration.sex": "a code",
    "Registration.search_name": "the name once more, in small letters",
    "NameWord.word": "a word of the name once more, in small letters",
    "Consent.recipient": "a handle",
    "ReceivedReferral.sender_name": "the name of a service",
    "Discharge.return_route": "a code",
    "JourneySide.return_route": "a code",
    "RiskPromptStatus.escalated_to": "the name of a colleague or of a number to ring",
    "MoreAsked.why": "asked in somebody's own sign-in: tests/integration/web/own/test_asking_for_more.py",
    "BrokenGlass.nhs_number": "digits",
    **dict.fromkeys(
        ("BrokenGlass.nature", "BrokenGlass.medical_name", "BrokenGlass.affiliation", "BrokenGlass.disclosed_by"),
        "asked for where 42 CFR Part 2 is the law, which it is in no world of these",
    ),
    "OwnSignIn.email": "of an invitation; the address stands in the registration, where it has one",
    "DisclosureWithoutConsent.papers": "codes",
    "ReceivedDisclosure.sender_name": "the name of a service",
    "Discharge.words": "the stay would be over, and half of the addresses closed",
}


@pytest.fixture
def world():
    found = made.Canaries()
    readers(found)  # who join
    return found


def test_every_field_that_takes_words_has_one(world):
    held = {owner.field for owners in made.words().values() for owner in owners}
    private = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("alongside.") and model.__name__ != "Postcard"
        for field in model._meta.concrete_fields
        if getattr(model, "PRIVACY", {}).get(field.name, "neither") != "neither"
        and (isinstance(field, models.TextField) or (isinstance(field, models.CharField) and field.max_length >= 60))
        and not field.choices
    }
    assert private - held - set(WITHOUT) == set()


def test_nothing_is_leaked_unaudited_over_audited_or_spilled(world):
    judge = Judge(made.words())
    found = walked(world, judge, EVERY, READERS)
    assert found.faults == []
    assert found.looked.words > 500


def _asked(reader, form, word):
    """What a form that asks for somebody leads to, sent as it says that it is."""
    action, by_post = re.search(r'action="([^"]*)"', form)[1], 'method="post"' in form
    return reader.send(action, q=word) if by_post else reader.get(action, {"q": word})


@pytest.mark.parametrize("on", ["/", "/people/", "/caseload/"])
def test_what_staff_type_to_find_people_is_in_no_address_header_or_log(world, on):
    reader, word, answers = Browser(), made.word(), []
    reader.force_login(User.objects.get(practitioner=world.keyworker.actor))
    with spilled.listening() as logs:
        forms = re.findall(r"<form.*?</form>", reader.get(on).content.decode(), re.DOTALL)
        for form in (one for one in forms if 'name="q"' in one):
            answers.append(_asked(reader, form, word))
            answers += [reader.get(answers[-1].headers.get("Location", on)), reader.get("/")]
    assert any(word in one.content.decode() for one in answers)  # the page says what it found by
    assert not [one.request for one in answers if word in str(one.request)]
    assert [*spilled.in_logs(logs), *spilled.in_headers((on, one) for one in answers)] == []
    assert [*spilled.in_columns(), *spilled.in_caches(), *spilled.in_letters()] == []


@pytest.mark.parametrize("name", faults.FAULTS)
def test_a_planted_fault_is_caught(world, name):
    count, planted = faults.FAULTS[name]
    judge = Judge(made.words())
    with planted():
        found = walked(world, judge, PLANTED, ("keyworker", "therapist"))
    # On PostgreSQL the second wall shows nothing of what a predicate lets through that was taken away.
    behind_the_wall = connection.vendor == "postgresql" and name == "everything is visible"
    assert bool(getattr(found, count)) is not behind_the_wall
