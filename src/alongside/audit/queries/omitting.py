"""Entries that an account leaves out before it is cut into pages, so that no page says that something is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from alongside.kernel.periods import Period


class Named(Protocol):
    """An entry, or a line made of one."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def subject(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Without:
    """Of these acts, entries about these `subjects`, or about any but `only` where that is given; and what somebody was
    shown from a service in a period: (actor, service, when)."""

    acts: Collection[str] = ()
    subjects: Collection[str] = ()
    only: Collection[str] | None = None
    shown: Collection[tuple[str, str, Period]] = ()

    def omits(self, one: Named) -> bool:
        if one.act == "shown":
            same = (when for actor, service, when in self.shown if (actor, service) == (one.actor, one.service))
            return any(one.at in when for when in same)
        return one.act in self.acts and (
            one.subject in self.subjects or not (self.only is None or one.subject in self.only)
        )

    def where(self) -> Q:
        """What is left, as a condition on what names an entry."""
        about = Q(entry__subject__in=list(self.subjects))
        if self.only is not None:
            about |= ~Q(entry__subject__in=list(self.only))
        found = ~(Q(entry__act__in=list(self.acts)) & about)
        for actor, service, when in self.shown:
            who = Q(entry__act="shown", entry__actor=actor, entry__service=service)
            found &= ~(who & Q(entry__at__gte=when.start, entry__at__lt=when.end))
        return found


NOTHING = Without()
