"""Addresses: brought into one form, told apart, and held against a portal's allow-list."""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

SCHEMES = ("http", "https")
DEFAULT_PORTS = {"http": 80, "https": 443}
# What a server adds to remember a visitor names no other page.
SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
# A TRS column writes every article twice, the second time for telephones.
MOBILE_TWIN = re.compile(r"_wap(?=\.s?html?$)", re.IGNORECASE)
LENGTH_AT_MOST = 2000


class AddressError(ValueError):
    """The text is no web address that can be asked for."""


def normalise_address(address: str, base: str | None = None) -> str:
    """The address as it is asked for: absolute, escaped, without fragment, session or default port.

    The mobile twin of an article becomes the article. Raises `AddressError` when it is not http(s) or has no host.
    """
    text = address.strip()
    try:
        joined = urljoin(base, text) if base is not None else text
        parts = urlsplit(safe_url_string(joined))
        port = parts.port
    except ValueError as error:
        raise AddressError(f"`{text[:200]}`: {error}") from error
    if parts.scheme not in SCHEMES or not parts.hostname or len(joined) > LENGTH_AT_MOST:
        raise AddressError(f"`{text[:200]}`: no address of the web")
    if parts.username is not None or parts.password is not None:
        raise AddressError(f"`{parts.hostname}`: an address with a user name")
    path = MOBILE_TWIN.sub("", SESSION.sub("", parts.path)) or "/"
    host = _write_host(parts.hostname)
    place = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    return urlunsplit(SplitResult(parts.scheme, place, path, parts.query, ""))


def compute_key(address: str, twins: Mapping[str, str] | None = None) -> str:
    """What makes a normalised address one page: host, path and query; http and https, and twin hosts, are one."""
    parts = urlsplit(address)
    host = read_host(address)
    port = "" if parts.port is None else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{(twins or {}).get(host, host)}{port}{parts.path}{query}"


def read_host(address: str) -> str:
    """The host's name in lower case, without port; politeness is counted by it."""
    return (urlsplit(address).hostname or "").rstrip(".")


def read_origin(address: str) -> str:
    """Scheme, host and port: what one `robots.txt` speaks for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def read_literal_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address a host is written as, or null for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_public(ip: str) -> bool:
    """Whether an address belongs to the public network: not private, loopback, link-local, multicast or reserved."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)


def _write_host(hostname: str) -> str:
    host = hostname.rstrip(".").lower()
    return f"[{host}]" if ":" in host else host
