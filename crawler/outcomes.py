"""What can become of a page and of a portal, by name."""

from typing import Literal

PageOutcome = Literal[
    # It answered.
    "fetched",
    "unchanged",
    "redirected",
    # It has nothing for us, or not any more.
    "not_found",
    "vanished",
    "wrong_type",
    "too_large",
    "login_page",
    "needs_script",
    # It may not be asked for.
    "disallowed",
    "off_list",
    "private_address",
    "redirect_loop",
    "too_deep",
    "barren",
    # It refused, and with it the portal.
    "blocked",
    "captcha",
    "rate_limited",
    # It failed, after it was tried again.
    "server_error",
    "timeout",
    "truncated",
    "connection_failed",
    "dns_error",
    "tls_error",
    "http_error",
    "robots_unreachable",
]

PortalStatus = Literal[
    "crawling",
    "complete",
    "incomplete",
    "blocked",
    "captcha",
    "rate_limited",
    "unreachable",
    "disallowed",
    "login_page",
    "needs_script",
    "no_column",
    "budget_spent",
    "page_limit",
    "deferred",
]

# Outcomes that stop the whole portal at once.
STOPPING: frozenset[PageOutcome] = frozenset({"blocked", "captcha", "rate_limited"})
# Outcomes of a failure that may pass: tried again in the round, and in the next one.
PASSING: frozenset[PageOutcome] = frozenset(
    {"server_error", "timeout", "truncated", "connection_failed", "dns_error", "rate_limited"}
)
UNREACHABLE: frozenset[PageOutcome] = frozenset(
    {"server_error", "timeout", "truncated", "connection_failed", "dns_error", "tls_error", "robots_unreachable"}
)
# Outcomes that leave a hole in what was to be fetched.
GAPS: frozenset[PageOutcome] = UNREACHABLE | frozenset[PageOutcome](
    {"too_large", "http_error", "login_page", "redirect_loop"}
)
