"""Everything that changes who may see: agreeing, linking, emergencies, keeping to a few, a sign-in of their own."""

from alongside.sharing.actions.behalf import (
    end_proxy,
    invite_proxy,
)
from alongside.sharing.actions.choosing import (
    ROOMS,
    agree,
    agree_all,
    leaver,
    refuse,
    stop,
    withdraw,
)
from alongside.sharing.actions.discharging import (
    discharge,
)
from alongside.sharing.actions.emergencies import (
    end_look,
    look_in_emergency,
    shut_look,
)
from alongside.sharing.actions.erasing import (
    HOLD,
    erase,
    erase_again,
    keep,
    propose_erasure,
)
from alongside.sharing.actions.joining import (
    Accepted,
    accept_referral,
    refer,
    unlink,
)
from alongside.sharing.actions.merging import (
    confirm_same,
    decide_same,
    part_same,
    propose_same,
)
from alongside.sharing.actions.more import (
    ask_more,
    put_away,
)
from alongside.sharing.actions.own import (
    end_sign_in,
    invite,
    show_less,
    welcome,
)
from alongside.sharing.actions.restoring import (
    close,
    replay,
)
from alongside.sharing.actions.restricting import (
    lift_restriction,
    restrict,
)
from alongside.sharing.actions.several import (
    agree_several,
)
from alongside.sharing.actions.telling import (
    disclose,
    review_withheld,
    withhold,
)

__all__ = [
    "HOLD",
    "ROOMS",
    "Accepted",
    "accept_referral",
    "agree",
    "agree_all",
    "agree_several",
    "ask_more",
    "close",
    "confirm_same",
    "decide_same",
    "discharge",
    "disclose",
    "end_look",
    "end_proxy",
    "end_sign_in",
    "erase",
    "erase_again",
    "invite",
    "invite_proxy",
    "keep",
    "leaver",
    "lift_restriction",
    "look_in_emergency",
    "part_same",
    "propose_erasure",
    "propose_same",
    "put_away",
    "refer",
    "refuse",
    "replay",
    "restrict",
    "review_withheld",
    "show_less",
    "shut_look",
    "stop",
    "unlink",
    "welcome",
    "withdraw",
    "withhold",
]
