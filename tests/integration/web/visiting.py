"""Visiting pages as somebody signed in: a browser, what it sends and reads, and what a page costs."""

import re
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.kernel.ids import new_id
from alongside.web.forms.base import SUBMISSION
from tests import factories

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION", "SET LOCAL ROLE")


# What staff read back to the person on a second page; their tests say once what they want.
CONFIRMED = ("/sharing/close/", "/but-not/")


class Browser(Client):
    """A client that sends forms as a browser does: with the hidden fields that stood on the page, and no others."""

    def send(self, path, *, on="", follow=False, **entered):
        """What was entered, sent to `path` from the page `on` (else from the page at `path` itself); what is read back
        first is sent once more, as it was read."""
        answer = self.post(path, self.hidden(path, on) | entered, follow=follow)
        drawn = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
        if path.startswith("/people/") and path.endswith(CONFIRMED) and "read_back" not in entered:
            read = re.search(r'name="read_back" value="(\w+)"', drawn)
            confirmed = self.hidden(path, on) | entered | {"read_back": read[1]} if read else None
            return self.post(path, confirmed, follow=follow) if confirmed else answer
        read = re.search(r'name="previewed" value="(\w+)"', drawn)
        if read and "preview" not in entered and "This is not what was previewed" not in drawn:
            return self.post(path, self.hidden(path, on) | entered | {"previewed": read[1]}, follow=follow)
        return answer

    def hidden(self, path, on=""):
        """The hidden fields of the form that sends to `path`, as the page drew them.

        Where the page opens no longer (somebody was first), those of one that had been open before.
        """
        answer = self.get(on or path)
        if answer.status_code != 200:
            return {"submission_token": new_id(SUBMISSION)}
        parser = _Forms()
        parser.feed(answer.content.decode())
        return next((fields for action, fields in parser.found if action in ("", path)), {})

    def text(self, path):
        """The words of a page without its tags, on one line."""
        return words(self.get(path))

    def find(self, text, on="/people/"):
        """The page that the find box leads to."""
        return self.send("/people/", on=on, follow=True, q=text)

    def shown_version(self, path):
        """What the page says it showed: its hidden `version`."""
        return re.search(r'name="version" value="([^"]*)"', self.get(path).content.decode())[1]


def browser(service, role, purpose=None):
    """A browser in which the service's practitioner in `role` is signed in."""
    client = Browser()
    client.force_login(factories.User.objects.get(practitioner=service.sign_in(role, purpose).actor))
    return client


def civil(name, day):
    """A date in its three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


class _Forms(HTMLParser):
    """(address, hidden fields) of each form that writes."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.inside = told.get("method", "get").lower() == "post"
            if self.inside:
                self.found.append((told.get("action") or "", {}))
        elif tag == "input" and told.get("type") == "hidden" and self.inside:
            self.found[-1][1][told["name"]] = told.get("value") or ""

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


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
