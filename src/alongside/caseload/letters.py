"""The words of what is sent: short, neutral to whoever looks over a shoulder, and no service's name unless the person
said that it may stand there."""

from datetime import date

from alongside.kernel.language import civil, later, said
from alongside.post.rules import Letter

SUBJECT = later("A few questions for you")
FROM = later("This is from {service}.")
HELLO = later("Hello. Please answer a few questions before we next meet. It takes about five minutes.")
BEFORE = later("Hello. We meet on {day} at {time}. Please answer a few questions before then, if you have not yet.")
HOW = later("We ask for your date of birth first. The page works until {day}. Nobody reads replies to this message.")

YOURS = later("A page of your own")
INVITED = later("Hello. You asked for a sign-in of your own. Open this link to choose a password.")

ON_BEHALF = later("Hello. You were told that this would come. Open this link to choose a password.")

WAITS = later("Something for you to read")
TO_READ = later("Hello. Something waits for you where you sign in. You need not answer it.")

CHOSEN = later("What you told us")
AGREED = later("Hello. You told us what others may know about you, and we wrote it down. You can change it on any day.")
NOT_SO = later("Is it not right? Ring us. Nobody reads replies to this message.")


def confirmation(service: str) -> Letter:
    """That what somebody said by voice was written down."""
    parts = [said(FROM, service=service)] if service else []
    return Letter(said(CHOSEN), "\n\n".join([*parts, said(AGREED), said(NOT_SO)]))


def own_sign_in(address: str, until: date, service: str) -> Letter:
    """The way to the person's own sign-in."""
    parts = [said(FROM, service=service)] if service else []
    return Letter(said(YOURS), "\n\n".join([*parts, said(INVITED), address, said(HOW, day=civil(until))]))


def proxy_sign_in(address: str, until: date, service: str) -> Letter:
    """The way in of somebody who is to look on a person's behalf: it names nobody, and says nothing of what for."""
    parts = [said(FROM, service=service)] if service else []
    return Letter(said(YOURS), "\n\n".join([*parts, said(ON_BEHALF), address, said(HOW, day=civil(until))]))


def more_asked(address: str, service: str) -> Letter:
    """That somebody asked the person something, which they read where they sign in."""
    parts = [said(FROM, service=service)] if service else []
    return Letter(said(WAITS), "\n\n".join([*parts, said(TO_READ), address]))


def invitation(address: str, until: date, service: str) -> Letter:
    """The first message about an ask."""
    return _letter(said(HELLO), address, until, service)


def reminder(address: str, until: date, service: str, day: date, time: str) -> Letter:
    """What is sent a day before a contact."""
    return _letter(said(BEFORE, day=civil(day), time=time), address, until, service)


def _letter(hello: str, address: str, until: date, service: str) -> Letter:
    parts = [said(FROM, service=service)] if service else []
    return Letter(said(SUBJECT), "\n\n".join([*parts, hello, address, said(HOW, day=civil(until))]))
