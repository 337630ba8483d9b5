"""From where on the network somebody calls, for limits: as one household, and as a mark that tells nobody who it is."""

from ipaddress import ip_address, ip_network

from django.utils.crypto import salted_hmac

IPV6_HOME = 64  # The part of an IPv6 address that one household has for itself.


def household(sender: str) -> str:
    """All that one sender can call from: an address of IPv4, or a household's network of IPv6."""
    try:
        address = ip_address(sender)
    except ValueError:
        return sender
    return str(ip_network((address, IPV6_HOME), strict=False)) if address.version == 6 else sender


def mark(text: str, *, salt: str) -> str:
    """What can be compared and not read; `salt` says for what."""
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()
