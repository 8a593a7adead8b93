"""Which bundle a choice is, or is but for a few kinds of it. Pure."""

from django.utils.translation import gettext as _

from alongside.definitions import policy
from alongside.definitions.policy import Bundle, Mask

MOST_LEFT_OUT = 2  # kinds, after which a choice is called piece by piece: ours


def bundle_of(mask: Mask) -> tuple[Bundle, Mask] | None:
    """The bundle, and what was left out of it where it is one whose kinds are left out by name; None for any other."""
    for one in policy.bundles().values():
        if one.mask == mask:
            return one, 0
    for one in policy.bundles().values():
        left_out = one.mask & ~mask
        if one.names and not mask & ~one.mask and left_out.bit_count() <= MOST_LEFT_OUT:
            return one, left_out
    return None


def bundle_words(mask: Mask) -> str:
    """The bundle that a choice is, with what was left out of it, or that it was made piece by piece."""
    found = bundle_of(mask)
    if found is None:
        return _("Chosen piece by piece")
    bundle, left_out = found
    if not left_out:
        return _(bundle.words)
    without = "; ".join(_(bundle.names[key]) for key in policy.category_keys(left_out))
    return _("%(bundle)s, without: %(kinds)s") % {"bundle": _(bundle.words), "kinds": without}
