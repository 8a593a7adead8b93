"""The four acts that are measured, as the therapist of the first block does them in a browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client

from alongside.access.context import Access
from alongside.consultation import actions as consultation
from alongside.journey import queries as journey
from alongside.organisations import queries as organisations
from alongside.organisations.models import User
from alongside.people import queries as people
from benchmarks.browser import filled
from benchmarks.staff import NOW

MET = NOW - timedelta(hours=2)
# Item 9 is 0: an answer about self-harm waits for what came of the conversation, and that is another act than this one.
MEASURES = {f"phq9_item{item}": str(item % 4) for item in range(1, 9)} | {"phq9_item9": "0"}
MEASURES |= {f"gad7_item{item}": str((item + 1) % 4) for item in range(1, 8)}
ANSWER = {"recommendation_1": "Wait two weeks after the last drink.", "recommendation_2": "Keep the diary."}
SENT_AS = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done, its bars, and how often it is repeated. `prepare` is not measured."""

    name: str
    prepare: Callable[[int], object]
    run: Callable[[object], None]
    times: int


class Desk:
    """A therapist signed in, their joint caseload, and a keyworker of the other service who asks them things."""

    def __init__(self) -> None:
        self.therapist = _access("therapist-0000@benchmark.example")
        self.keyworker = _access("keyworker-0000@benchmark.example")
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(User.objects.get(email="therapist-0000@benchmark.example"))
        held = [one for one in journey.caseload(access=self.therapist) if one.journey]
        self.people = sorted(one.registration for one in held)
        self.there = [self._there(one) for one in self.people]

    def _there(self, registration: str) -> str:
        linked = people.joined(registration, access=self.therapist)
        return next(one for one in linked if one != registration)

    def acts(self) -> list[Act]:
        return [
            Act("caseload page", lambda turn: "/caseload/", self._open, 200),
            Act("person page", lambda turn: f"/people/{self.people[turn % len(self.people)]}/", self._open, 200),
            Act("record a contact, two measures", self._contact, self._send, 100),
            Act("answer a consultation", self._question, self._send, 100),
        ]

    def _open(self, path: object) -> None:
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"

    def _send(self, form: object) -> None:
        path, sent = form
        answer = self.client.post(path, sent, content_type=SENT_AS)
        said = answer.headers.get("location", "")
        assert said.startswith(("/people/", "/consultations/")), f"{path} refused: {_said(answer.content.decode())}"

    def _contact(self, turn: int) -> tuple[str, str]:
        fields = {
            "attendance": "attended",
            "date-day": str(MET.day),
            "date-month": str(MET.month),
            "date-year": str(MET.year),
            "start": f"{MET:%H:%M}",
            "minutes": "50",
            "kind": "treatment",
            "mode": "video",
            "talked_about": "Sleep, and the evenings alone.",
        }
        return self._form(f"/people/{self.people[turn % len(self.people)]}/contacts/record/", fields | MEASURES)

    def _form(self, path: str, entered: dict[str, str]) -> tuple[str, str]:
        """What a browser sends: what the page carried unseen, and what was entered."""
        page = self.client.get(path).content.decode()
        return path, urlencode(filled(page) | entered)

    def _question(self, turn: int) -> tuple[str, str]:
        """A keyworker has asked and the therapist has taken the question; what is left is to answer it."""
        asked = consultation.ask(
            registration=self.there[turn % len(self.there)],
            answering_service=self.therapist.service,
            answering_team=self.therapist.teams[0],
            text="Is it safe to begin sleep restriction while they cut down?",
            by=self.keyworker,
        )
        consultation.accept(consultation=asked, version=1, by=self.therapist)
        return self._form(f"/consultations/{asked}/answer/", ANSWER)


def _said(page: str) -> str:
    """The page's words from its first problem on."""
    return " ".join(re.sub(r"<[^>]*>", " ", page[page.find("error-summary-title") :]).split())[:400]


def _access(email: str) -> Access:
    return organisations.access_for(User.objects.get(email=email), None, "direct_care")
