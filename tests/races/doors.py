"""The ways in which what was shared leaves: what each one is asked, and what takes away what it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from alongside.caseload import actions as caseload
from alongside.kernel.ids import new_id
from alongside.organisations.models import User
from alongside.web.forms.base import SUBMISSION
from tests.factories import SETTING_UP
from tests.integration.web.visiting import Browser
from tests.races.made import Somebody


@dataclass(frozen=True, slots=True)
class Door:
    """How somebody looks, and the acts that race with it: each with the act that makes good again."""

    looks: Callable[[Somebody], str]
    acts: dict[str, str]
    entered: str = "shown"  # the act under which the ledger has what leaves
    by: str = "keyworker"  # who looks


SHARING = {"withdraw": "agree", "narrow": "agree", "refuse": "unrefuse"}


@cache
def _browser(practitioner: str) -> Browser:
    browser = Browser()
    browser.force_login(User.objects.get(practitioner=practitioner))
    return browser


def _page(path: str) -> Callable[[Somebody], str]:
    return lambda one: _browser(one.keyworker).get(path.format(one.there)).content.decode()


def _refused_form(one: Somebody) -> str:
    """Without the words that it needs: shown again, with the plan around it."""
    return _browser(one.keyworker).post(f"/people/{one.there}/plan/agree/", {}).content.decode()


def _release(one: Somebody) -> str:
    entered = {"audience": "internal", "submission_token": new_id(SUBMISSION)}
    answer = _browser(one.evaluator).post("/evaluation/release/", entered)
    assert answer["Content-Type"] == "application/zip", answer.content
    return ""


def _dispatch(one: Somebody) -> str:
    caseload.send_messages(by=SETTING_UP)
    return ""


DOORS = {
    "page of a person": Door(_page("/people/{}/"), SHARING),
    "page of a plan": Door(_page("/people/{}/plan/"), SHARING),
    "caseload": Door(_page("/caseload/"), SHARING),
    "caseload as a file": Door(_page("/caseload/caseload.csv"), SHARING),
    "form that is shown again": Door(_refused_form, SHARING),
    "evaluation as a file": Door(
        _release, {"withdraw_from_counting": "agree_to_be_counted"}, "evaluation.release", "evaluator"
    ),
    "message": Door(_dispatch, {"call_email_unsafe": "call_email_safe"}, "post.leaves", ""),
}
