"""Who somebody is, where they are linked, the find box, what is their own, and who looks for them."""

from alongside.people.queries.correcting import (
    PutRight,
    corrections,
    who_saw,
)
from alongside.people.queries.counting import (
    Characteristics,
    characteristics,
)
from alongside.people.queries.erasing import (
    Hold,
    Proposed,
    born_and_registered,
    holds,
    holds_of,
    is_held,
    proposals,
    proposals_of,
    registered_before,
)
from alongside.people.queries.finding import (
    PAGE,
    find,
    meant,
    possible_duplicates,
)
from alongside.people.queries.identities import (
    Known,
    PersonHeader,
    header,
    headers,
    identity,
    known,
)
from alongside.people.queries.linked import (
    Joined,
    joined,
    joined_to,
    link_between,
    own_among,
    own_of,
)
from alongside.people.queries.own import (
    Invited,
    OwnRecord,
    Welcome,
    invitation_of,
    invited,
    on_behalf_of,
    own_access,
    own_records,
    signed_up,
)
from alongside.people.queries.proxies import (
    Behalf,
    address_of,
    looks_at,
    proxies,
)
from alongside.people.queries.reaching import (
    born,
    reach,
    speaks,
    was_born_on,
)
from alongside.people.queries.restricted import (
    Kept,
    is_named_for,
    kept,
    kept_of,
    named_for,
)

__all__ = [
    "PAGE",
    "Behalf",
    "Characteristics",
    "Hold",
    "Invited",
    "Joined",
    "Kept",
    "Known",
    "OwnRecord",
    "PersonHeader",
    "Proposed",
    "PutRight",
    "Welcome",
    "address_of",
    "born",
    "born_and_registered",
    "characteristics",
    "corrections",
    "find",
    "header",
    "headers",
    "holds",
    "holds_of",
    "identity",
    "invitation_of",
    "invited",
    "is_held",
    "is_named_for",
    "joined",
    "joined_to",
    "kept",
    "kept_of",
    "known",
    "link_between",
    "looks_at",
    "meant",
    "named_for",
    "on_behalf_of",
    "own_access",
    "own_among",
    "own_of",
    "own_records",
    "possible_duplicates",
    "proposals",
    "proposals_of",
    "proxies",
    "reach",
    "registered_before",
    "signed_up",
    "speaks",
    "was_born_on",
    "who_saw",
]
