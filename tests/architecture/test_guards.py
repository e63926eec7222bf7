"""The guards of the test suite itself work."""

import os
import socket
from pathlib import Path

import pytest

from tests.conftest import OUTER, NetworkForbiddenError, is_loopback


def test_network_is_refused() -> None:
    with socket.socket() as plain, pytest.raises(NetworkForbiddenError):
        plain.connect(("192.0.2.1", 443))
    with pytest.raises(NetworkForbiddenError):
        socket.create_connection(("example.org", 443))
    with socket.socket() as plain, pytest.raises(NetworkForbiddenError):
        plain.connect(("127.0.0.1", 9))


@pytest.mark.loopback
def test_loopback_is_open_where_marked() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
    with pytest.raises(NetworkForbiddenError):
        socket.create_connection(("192.0.2.1", 443))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", b"127.0.0.1"])
def test_loopback_hosts(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "0.0.0.0", "localhost.evil", None])
def test_other_hosts(host: object) -> None:
    assert not is_loopback(host)


def test_home_is_not_the_users() -> None:
    assert Path.home() != Path(OUTER.get("HOME", "/"))
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.fail.Keyring"
