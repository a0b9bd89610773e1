"""What conversion and transport do: charsets, lost bytes, converters' marks, lost borders, lost lines, bad spans."""

from random import Random

from tests.torture.damage.record import PAGES, TEXT, WEB, PrintDamage
from tests.torture.printing import Draft


def write_gbk(draft: Draft, random: Random) -> bool:
    """GBK, declared rightly, as gb2312, not at all, or wrongly as UTF-8."""
    draft.style |= {"charset": "gb18030", "declared": random.choice(("gbk", "gb2312", "", "utf-8"))}
    return True


def write_utf_16(draft: Draft, random: Random) -> bool:
    """UTF-16 or UTF-8 with a byte order mark."""
    draft.style |= {"charset": random.choice(("utf-16", "utf-8-sig")), "declared": ""}
    return True


def lose_bytes(draft: Draft, random: Random) -> bool:
    """A few characters of prose and labels lost their last byte."""
    draft.style["lost_bytes"] = str(random.randint(1, 6))
    draft.says_agency = draft.says_year = False
    return True


def change_line_ends(draft: Draft, random: Random) -> bool:
    """Other line ends, trailing blanks."""
    draft.style["line_end"] = random.choice(("\r\n", "\r", " \n"))
    return True


def add_bookmarks(draft: Draft, random: Random) -> bool:
    """[bookmark: …] inside headings and cells."""
    draft.style["bookmarks"] = "yes"
    return True


def add_bold_marks(draft: Draft, random: Random) -> bool:
    """Figures and labels between bold marks."""
    draft.style["bold"] = random.choice(("figures", "labels", "both"))
    return True


def pour_into_text(draft: Draft, random: Random) -> bool:
    """Tables poured into one line, without any border."""
    draft.style["layout"] = "fused"
    draft.excuse(list(draft.truth.cells), "no border between figures is left")
    return True


def print_rows_as_tables(draft: Draft, random: Random) -> bool:
    """Every row its own small table with invented headers 数据1 …"""
    draft.style["layout"] = "row_tables"
    cells = [cell_id for cell_id in draft.truth.cells if cell_id.startswith("t3.")]
    draft.excuse(cells, "the names of the columns are gone, only the order of the figures is left")
    return True


def drop_repeated_lines(draft: Draft, random: Random) -> bool:
    """A converter that drops lines it has already written, so that nearly all figures vanish."""
    draft.style |= {"layout": random.choice(("cells_by_line", "bars", "plain_lines")), "lines": "once"}
    draft.excuse(list(draft.truth.cells), "repeated lines are gone")
    return True


def space_columns(draft: Draft, random: Random) -> bool:
    """Columns kept apart by nothing but blanks: blank cells cannot be seen."""
    draft.style["layout"] = "spaced"
    for row in (row for table in draft.tables for row in table.rows):
        if any(cell.kind == "figure" and not cell.text.strip() for cell in row):
            draft.excuse([cell.cell_id for cell in row if cell.cell_id], "blank cells cannot be seen")
    return True


def declare_bad_spans(draft: Draft, random: Random) -> bool:
    """Merged labels that claim too many or too few rows."""
    draft.style["spans"] = random.choice(("long", "short", "huge", "zero"))
    cells = [cell_id for cell_id in draft.truth.cells if cell_id.startswith("t3.")]
    draft.excuse(cells, "by the spans, rows do not stand under their header")
    return True


def leave_tags_open(draft: Draft, random: Random) -> bool:
    """End tags of cells and rows left out, tags in capitals."""
    draft.style["tags"] = random.choice(("open", "capital", "th"))
    return True


def nest_in_layout(draft: Draft, random: Random) -> bool:
    """Layout tables around the article, a table around each table."""
    draft.style["nesting"] = random.choice(("page", "table"))
    return True


def hide_copy(draft: Draft, random: Random) -> bool:
    """A second, hidden copy of the article, or the article itself hidden behind a tab."""
    draft.style["hidden"] = random.choice(("copy", "article"))
    return True


DAMAGES = (
    PrintDamage("gbk", "GBK, declared or not", write_gbk, PAGES, stage="style"),
    PrintDamage("utf_16", "UTF-16 and byte order marks", write_utf_16, PAGES, stage="style"),
    PrintDamage("lost_bytes", "bytes lost from characters", lose_bytes, PAGES, stage="style"),
    PrintDamage("line_ends", "other line ends", change_line_ends, PAGES, stage="style"),
    PrintDamage("bookmarks", "bookmarks of a converter", add_bookmarks, TEXT, stage="style"),
    PrintDamage("bold_marks", "bold marks around figures", add_bold_marks, TEXT, stage="style"),
    PrintDamage("fused_text", "tables poured into one line", pour_into_text, TEXT, stage="style"),
    PrintDamage("row_tables", "every row its own table", print_rows_as_tables, TEXT, stage="style"),
    PrintDamage("lines_once", "repeated lines dropped", drop_repeated_lines, TEXT, stage="style"),
    PrintDamage("spaced_columns", "columns parted by blanks", space_columns, TEXT, stage="style"),
    PrintDamage("bad_spans", "spans that claim too much or too little", declare_bad_spans, WEB, stage="style"),
    PrintDamage("tags", "open end tags, capitals, header cells", leave_tags_open, WEB, stage="style"),
    PrintDamage("nested_tables", "tables around tables", nest_in_layout, WEB, stage="style"),
    PrintDamage("hidden", "hidden copies, hidden articles", hide_copy, WEB, stage="style"),
)
