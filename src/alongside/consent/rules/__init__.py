"""What a person may agree to or refuse, what makes it complete, and the lines that access compiles. Pure."""

from alongside.consent.rules.asking import STANDS, check_asked
from alongside.consent.rules.checking import PART_2, check, check_how, check_together, names_intermediary
from alongside.consent.rules.choices import Choice, Ends, Exception_, Given, HowSaid, Signer, Sooner, Status, Told
from alongside.consent.rules.closing import Breath, in_one_breath
from alongside.consent.rules.deciding import Alone, check_decides, decides_alone
from alongside.consent.rules.joined import Stands, stands
from alongside.consent.rules.lines import lines
from alongside.consent.rules.reaching import Reached, reached
from alongside.consent.rules.renewing import as_limited, as_told, by_themselves, carried, remembered
from alongside.consent.rules.scope import beside, for_itself, replaces
from alongside.consent.rules.seeing import Taken, Window, kinds_in, taken, under, were_it_said, windows
from alongside.consent.rules.sooner import added, still

__all__ = [
    "PART_2",
    "STANDS",
    "Alone",
    "Breath",
    "Choice",
    "Ends",
    "Exception_",
    "Given",
    "HowSaid",
    "Reached",
    "Signer",
    "Sooner",
    "Stands",
    "Status",
    "Taken",
    "Told",
    "Window",
    "added",
    "as_limited",
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
    "in_one_breath",
    "kinds_in",
    "lines",
    "names_intermediary",
    "reached",
    "remembered",
    "replaces",
    "stands",
    "still",
    "taken",
    "under",
    "were_it_said",
    "windows",
]
