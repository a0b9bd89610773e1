"""What an answer is taken for, before any of its links are read."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.outcomes import PageOutcome
from crawler.pages import DOCUMENT_KINDS, Kind, Page
from crawler.words import says

# Pages that put a question to the visitor say little else.
CHALLENGE_CHARACTERS = 1500
SCRIPT_ONLY_CHARACTERS = 100
LOGIN_ADDRESS = re.compile(r"/(login|signin|sso|cas|oauth)([/.?]|$)", re.IGNORECASE)
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome an answer has by itself; `retry_seconds` is how long the server asks to wait."""

    outcome: PageOutcome
    detail: str | None = None
    retry_seconds: float | None = None


def judge_answer(page: Page, kind: Kind, now: datetime) -> Judgement:
    """What an answer means for the page that was asked for; `fetched` when it is what was hoped for."""
    if page.status == 304:
        return Judgement("unchanged")
    if page.status in REDIRECTS:
        return Judgement("redirected", page.headers.get("location"))
    if not 200 <= page.status < 300:
        return _judge_refusal(page, now)
    challenge = _judge_challenge(page)
    if challenge is not None:
        return challenge
    return _judge_content(page, kind)


def is_login_address(address: str) -> bool:
    """Whether an address asks who one is."""
    return LOGIN_ADDRESS.search(address) is not None


def is_script_only(page: Page) -> bool:
    """Whether a page shows nothing until its scripts have run."""
    if page.content_kind != "html" or len(page.visible_text) > SCRIPT_ONLY_CHARACTERS:
        return False
    return page.tree.css_first("script") is not None


def _judge_refusal(page: Page, now: datetime) -> Judgement:
    status = f"HTTP {page.status}"
    if page.status in (403, 412):
        asks = page.content_kind == "html" and says("captcha", page.visible_text)
        return Judgement("captcha" if asks else "blocked", status)
    if page.status in (429, 503):
        outcome: PageOutcome = "rate_limited" if page.status == 429 else "server_error"
        return Judgement(outcome, status, read_retry_after(page.headers.get("retry-after"), now))
    if page.status in (404, 410):
        return Judgement("not_found", status)
    if page.status == 401:
        return Judgement("login_page", status)
    return Judgement("server_error" if page.status >= 500 else "http_error", status)


def _judge_challenge(page: Page) -> Judgement | None:
    if page.content_kind != "html":
        return None
    text = page.visible_text
    if page.tree.css_first("input[type=password]") is not None and not says("report", text):
        return Judgement("login_page", "the page asks for a password")
    if says("missing", page.title):
        return Judgement("not_found", "the page says that there is none")
    if len(text) > CHALLENGE_CHARACTERS or says("report", text):
        return None
    if says("captcha", f"{page.title} {text}"):
        return Judgement("captcha", "the page asks whether a person is looking")
    return Judgement("blocked", "the page says that it refuses") if says("refusal", text) else None


def _judge_content(page: Page, kind: Kind) -> Judgement:
    found = page.content_kind
    if kind in ("start", "column"):
        return Judgement("fetched") if found in ("html", "data") else Judgement("wrong_type", found)
    if found in DOCUMENT_KINDS or (kind == "article" and found == "html"):
        return Judgement("fetched")
    return Judgement("wrong_type", found)


def read_retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds that `Retry-After` asks to wait, given as a number or a date; null without one that can be read."""
    if header is None:
        return None
    if re.fullmatch(r"\s*\d{1,9}\s*", header):
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max((aware - now) / timedelta(seconds=1), 0.0)
