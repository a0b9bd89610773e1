"""What bounds a crawl, whatever a portal sends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """Bounds of one crawl: `patience_seconds` is the longest a host is waited for within it.

    `allow_private` lets names lead into private networks, for tests and for portals inside one's own.
    """

    user_agent: str
    allow_private: bool = False
    max_bytes: int = 100_000_000
    timeout_seconds: float = 60.0
    patience_seconds: float = 600.0
    pages_per_portal: int = 20_000
    tries: int = 3
    failures_in_a_row: int = 8


def write_user_agent(version: str, contact: str | None) -> str:
    """Who asks, and whom to write to about it."""
    asks = f"gongkai/{version} (archive of annual disclosure reports"
    return f"{asks}; contact: {contact})" if contact else f"{asks}; no contact set)"
