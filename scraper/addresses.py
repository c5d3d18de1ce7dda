"""Which IP addresses lie on the public internet. Addresses as text in, yes or no out; pure."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Network = IPv4Network | IPv6Network

# What `is_global` of some Python version calls public, or has called public, and is not.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "168.63.129.16/32",  # the host's own services inside Azure: a public number that never leaves the data centre
        "192.0.0.0/24",  # IETF protocol assignments; 192.0.0.192 serves metadata in Oracle's cloud
        "192.31.196.0/24",  # AS112, RFC 7535
        "192.52.193.0/24",  # AMT relays, RFC 7450
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.175.48.0/24",  # AS112, RFC 7534
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and the broadcast address
    )
)
# Of IPv6 only 2000::/3 is given out as global unicast; that leaves out ::1, v4-mapped (::ffff:0:0/96), NAT64
# (64:ff9b::/96 and 64:ff9b:1::/48), fc00::/7, fe80::/10, ff00::/8 and all that is not assigned yet.
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments with Teredo, which wraps any IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps any IPv4 address
        "2620:4f:8000::/48",  # AS112, RFC 7534
        "3fff::/20",  # documentation, RFC 9637
    )
)


def is_public(address: str) -> bool:
    """Whether an address may be connected to by whoever can make us ask. What is no IP address is not public."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast:
        return False
    if ip.version == 4:
        return not any(ip in network for network in _NOT_PUBLIC_4)
    return ip in _PUBLIC_6 and not any(ip in network for network in _NOT_PUBLIC_6)


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks, written as itself: a v4-mapped form is not unwrapped."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in networks)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks from CIDR texts.

    Raises:
        ValueError: a text is no network; the message names it.
    """
    return tuple(ip_network(text) for text in texts)
