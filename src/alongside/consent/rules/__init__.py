"""What a person may agree to or refuse, what makes it complete, and the lines that access compiles. Pure."""

from alongside.consent.rules.asking import STANDS, check_asked
from alongside.consent.rules.checking import check, check_how, check_together
from alongside.consent.rules.choices import Choice, Ends, Exception_, Given, HowSaid, Signer, Status, Told
from alongside.consent.rules.deciding import Alone, check_decides, decides_alone
from alongside.consent.rules.joined import Stands, stands
from alongside.consent.rules.lines import lines
from alongside.consent.rules.reaching import Reached, reached
from alongside.consent.rules.renewing import as_told, by_themselves, carried
from alongside.consent.rules.scope import beside, for_itself, replaces
from alongside.consent.rules.seeing import Taken, Window, kinds_in, taken, under, were_it_said, windows

__all__ = [
    "STANDS",
    "Alone",
    "Choice",
    "Ends",
    "Exception_",
    "Given",
    "HowSaid",
    "Reached",
    "Signer",
    "Stands",
    "Status",
    "Taken",
    "Told",
    "Window",
    "as_told",
    "beside",
    "by_themselves",
    "carried",
    "check",
    "check_asked",
    "check_decides",
    "check_how",
    "check_together",
    "decides_alone",
    "for_itself",
    "kinds_in",
    "lines",
    "reached",
    "replaces",
    "stands",
    "taken",
    "under",
    "were_it_said",
    "windows",
]
