"""What every test shares: settings for a throwaway installation, and no network but loopback."""

import os

os.environ.setdefault("ALONGSIDE_SECRET_KEY", "only-for-tests")

import pytest
from pytest_socket import socket_allow_hosts


@pytest.fixture(autouse=True)
def _only_loopback() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
