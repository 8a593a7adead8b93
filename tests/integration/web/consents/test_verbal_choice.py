"""A choice that is said by voice, in a minute: what is preset, and where the page stands after it was looked at."""

import re
from datetime import date

import pytest

from alongside.organisations import actions as organisations
from alongside.organisations.models import Service
from tests import factories
from tests.integration.web.visiting import browser, civil

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def path(joint):
    return f"/people/{joint.riverside}/sharing/agree/"


def looked_at(joint, keyworker, path, **changes):
    asked = {"recipient": joint.world.northside.id, "share": "both_teams", "given": "verbal", "witness": "Kim"}
    return keyworker.send(path, preview="1", **asked | changes).content.decode()


def chosen(page, name):
    return re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"[^>]*checked', page)


def rare(page):
    [found] = re.findall(r'<details class="nhsuk-details"( open)?>', page)
    return found


def test_the_other_service_the_voice_and_who_hears_it_are_preset(joint, keyworker, path):
    factories._service(joint.world.id, "Millfield Surgery", "primary_care", "uk")
    page = keyworker.get(path).content.decode()
    assert chosen(page, "recipient") == [joint.world.northside.id]
    assert chosen(page, "given") == ["verbal"]
    assert re.search(rf'name="witness"[^>]*value="{joint.keyworker.name}"', page)


def test_a_programme_under_part_2_begins_without_a_voice(joint, keyworker, path):
    riverside = joint.world.riverside.id
    Service.objects.filter(pk=riverside).update(jurisdiction="us")
    organisations.set_part2(service=riverside, part2=True, by=factories.SETTING_UP)
    assert chosen(keyworker.get(path).content.decode(), "given") == []


def test_what_they_may_see_stands_first(keyworker, path):
    page = keyworker.get(path).content.decode()
    assert page.index('name="share"') < page.index('name="recipient"') < page.index('name="given"')


def test_a_preview_takes_the_focus_folded_with_the_words_to_read_just_above_save(joint, keyworker, path):
    page = looked_at(joint, keyworker, path)
    heading = "What Northside Talking Therapies would see, to care for the person"
    assert re.search(rf'<h2 id="preview" tabindex="-1" autofocus>{heading}</h2>', page)
    read, save = page.index("Read this back to the person"), page.index("They said yes: save")
    assert page.index('name="told_no_is_fine"') < read < save
    assert "<input" not in page[read:save]
    folded = page[page.index('id="preview"') : read]
    assert folded.count('<ul class="al-lines"') == folded.count("<details") > 0


def test_what_is_rare_springs_open_only_where_something_of_it_was_entered(joint, keyworker, path):
    assert not rare(keyworker.get(path).content.decode())
    assert not rare(looked_at(joint, keyworker, path, **{"signer": "person", "since-day": "", "since-year": ""}))
    assert rare(looked_at(joint, keyworker, path, required_by="A court"))
    assert rare(looked_at(joint, keyworker, path, **civil("since", date(2026, 1, 5))))
