"""Which addresses are public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.addresses import is_public, is_within, networks


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "168.63.129.15", "172.15.255.255", "172.32.0.1",
        "192.0.1.1", "192.88.98.1", "192.88.100.1", "198.17.255.255", "198.20.0.1", "223.255.255.254",
        "2001:470::1", "2606:4700::1111", "2a00:1450:4001::2003", "2003::1",
    ],
)  # fmt: skip
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.255",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.9", "192.0.0.192", "192.0.2.1",
        "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.175.48.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::7f00:1",
        "64:ff9b::808:808", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1",
        "2002:7f00:1::", "2620:4f:8000::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
        "fe80::1%eth0", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "[::1]", "1.2.3.4/32", "1.2.3.4 "])
def test_what_is_no_address_is_not_public_and_within_nothing(text: str) -> None:
    assert not is_public(text)
    assert not is_within(text, networks(["0.0.0.0/0", "::/0"]))


def test_within_networks() -> None:
    allowed = networks(["127.0.0.0/8", "fd00::/8"])
    assert is_within("127.0.0.1", allowed)
    assert is_within("fd12::1", allowed)
    assert not is_within("10.0.0.1", allowed)
    assert not is_within("127.0.0.1", ())
    # Written otherwise it is another address: whoever allows loopback has not allowed all its disguises.
    assert not is_within("::ffff:127.0.0.1", allowed)


def test_networks_name_the_one_that_is_none() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.1/8"):
        networks(["127.0.0.0/8", "10.0.0.1/8"])


@given(st.ip_addresses(v=4))
def test_no_disguise_of_an_ipv4_address_is_public(ip: object) -> None:
    parts = [int(part) for part in str(ip).split(".")]
    pair = f"{parts[0]:02x}{parts[1]:02x}:{parts[2]:02x}{parts[3]:02x}"
    for disguise in (f"::{ip}", f"::ffff:{ip}", f"64:ff9b::{pair}", f"2002:{pair}::1", f"2001:0:{pair}::"):
        assert not is_public(disguise)
