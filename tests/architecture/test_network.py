"""Owns the proof that no test can reach a network (promise R18).

Must not be weakened by an allowed host: the program has none.
"""

from __future__ import annotations

import socket
import urllib.request

import pytest


def test_a_connection_is_refused_before_it_starts() -> None:
    with socket.socket() as client, pytest.raises(BaseException, match="without a network"):
        client.connect(("127.0.0.1", 9))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(BaseException, match="without a network"):
        socket.getaddrinfo("example.org", 80)


def test_libraries_are_refused_as_well() -> None:
    with pytest.raises(BaseException, match="without a network"):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_a_datagram_is_refused() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as client,
        pytest.raises(BaseException, match="without a network"),
    ):
        client.sendto(b"", ("127.0.0.1", 9))
