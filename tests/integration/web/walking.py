"""Walking the pages as a person does who clicks every link, one of each kind of page."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

# Signing out and asking for help: of no role, and tested by themselves.
LEFT_ALONE = ("/account/", "/start/", "/static/")


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.ids = [], Counter()

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.ids[named.get("id")] += 1
        if tag == "form" and (named.get("method") or "get").lower() == "post":
            return
        self.found += [named[key] for key in ("href", "action", "hx-get") if named.get(key)]


def read(answer):
    parser = _Links()
    parser.feed(answer.content.decode())
    return parser


def links(page, parser):
    """The addresses of our own that a page leads to."""
    found = (urlsplit(urljoin(page, href)) for href in parser.found if not href.startswith("#"))
    return [one.path for one in found if not (one.scheme or one.netloc or one.path.startswith(LEFT_ALONE))]


@dataclass
class Walk:
    """What a walk came to: how many pages of each name, and which doors on the way were shut; and which ids stood twice
    on a page, where a label or a heading would name the wrong thing."""

    seen: Counter = field(default_factory=Counter)
    shut: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


def walk(client, *starts):
    """Follow every link from these pages on; a door is shut where it does not answer with a page."""
    made, waiting = Walk(), deque((start, "the start") for start in starts)
    kinds = {_name(start) for start in starts}
    while waiting:
        path, came_from = waiting.popleft()
        answer = client.get(path, follow=True)
        made.seen[_name(path)] += 1
        if answer.status_code != 200:
            made.shut.append(f"{answer.status_code} {path} from {came_from}")
        elif answer["Content-Type"].startswith("text/html"):
            page = read(answer)
            made.twice += [f"{path}#{id_}" for id_, times in page.ids.items() if id_ and times > 1]
            for href in links(path, page):
                if _name(href) not in kinds:
                    kinds.add(_name(href))
                    waiting.append((href, path))
    return made


def _name(path):
    try:
        return resolve(path).url_name
    except Resolver404:
        return path
