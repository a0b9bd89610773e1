"""What a page break does to a table: two pieces, repeated heads, page numbers between, labels torn in two."""

from copy import deepcopy
from random import Random

from tests.torture.damage.record import PrintDamage
from tests.torture.damage.rows import list_figure_rows
from tests.torture.printing import Chapter, Draft, PrintedCell, PrintedTable

_PAGE_NUMBERS = ("— 4 —", "-3-", "第 3 页", "—#—", "5")


def _cut(draft: Draft, random: Random, *, repeats_merged: bool) -> tuple[Chapter, PrintedTable, PrintedTable]:
    """Cut table 2 or 3 before a row of figures; the lower piece becomes a block of its own."""
    chapter = random.choice(draft.chapters[1:3])
    table = next(block for block in chapter.blocks if isinstance(block, PrintedTable))
    lower = table.split(random.choice(list_figure_rows(table)[1:]), repeats_merged=repeats_merged)
    chapter.blocks.insert(chapter.blocks.index(table) + 1, lower)
    return chapter, table, lower


def _is_whole(draft: Draft) -> bool:
    return all(len(draft.find_tables(table)) == 1 for table in ("t2", "t3"))


def break_page(draft: Draft, random: Random) -> bool:
    """Two tables where one was; merged cells go on blank."""
    if not _is_whole(draft):
        return False
    _cut(draft, random, repeats_merged=False)
    return True


def break_page_with_repeats(draft: Draft, random: Random) -> bool:
    """Two tables, merged labels repeated on the second page."""
    if not _is_whole(draft):
        return False
    _cut(draft, random, repeats_merged=True)
    return True


def break_page_with_header(draft: Draft, random: Random) -> bool:
    """Table 3 over two pages, its header printed again."""
    if not _is_whole(draft):
        return False
    chapter = next(chapter for chapter in draft.chapters if chapter.heading.startswith("三"))
    (table,) = [block for block in chapter.blocks if isinstance(block, PrintedTable)]
    lower = table.split(random.choice(list_figure_rows(table)[1:]), repeats_merged=random.random() < 0.5)
    lower.rows[:0] = deepcopy(table.rows[:3])
    chapter.blocks.insert(chapter.blocks.index(table) + 1, lower)
    return True


def print_page_number(draft: Draft, random: Random) -> bool:
    """Two tables with a page number between them."""
    if not _is_whole(draft):
        return False
    chapter, table, _ = _cut(draft, random, repeats_merged=random.random() < 0.5)
    chapter.blocks.insert(chapter.blocks.index(table) + 1, random.choice(_PAGE_NUMBERS))
    return True


def tear_label(draft: Draft, random: Random) -> bool:
    """A merged label or a line's label begun on one page and ended, without figures, on the next."""
    if not _is_whole(draft):
        return False
    _, table, lower = _cut(draft, random, repeats_merged=False)
    row = table.rows[-1]
    label = next((cell for cell in row if cell.kind == "label"), None)
    if label is None:
        return False
    place = random.randint(1, len(label.text) - 1) if len(label.text) > 1 else 1
    rest = label.text[place:]
    if not rest or any(cell.down > 1 for cell in row):
        return False
    fresh = [PrintedCell(rest if cell is label else "", "note", None, 1, cell.across) for cell in row]
    label.text = label.text[:place]
    lower.insert_row(0, fresh)
    draft.excuse([cell.cell_id or "" for cell in row if cell.cell_id], "half a label is left on the page")
    return True


def tear_group(draft: Draft, random: Random) -> bool:
    """A merged label torn by the break: （四）无 on one page, 法提供 on the next."""
    if not _is_whole(draft):
        return False
    (table,) = draft.find_tables("t3")
    starts = [
        (number, cell)
        for number, row in enumerate(table.rows)
        for cell in row
        if cell.kind == "group" and cell.down in (3, 5, 8)
    ]
    number, group = random.choice(starts)
    chapter = next(chapter for chapter in draft.chapters if table in chapter.blocks)
    lower = table.split(number + random.randint(1, group.down - 1), repeats_merged=False)
    place = random.randint(1, len(group.text) - 1)
    continued = [cell for cell in lower.rows[0] if cell.kind == "group"][-1]
    continued.text, group.text = group.text[place:], group.text[:place]
    chapter.blocks.insert(chapter.blocks.index(table) + 1, lower)
    return True


DAMAGES = (
    PrintDamage("page_break", "a table over two pages", break_page, stage="breaks"),
    PrintDamage(
        "break_repeats_merged", "merged labels repeated after a break", break_page_with_repeats, stage="breaks"
    ),
    PrintDamage("break_repeats_header", "the header repeated after a break", break_page_with_header, stage="breaks"),
    PrintDamage("break_page_number", "a page number inside a table", print_page_number, stage="breaks"),
    PrintDamage("label_torn", "a label torn by a page break", tear_label, stage="breaks"),
    PrintDamage("group_torn", "a merged label torn by a page break", tear_group, stage="breaks"),
)
