"""Visiting pages as somebody signed in: a browser, what it sends and reads, and what a page costs."""

import re
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.kernel.ids import new_id
from alongside.web.forms.base import SUBMISSION
from tests import factories

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION")


class Browser(Client):
    """A client that sends forms with the token that each page carries."""

    def send(self, path, **entered):
        return self.post(path, form(**entered))

    def text(self, path):
        """The words of a page without its tags, on one line."""
        return words(self.get(path))

    def shown_version(self, path):
        """What the page says it showed: its hidden `version`."""
        return re.search(r'name="version" value="([^"]*)"', self.get(path).content.decode())[1]


def browser(service, role, purpose=None):
    """A browser in which the service's practitioner in `role` is signed in."""
    client = Browser()
    client.force_login(factories.User.objects.get(practitioner=service.sign_in(role, purpose).actor))
    return client


def form(**entered):
    """What a browser sends with a form: its hidden token and what was entered."""
    return {"submission_token": new_id(SUBMISSION), **entered}


def civil(name, day):
    """A date in its three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


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
    """What an answer says without its tags, on one line."""
    parser = _Words()
    parser.feed(answer.content.decode())
    return re.sub(r"\s+", " ", " ".join(parser.found))


def statements(client, path):
    """The SQL that a page takes once everything is warm, beginnings and ends of transactions apart."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(NOT_COUNTED)]


def cost(client, path):
    """How many statements a page takes."""
    return len(statements(client, path))
