"""Who looked, as the person reads it: whom nobody can name, their own looks of a day, and on a telephone."""

import re
from datetime import timedelta

import pytest

from alongside.access import reading
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.web.consents import looked
from tests.integration.web.own import test_own_pages

pytestmark = pytest.mark.django_db
AT = "/own/who-looked/"
_address, joint, therapist, person = (
    test_own_pages._address,
    test_own_pages.joint,
    test_own_pages.therapist,
    test_own_pages.person,
)


def rows(answer):
    return [words_of(one) for one in re.findall(r"<tr>(?!<th).*?</tr>", answer.content.decode(), re.DOTALL)]


def words_of(row):
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


@pytest.fixture
def unknown(joint, monkeypatch):
    """A look by somebody whose name nobody here knows any more."""
    reading.read(joint.therapist, "people.views.person", lambda: people.header(joint.northside, access=joint.therapist))
    honest = looked.naming.names
    monkeypatch.setattr(
        looked.naming,
        "names",
        lambda ids, access: {k: v for k, v in honest(ids, access=access).items() if k[:3] != "pra"},
    )


@pytest.mark.usefixtures("unknown")
def test_whose_name_is_not_known_is_somebody_and_not_the_person(person):
    row, *_ = [one for one in rows(person.get(AT)) if "Therapist, Northside" in one]
    assert "Somebody Therapist, Northside Talking Therapies" in row


def test_their_own_looks_of_one_day_are_one_line(person):
    for _number in range(3):
        person.get("/own/")
    own = [one for one in rows(person.get(AT)) if "it is their own record" in one]
    assert len(own) == 1
    with clock.at(clock.now() + timedelta(days=1)):
        person.get("/own/")
        own = [one for one in rows(person.get(AT)) if "it is their own record" in one]
    assert len(own) == 2


def test_on_a_telephone_each_cell_stands_under_its_heading(person):
    page = person.get(AT).content.decode()
    assert "al-table--stacked" in page
    assert {"When", "Who", "What", "Was shown", "Why they might"} == set(re.findall(r'data-label="([^"]+)"', page))
