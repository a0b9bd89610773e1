"""What carriers give back: one record a member of a document, and what a carrier is."""

from collections.abc import Callable
from dataclasses import dataclass

from parsers.carriers.detection import Format
from parsers.carriers.reasons import get_reason
from parsers.page import Page
from parsers.report import ReportStatus

DETECTION = "detection"


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member of a document: its page, or the status that says why it has none.

    `member` is the path inside an archive, null for the document itself. `carrier` is the id of the detected format;
    `reader` names what read it, `detection` where nothing did. `status_detail` holds the figures behind a status.
    """

    member: str | None
    media_type: str
    carrier: str
    reader: str
    page: Page | None = None
    status: ReportStatus | None = None
    status_reason: str | None = None
    status_detail: str | None = None

    def __post_init__(self) -> None:
        if (self.page is None) == (self.status is None):
            raise ValueError("a member has a page or a status, and not both")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A reader of formats: which ones, the largest file it takes in bytes, and how it reads one document."""

    reader: str
    formats: frozenset[str]
    max_bytes: int
    read_members: Callable[[bytes, Format], tuple[MemberPage, ...]]


def accept_page(detected: Format, page: Page) -> MemberPage:
    """The member of a document that was read to a page."""
    return MemberPage(None, detected.media_type, detected.id, page.reader, page=page)


def refuse_document(
    media_type: str, carrier: str, reader: str, reason_id: str, status_detail: str | None = None
) -> MemberPage:
    """The member of a document that was not read, with the status its reason belongs to."""
    status = get_reason(reason_id).status
    return MemberPage(
        None, media_type, carrier, reader, status=status, status_reason=reason_id, status_detail=status_detail
    )
