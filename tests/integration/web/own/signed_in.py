"""Somebody who took up their own sign-in at Northside, for the tests of their pages."""

import re

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.post import queries as post
from tests.integration.web.visiting import Browser, civil

ADDRESS = "https://alongside.example"


def signed_in(joint, therapist, born):
    """A browser in which they are signed in, from the letter on."""
    therapist.send(f"/people/{joint.northside}/sharing/sign-in/")
    caseload.send_messages(by=Access.system("tick"))
    [card] = [one for one in post.mailbox(access=Access.system("test")) if "A page of your own" in one.subject]
    address = re.search(rf"{ADDRESS}(/welcome/\S+)", card.text)[1]
    found = Browser()
    found.send(address, follow=True, **civil("born", born))
    found.send(f"{address}password/", follow=True, password="three quiet wooden boats")
    return found


def read_back(answer):
    """The sentence that a page wants read before it is saved, as the page sends it again."""
    found = re.search(r'name="read_back" value="([^"]*)"', answer.content.decode())
    return {"read_back": found[1].replace("&#39;", "'").replace("&amp;", "&")} if found else {}
