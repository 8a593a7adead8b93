"""Who somebody is, where they are linked, the find box, and what is their own."""

from alongside.people.queries.correcting import (
    PutRight,
    corrections,
    who_saw,
)
from alongside.people.queries.counting import (
    Characteristics,
    characteristics,
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
    standing,
    with_linked,
)
from alongside.people.queries.merged import (
    Merged,
    may_be_same,
    merged,
    open_things,
)
from alongside.people.queries.own import (
    Invited,
    OwnRecord,
    Welcome,
    invitation_of,
    invited,
    own_access,
    own_records,
    signed_up,
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
    "Characteristics",
    "Invited",
    "Joined",
    "Kept",
    "Known",
    "Merged",
    "OwnRecord",
    "PersonHeader",
    "PutRight",
    "Welcome",
    "born",
    "characteristics",
    "corrections",
    "find",
    "header",
    "headers",
    "identity",
    "invitation_of",
    "invited",
    "is_named_for",
    "joined",
    "joined_to",
    "kept",
    "kept_of",
    "known",
    "link_between",
    "may_be_same",
    "meant",
    "merged",
    "named_for",
    "open_things",
    "own_access",
    "own_among",
    "own_of",
    "own_records",
    "possible_duplicates",
    "reach",
    "signed_up",
    "speaks",
    "standing",
    "was_born_on",
    "who_saw",
    "with_linked",
]
