"""Who reports on which year, as printed: title, agency, year, dates, notice and site code, and the content's id."""

from parsers.identity.content import compute_content_id
from parsers.identity.reading import read_identity
from parsers.identity.title import TitleReading, classify_title, is_report_title, read_title

__all__ = ["TitleReading", "classify_title", "compute_content_id", "is_report_title", "read_identity", "read_title"]
