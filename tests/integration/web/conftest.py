"""Pages as a signed-in practitioner's browser gets them."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.web.forms.base import SUBMISSION
from tests import factories, lives


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(lives.NOW):
        yield


@pytest.fixture
def world(db):
    with clock.at(lives.NOW - 20 * lives.WEEK):
        made = factories.partnership()
        made.northside.sign_in("therapist")
        made.riverside.sign_in("keyworker")
        return made


class Browser(Client):
    """A client that sends forms with the token that each page carries."""

    def send(self, path, **fields):
        return self.post(path, {"submission_token": new_id(SUBMISSION), **fields})

    def shown_version(self, path):
        """What the page says it showed: its hidden `version`."""
        return re.search(r'name="version" value="([^"]*)"', self.get(path).content.decode())[1]

    def text(self, path):
        """The words of a page without its tags, on one line."""
        return words(self.get(path))


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in {"script", "style"}

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.hidden:
            self.found.append(data)


def words(answer):
    parser = _Words()
    parser.feed(answer.content.decode())
    return re.sub(r"\s+", " ", " ".join(parser.found))


@pytest.fixture
def browser_of():
    def signed_in(service, role, purpose="direct_care"):
        browser = Browser()
        access = service.sign_in(role, purpose)
        browser.force_login(factories.User.objects.get(practitioner=access.actor))
        return browser

    return signed_in


@pytest.fixture
def therapist(world, browser_of):
    return browser_of(world.northside, "therapist")


@pytest.fixture
def statements():
    """How many SQL statements a page costs once everything is warm, beginnings and ends of transactions apart."""

    def count(browser, path):
        browser.get(path)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            answer = browser.get(path)
        assert answer.status_code == 200
        quiet = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")
        return [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(quiet)]

    return count
