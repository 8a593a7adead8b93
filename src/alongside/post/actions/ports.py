"""The ways out. A port takes an address and a letter and either takes it over or says that it did not.

Whoever adds a sender of text messages writes a class with one `send` and names it in `port`.
"""

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from alongside.people.rules import Channel
from alongside.post.models import Message, Postcard
from alongside.post.rules import Letter

CONSOLE = "django.core.mail.backends.console.EmailBackend"


class NotTaken(Exception):
    """The other side did not take a letter."""


class Port(Protocol):
    def send(self, to: str, letter: Letter, message: Message) -> None:
        """Hand one letter over, or raise `NotTaken`. The message's id lets the other side notice a repeat."""


class Smtp:
    """Email, by the mail server of the settings."""

    def send(self, to: str, letter: Letter, message: Message) -> None:
        mail = EmailMessage(letter.subject, letter.text, to=[to], headers={"Message-ID": self._id(message)})
        try:
            mail.send()
        except (OSError, smtplib.SMTPException) as fault:
            # Its words may hold the address: the class is enough to know what to look for.
            raise NotTaken(type(fault).__name__) from fault

    def _id(self, message: Message) -> str:
        # Of the sender's own domain, and the same at every try.
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
        return f"<{message.pk}@{domain}>"


class Development:
    """What a demonstration sends: kept here for the page `/mailbox/`, and sent to nobody."""

    def send(self, to: str, letter: Letter, message: Message) -> None:
        Postcard.objects.create(message=message, address=to, subject=letter.subject, text=letter.text)


def port(channel: str) -> Port | None:
    """The way out for a channel in this installation; None where there is none."""
    if settings.DEMONSTRATION:
        return Development()
    if channel == Channel.EMAIL and settings.EMAIL_BACKEND != CONSOLE:
        return Smtp()
    return None  # nobody sends text messages yet
