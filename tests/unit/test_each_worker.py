"""What tests keep in files is their own worker's: another's counts would be added to theirs, or cleared under them."""

from pathlib import Path

from django.core.cache import cache

from tests import conftest


def test_the_cache_is_this_processs_own():
    assert Path(cache._dir).parent == Path(conftest.HOME)
