"""How figures and labels are typed: wide and padded signs, spaces, breaks, other stops, years inside headers."""

from random import Random

from tests.torture.damage.record import OFFICE, WEB, PrintDamage
from tests.torture.printing import Draft, PrintedCell
from tests.torture.truth import Figure

_WIDE = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789,+-./"}
_PADS = (" ", "\u00a0", "\u00a0\u00a0\u00a0", "\u3000", "\u2002")
_RADICALS = str.maketrans({"行": "⾏", "金": "⾦", "食": "⾷", "一": "⼀", "人": "⼈", "非": "⾮"})
_HALF = str.maketrans("（）：，；", "():,;")
_OTHER_STOPS = str.maketrans({"、": "，", "，": ",", ".": "．"})


def list_figures(draft: Draft, *, filled: bool = True) -> list[PrintedCell]:
    """Every printed cell of figures, blank ones too unless `filled`."""
    return [
        cell for table in draft.tables for cell in table.cells if cell.kind == "figure" and (cell.text or not filled)
    ]


def list_labels(draft: Draft) -> list[PrintedCell]:
    """Every printed cell that is no figure."""
    return [cell for table in draft.tables for cell in table.cells if cell.kind != "figure" and cell.text]


def _pick(cells: list[PrintedCell], random: Random, share: float) -> list[PrintedCell]:
    return [cell for cell in cells if random.random() < share]


def widen_digits(draft: Draft, random: Random) -> bool:
    """Full-width digits in some cells."""
    chosen = _pick(list_figures(draft), random, 0.3)
    for cell in chosen:
        cell.text = cell.text.translate(_WIDE)
    return bool(chosen)


def part_thousands(draft: Draft, random: Random) -> bool:
    """Thousands apart by commas, narrow or wide."""
    chosen = [cell for cell in list_figures(draft) if cell.text.isdigit() and len(cell.text) > 3]
    for cell in chosen:
        cell.text = f"{int(cell.text):,}".replace(",", random.choice((",", ",", "，")))
    return bool(chosen)


def pad_figures(draft: Draft, random: Random) -> bool:
    """Blanks of every kind before or behind figures, and in blank cells."""
    chosen = _pick(list_figures(draft, filled=False), random, 0.3)
    for cell in chosen:
        pad = random.choice(_PADS)
        cell.text = random.choice((pad + cell.text, cell.text + pad, pad + cell.text + pad))
    return bool(chosen)


def part_digits(draft: Draft, random: Random) -> bool:
    """A number torn in two by a blank or a line break inside its cell."""
    longer = [cell for cell in list_figures(draft) if cell.text.isdigit() and len(cell.text) > 1]
    for cell in random.sample(longer, min(len(longer), 2)):
        place = random.randint(1, len(cell.text) - 1)
        cell.text = cell.text[:place] + random.choice((" ", "\n")) + cell.text[place:]
        draft.excuse([cell.cell_id or ""], "a number torn in two may be two numbers")
    return bool(longer)


def space_labels(draft: Draft, random: Random) -> bool:
    """Blanks inside labels: 规 章, 总 计, 第二十条 第（六）项."""
    chosen = _pick(list_labels(draft), random, 0.4)
    for cell in chosen:
        place = random.randint(1, len(cell.text)) if len(cell.text) > 4 else 1
        blank = random.choice((" ", "\u3000", "\u00a0"))
        cell.text = cell.text[:place] + blank + cell.text[place:] if len(cell.text) > 4 else blank.join(cell.text)
    return bool(chosen)


def break_labels(draft: Draft, random: Random) -> bool:
    """Labels in several lines of their cell."""
    chosen = _pick([cell for cell in list_labels(draft) if len(cell.text) > 2], random, 0.4)
    for cell in chosen:
        place = random.randint(1, len(cell.text) - 1)
        cell.text = cell.text[:place] + "\n" + cell.text[place:]
    return bool(chosen)


def change_stops(draft: Draft, random: Random) -> bool:
    """Half-width brackets, `1、` for `1.`, other commas and quotes."""
    for cell in list_labels(draft):
        match random.randint(0, 4):
            case 0:
                cell.text = cell.text.translate(_HALF)
            case 1 if cell.text[:1].isdigit():
                cell.text = cell.text.replace(".", "、", 1)
            case 2:
                cell.text = cell.text.translate(_OTHER_STOPS)
            case 3:
                cell.text = cell.text.replace("“", random.choice(("", '"', "＂"))).replace(
                    "”", random.choice(("", '"'))
                )
            case _:
                pass
    return True


def print_radicals(draft: Draft, random: Random) -> bool:
    """Radical code points as PDF text has them: ⾏政许可."""
    for cell in list_labels(draft):
        cell.text = cell.text.translate(_RADICALS)
    return True


def print_year_in_headers(draft: Draft, random: Random) -> bool:
    """本年(2023)制发件数."""
    chosen = [cell for cell in list_labels(draft) if cell.text.startswith("本年") and cell.kind == "column"]
    year = random.choice(("({})", "（{}年）", "（{}年度）")).format(draft.truth.year)
    for cell in chosen:
        cell.text = cell.text.replace("本年", f"本年{year}", 1)
    return bool(chosen)


def drop_ordinals(draft: Draft, random: Random) -> bool:
    """Labels of lines without their numbers."""
    chosen = [cell for cell in list_labels(draft) if cell.kind in ("label", "group")]
    kept = ("其他", "总计")
    for cell in chosen:
        bare = cell.text.lstrip("一二三四五六七（）、12345678.")
        cell.text = cell.text if bare in kept else bare
    return True


def split_figures_over_spans(draft: Draft, random: Random) -> bool:
    """One number in several spans, as a word processor leaves it."""
    draft.style["figures"] = "spans"
    return True


def fill_blanks(draft: Draft, random: Random) -> bool:
    """A word processor's filler in cells that print nothing; where every cell prints something, zeros go blank."""
    draft.style["blanks"] = random.choice(("nbsp", "word", "br", "empty_p"))
    cells = list_figures(draft, filled=False)
    if all(cell.text for cell in cells):
        for cell in random.sample(cells, random.randint(5, 40)):
            cell.text = ""
            draft.truth.cells[cell.cell_id or ""] = Figure("", "blank")
    return True


DAMAGES = (
    PrintDamage("wide_digits", "full-width digits", widen_digits, stage="text"),
    PrintDamage("thousands", "thousands apart by commas", part_thousands, stage="text"),
    PrintDamage("padding", "blanks around figures", pad_figures, stage="text"),
    PrintDamage("parted_digits", "a number torn in two", part_digits, stage="text"),
    PrintDamage("label_blanks", "blanks inside labels", space_labels, stage="text"),
    PrintDamage("label_breaks", "labels in several lines", break_labels, WEB | OFFICE, stage="text"),
    PrintDamage("label_stops", "other stops and brackets", change_stops, stage="text"),
    PrintDamage("radicals", "radical code points", print_radicals, stage="text"),
    PrintDamage("header_year", "the year inside headers", print_year_in_headers, stage="text"),
    PrintDamage("ordinals_dropped", "labels without numbers", drop_ordinals, stage="text"),
    PrintDamage("figure_spans", "a number in several spans", split_figures_over_spans, WEB, stage="style"),
    PrintDamage("blank_filler", "fillers in blank cells", fill_blanks, WEB, stage="text"),
)
