"""Why a document is given up while it is read; its carrier turns that into the status of a member."""

from parsers.carriers.detection import Format
from parsers.carriers.member import MemberPage, refuse_document


class RefusalError(Exception):
    """A document that cannot be read on: the reason as listed in status_reasons.yml, and the figures behind it."""

    def __init__(self, reason_id: str, detail: str | None = None) -> None:
        super().__init__(reason_id if detail is None else f"{reason_id}: {detail}")
        self.reason_id = reason_id
        self.detail = detail


def refuse_member(detected: Format, reader: str, refusal: RefusalError) -> tuple[MemberPage, ...]:
    """The one member of a document that its carrier gave up."""
    return (refuse_document(detected.media_type, detected.id, reader, refusal.reason_id, refusal.detail),)
