"""The running text of a report: its chapters, and the folding under which text is compared."""

from parsers.prose.chapters import Heading, find_headings, read_chapters
from parsers.prose.text import FoldedText, fold_text, fold_with_positions

__all__ = ["FoldedText", "Heading", "find_headings", "fold_text", "fold_with_positions", "read_chapters"]
