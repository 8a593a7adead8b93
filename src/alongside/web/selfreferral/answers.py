"""What somebody has answered so far: kept in their session, for an hour at most, and forgotten when it is sent or left.

What was typed is kept as it was typed and read again by the same form, so that there is one place that understands it.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from alongside.organisations.queries import Place
from alongside.outcomes.rules import Drinking, drinking_from_days
from alongside.people.rules import Identity, NumberStatus
from alongside.referral.actions import Wording
from alongside.referral.rules import Use
from alongside.web.selfreferral.forms import ALCOHOL, NOTHING, OTHER_WAY, STEPS, WAYS, Step

KEPT, SENT, BEGUN = "asking", "asked", "asking_since"
LONGEST = 60 * 60


@dataclass
class Answers:
    """The answers of one visitor, by step."""

    request: HttpRequest
    services: list[Place]

    def __post_init__(self) -> None:
        session = self.request.session
        if time.time() - session.get(BEGUN, 0) > LONGEST:
            forget(self.request)
        self.kept: dict[str, Any] = session.get(KEPT, {})

    @property
    def jurisdictions(self) -> set[str]:
        """Where the service is that they chose; before that, wherever there is one."""
        [chosen] = self.kept.get("where", {}).get("service", [""])[:1] or [""]
        return {one.jurisdiction for one in self.services if one.id == chosen} or {
            one.jurisdiction for one in self.services
        }

    def keep(self, step: str, entered: QueryDict) -> None:
        self.kept[step] = {key: entered.getlist(key) for key in entered if key != "csrfmiddlewaretoken"}
        self.request.session[KEPT] = self.kept
        self.request.session[BEGUN] = int(time.time())

    def form(self, step: str) -> Step:
        """The page's form: with what was entered before, or empty."""
        return self.filled(step, self._typed(step))

    def filled(self, step: str, typed: QueryDict | None) -> Step:
        """The page's form with what is typed; it knows what they use, where they have said."""
        return STEPS[step](typed, services=self.services, substance=self._substance)

    def _typed(self, step: str) -> QueryDict | None:
        if step not in self.kept:
            return None
        typed = QueryDict(mutable=True)
        for key, values in self.kept[step].items():
            typed.setlist(key, values)
        return typed

    def steps(self) -> Iterator[str]:
        """The pages that this person is asked, in order: nobody who uses nothing is asked how much."""
        for step in STEPS:
            if step != "amount" or self._uses_something():
                yield step

    def _uses_something(self) -> bool:
        return self._substance != NOTHING

    @property
    def _substance(self) -> str:
        [said] = self.kept.get("use", {}).get("substance", [])[:1] or [NOTHING]
        return str(said)

    def missing(self) -> str | None:
        """The first page that has no good answer yet."""
        return next((step for step in self.steps() if not self.form(step).is_valid()), None)

    def after(self, step: str) -> str | None:
        order = list(self.steps())
        place = order.index(step) + 1
        return order[place] if place < len(order) else None

    def before(self, step: str) -> str | None:
        order = list(self.steps())
        place = order.index(step)
        return order[place - 1] if place else None

    def all(self) -> dict[str, Any]:
        """Every answer by field. Only once nothing is missing."""
        found: dict[str, Any] = {}
        for step in self.steps():
            form = self.form(step)
            form.full_clean()
            found |= form.cleaned_data
        return found


def forget(request: HttpRequest) -> None:
    for key in (KEPT, BEGUN):
        request.session.pop(key, None)


def identity(given: dict[str, Any]) -> Identity:
    """Who they say they are."""
    number = given["nhs_number"].replace(" ", "")
    return Identity(
        given_name=given["given_name"].strip(),
        family_name=given["family_name"].strip(),
        birth_date=given["birth_date"],
        preferred_name=given["preferred_name"].strip(),
        nhs_number=number,
        nhs_number_status=NumberStatus.PRESENT_NOT_TRACED if number else NumberStatus.NOT_PRESENT,
        language=given["language"],
        interpreter=given["interpreter"],
        access_needs=given["access_needs"],
        phone=given["phone"],
        email=given["email"],
        safe_contact=safe_way(given),
        email_is_safe=given["way"] == "email",
        text_is_safe=given["way"] == "text",
    )


def safe_way(given: dict[str, Any]) -> str:
    return str(given["other_way"] if given["way"] == OTHER_WAY else WAYS[given["way"]])


def wording(given: dict[str, Any]) -> Wording:
    """What they ask for, and what they say they drink or use."""
    return Wording(given["reason"], given["wants"], use(given))


def use(given: dict[str, Any]) -> Use:
    if given["substance"] == NOTHING:
        return Use()
    amount = given.get("amount") if given["substance"] == ALCOHOL else None
    return Use(given["substance"], given.get("days_of_28"), amount, "units" if amount is not None else "")


def drunk(given: dict[str, Any]) -> Drinking | None:
    """28 days of drinking as they told it; None where they did not say both how often and how much."""
    said = use(given)
    if said.unit != "units" or said.amount is None or said.days_of_28 is None:
        return None
    return drinking_from_days(said.days_of_28, said.amount)
