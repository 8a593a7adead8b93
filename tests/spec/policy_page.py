"""Renders docs/reference/generated/policy.md from definitions/access, and keeps how wide each version of the policy is:
`python -m tests.spec.policy_page`.

A policy that widens access is a new version. `tests/spec/policy_widths.json` holds how wide the version is that was
released last; this refuses to write a wider one under the same number.
"""

import json
import sys
from pathlib import Path
from typing import Any

from alongside.definitions import ages, bases, policy, proxies
from tests.spec.instruments_page import table

PAGE = Path(__file__).parents[2] / "docs/reference/generated/policy.md"
WIDTHS = Path(__file__).parent / "policy_widths.json"
FILES = policy.FILES

OPENING = """\
# The policy of access

Made from the files in `src/alongside/definitions/access` by `python -m tests.spec.policy_page`; do not edit. What it
means, and how a person's own choices decide within it: [how consent decides](../../explanation/how-consent-decides.md).
A file that lets anybody see more than before needs a new version. None of it was checked by anybody outside yet.
"""


def render() -> str:
    versions = ", ".join(f"{name} {policy.version(name)}" for name in FILES)
    parts = [
        OPENING,
        f"Versions: {versions}.\n",
        _kinds(),
        _bundles(),
        _purposes(),
        _roles(),
        _classes(),
        _packs(),
        _ages(),
        _proxies(),
        _bases(),
    ]
    return "\n".join(parts)


def _kinds() -> str:
    rows = [
        (f"`{one.key}`", one.words, _yes(one.offered), _yes(one.apart), _yes(one.own))
        for one in policy.categories().values()
    ]
    named = ("Key", "Kind of information", "People are asked about it", "Kept apart", "In the person's own view")
    return f"## Kinds of information\n\n{table(named, rows)}"


def _bundles() -> str:
    rows = [(one.words, "; ".join(policy.category_words(one.mask)) or "nothing") for one in policy.bundles().values()]
    return f"## Bundles that are offered first\n\n{table(('Bundle', 'Opens'), rows)}"


def _purposes() -> str:
    rows = [
        (f"`{one.key}`", one.words, _keys(policy.purposes_mask(one.key) & ~one.mask, policy.purposes()))
        for one in policy.purposes().values()
    ]
    return f"## Purposes\n\n{table(('Key', 'Why somebody looks', 'Includes'), rows)}"


def _roles() -> str:
    rows = [
        (
            one.words,
            _keys(one.purposes, policy.purposes()),
            _ceiling(one.own),
            _ceiling(one.other),
            one.speaks_for.replace("_", " ") if one.staff else "",
            ", ".join(sorted(one.does)),
        )
        for one in policy.roles().values()
    ]
    named = ("Role", "Looks for", "The most of its own service", "The most of another's", "Speaks for", "May start")
    return f"## Roles and their ceilings\n\n{table(named, rows)}"


def _classes() -> str:
    rows = [(one.words, ", ".join(sorted(one.kinds))) for one in policy.classes().values()]
    return f"## Classes of recipients\n\n{table(('Class', 'Kinds of service'), rows)}"


def _ages() -> str:
    rows = [
        (policy.packs()[one.pack].words, str(one.below), one.words, _yes(one.parent), one.source, _yes(one.verified))
        for one in ages.every()
    ]
    named = ("Policy", "Younger than", "What is asked", "A parent may agree alone", "Source", "Checked")
    return f"## Somebody young who decides about sharing\n\n{table(named, rows)}"


def _proxies() -> str:
    rows = [
        (f"`{one.pack}`", one.words, _needed(one), str(one.days), one.source, _yes(one.verified))
        for one in proxies.every()
    ]
    named = ("Pack", "On what it rests", "What it asks for", "Days at most", "Source", "Checked")
    about = "Who may look for a person, who sees who it is and each look. What a pack does not list, it does not allow."
    return f"## Somebody who looks on the person's behalf\n\n{about}\n\n{table(named, rows)}"


def _needed(one: proxies.Basis) -> str:
    parts = [
        "the person is younger than the age of deciding, wherever they are" if one.young else "",
        "the person's yes" if one.always_agrees else "the person's yes where they decide by themselves",
        "what was seen that entitles them" if one.paper else "",
    ]
    return "; ".join(part for part in parts if part)


def _bases() -> str:
    rows = [
        (f"`{one.pack}`", one.words, _asked(one), one.source, "yes" if one.verified else "no") for one in bases.every()
    ]
    named = ("Pack", "On what it rests", "What it asks for", "Source", "The text was seen")
    about = "What may be told without the person's consent. What a pack does not list, it does not allow."
    return f"## Disclosure without consent\n\n{about}\n\n{table(named, rows)}"


def _asked(one: bases.Basis) -> str:
    parts = [
        " and ".join(f"a court's {paper}" if paper == "order" else f"a {paper}" for paper in one.papers),
        "which order or law" if one.names else "",
        "" if one.partners else "not to a service of the partnership",
        _keys(one.mask, policy.categories()) + " alone" if one.kinds else "",
    ]
    return "; ".join(part for part in parts if part)


def _packs() -> str:
    roles = policy.roles()
    rows = [
        (
            one.words,
            _keys(one.own_purposes, policy.purposes()),
            _keys(one.emergency_roles, roles),
            _keys(one.emergency_purposes, policy.purposes()),
            _yes(one.documents),
            _keys(one.restricted_roles, roles),
        )
        for one in policy.packs().values()
    ]
    looks = ("May declare an emergency", "Which opens it for", "Documented by law")
    named = ("Country", "Its own record, unasked, for", *looks, "See a restricted registration")
    return f"## Countries\n\n{table(named, rows)}"


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _keys(mask: int, known: Any) -> str:
    return ", ".join(one.words for one in known.values() if one.mask & mask) or "–"


def _ceiling(mask: int) -> str:
    return "everything" if mask == policy.all_categories() else ", ".join(policy.category_keys(mask)) or "nothing"


def widths() -> dict[str, Any]:
    """How wide the policy is: everything that lets somebody see or do more, as lists of words."""
    return {
        "versions": {name: policy.version(name) for name in FILES},
        "wide": dict(sorted(_wide())),
    }


def _wide() -> list[tuple[str, list[str]]]:
    kinds, purposes, roles = policy.categories(), policy.purposes(), policy.roles()
    found = [(f"categories: bundle {one.key}", policy.category_keys(one.mask)) for one in policy.bundles().values()]
    found += [
        ("categories: not kept apart", [one.key for one in kinds.values() if not one.apart]),
        ("categories: in the person's own view", [one.key for one in kinds.values() if one.own]),
    ]
    found += [(f"purposes: {one}", _listed(policy.purposes_mask(one), purposes)) for one in purposes]
    for one in roles.values():
        found += [
            (f"roles: {one.key} own", policy.category_keys(one.own)),
            (f"roles: {one.key} other", policy.category_keys(one.other)),
            (f"roles: {one.key} purposes", _listed(one.purposes, purposes)),
            (f"roles: {one.key} does", sorted(one.does)),
            (f"roles: {one.key} speaks for", [one.speaks_for, *sorted(one.doors)]),
        ]
    found += [(f"classes: {one.key}", sorted(one.kinds)) for one in policy.classes().values()]
    for one in policy.packs().values():
        found += [
            (f"packs: {one.key} own purposes", _listed(one.own_purposes, purposes)),
            (f"packs: {one.key} emergency", _listed(one.emergency_roles, roles)),
            (f"packs: {one.key} emergency for", _listed(one.emergency_purposes, purposes)),
            (f"packs: {one.key} restricted", _listed(one.restricted_roles, roles)),
        ]
    return found


def _listed(mask: int, known: Any) -> list[str]:
    return [key for key, one in known.items() if one.mask & mask]


def widened(now: dict[str, Any], released: dict[str, Any]) -> list[str]:
    """What lets somebody see or do more than the released policy, in files whose version is the released one."""
    return [
        f"{what}: {', '.join(sorted(more))}"
        for what, words in now["wide"].items()
        if (more := set(words) - set(released["wide"].get(what, ())))
        and now["versions"][(file := what.partition(":")[0])] == released["versions"][file]
    ]


def main() -> int:
    if wider := widened(widths(), json.loads(WIDTHS.read_text("utf-8"))):
        print("This policy is wider and has the old version:\n" + "\n".join(wider))
        return 1
    WIDTHS.write_text(json.dumps(widths(), indent=1) + "\n", "utf-8")
    PAGE.write_text(render(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
