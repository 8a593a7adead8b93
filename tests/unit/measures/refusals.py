"""What a rule refuses, word for word: the field of the form that it names, and what stands beside it."""

from collections.abc import Callable

import pytest

from alongside.kernel.errors import Invalid, Several


def refused(act: Callable[[], object]) -> list[tuple[str, str]]:
    """(field, message) of every problem, in order."""
    with pytest.raises((Invalid, Several)) as caught:
        act()
    problems = caught.value.problems if isinstance(caught.value, Several) else [caught.value]
    return [(one.field, one.message) for one in problems]
