"""A message that failed is somebody's task with a page; a demonstration shows what it would have sent."""

import pytest
from django.db import transaction

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.post import actions
from alongside.post.rules import Letter
from tests import lives
from tests.integration.web.visiting import Browser, browser, words

SAFE = {"email": "amira@example.org", "email_is_safe": True}


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMONSTRATION = True


@pytest.fixture
def post_to(therapist):
    def one(life):
        said = {"kind": "test", "channel": "email", "about": "ask_1", "needs": policy.categories_mask("mood_scores")}
        with transaction.atomic():
            made = actions.queue(anchor=Anchor.objects.get(pk=life.registration), **said, by=life.practitioner)
        letter = Letter("Hello", "See http://127.0.0.1/answer/abc/ <now>")
        actions.dispatch(writers={"test": lambda *_of: letter}, by=Access.system("tick"))
        return made

    return one


def test_one_that_failed_is_owed_and_settled(world, therapist, post_to):
    life = lives.treated(world.northside)
    path = f"/messages/{post_to(life)}/"
    assert "A message was not sent: reach them another way" in therapist.text("/owed/")
    assert f'href="{path}"' in therapist.get("/owed/").content.decode()
    assert "Their details no longer say that this is a safe way" in therapist.text(path)
    entered = therapist.hidden(path)
    assert "no longer owed" in therapist.text(therapist.post(path, entered).url)
    assert "A message was not sent" not in therapist.text("/owed/")
    assert "Somebody has already dealt with this" in words(therapist.post(path, entered))


def test_one_that_was_sent_says_so(world, therapist, post_to):
    path = f"/messages/{post_to(lives.treated(world.northside, **SAFE))}/"
    assert "It was sent" in therapist.text(path)
    assert browser(world.riverside, "keyworker").get(path).status_code == 404


def test_the_mailbox_shows_what_would_have_been_sent(world, post_to, settings):
    visitor = Browser()
    assert "Nothing was sent yet." in visitor.text("/mailbox/")
    post_to(lives.treated(world.northside, **SAFE))
    page = visitor.get("/mailbox/").content.decode()
    assert "amira@example.org" in page
    assert 'href="http://127.0.0.1/answer/abc/"' in page
    assert "&lt;now&gt;" in page
    settings.DEMONSTRATION = False
    assert visitor.get("/mailbox/").status_code == 404
