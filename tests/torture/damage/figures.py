"""What agencies print into cells: blanks, strokes, units, remarks, words, and totals that are wrong."""

from decimal import Decimal
from random import Random

from tests.torture.damage.record import FigureDamage
from tests.torture.truth import Figure, Truth, draw_cells

_BLANK = Figure("", "blank")
_SLASH = Figure("/", "slash")
_DASHES = ("-", "—", "——", "－")


def _list_counts(truth: Truth, *, zero: bool | None = None) -> list[str]:
    """Cells that print a bare count; `zero` says whether it is nothing or something."""
    return [
        cell_id
        for cell_id, figure in truth.cells.items()
        if figure.text.isdigit() and (zero is None or (figure.value == 0) == zero)
    ]


def _replace(truth: Truth, cell_ids: list[str], figure: Figure) -> bool:
    for cell_id in cell_ids:
        truth.cells[cell_id] = figure
    return bool(cell_ids)


def leave_zeros_blank(truth: Truth, random: Random) -> bool:
    """Every zero of table 3 is left out, row totals too."""
    return _replace(truth, [cell_id for cell_id in _list_counts(truth, zero=True) if cell_id.startswith("t3.")], _BLANK)


def print_totals_only(truth: Truth, random: Random) -> bool:
    """Rows without an application print nothing but the zero of their total."""
    rows = truth.list_rows("t3").values()
    empty = [row for row in rows if all(truth.cells[cell_id].value == 0 for cell_id in row)]
    return _replace(truth, [cell_id for row in empty for cell_id in row[:-1]], _BLANK)


def leave_row_totals_blank(truth: Truth, random: Random) -> bool:
    """The total column is blank in every row of results."""
    kept = ("received_new", "carried_in", "results_total", "carried_out")
    rows = truth.list_rows("t3")
    return _replace(truth, [row[-1] for line, row in rows.items() if line not in kept], _BLANK)


def leave_table_blank(truth: Truth, random: Random) -> bool:
    """One table has no figure at all."""
    table = random.choice(("t2", "t3", "t4"))
    return _replace(truth, [cell_id for row in truth.list_rows(table).values() for cell_id in row], _BLANK)


def leave_cells_blank(truth: Truth, random: Random) -> bool:
    """Some cells anywhere are blank."""
    return _replace(truth, random.sample(sorted(truth.cells), random.randint(1, 12)), _BLANK)


def strike_out_rules(truth: Truth, random: Random) -> bool:
    """A slash for what cannot apply to the body."""
    return _replace(truth, truth.list_rows("t2")["government_rules"], _SLASH)


def print_slashes(truth: Truth, random: Random) -> bool:
    """Slashes for zeros here and there."""
    zeros = _list_counts(truth, zero=True)
    return _replace(truth, random.sample(zeros, min(len(zeros), random.randint(1, 20))), _SLASH)


def print_dashes(truth: Truth, random: Random) -> bool:
    """Dashes for zeros, of one kind throughout the report."""
    zeros = _list_counts(truth, zero=True)
    chosen = random.sample(zeros, min(len(zeros), random.randint(1, 20)))
    return _replace(truth, chosen, Figure(random.choice(_DASHES), "dash"))


def print_units(truth: Truth, random: Random) -> bool:
    """Units in the cells: money in table 2, 件 behind some counts."""
    changed = False
    for cell_id in ("t2.administrative_fees.amount_10k_cny", "t2.central_procurement.amount_cny_raw"):
        if cell_id in truth.cells and truth.cells[cell_id].state == "number":
            unit = random.choice(("元", "万元"))
            truth.change(cell_id, text=truth.cells[cell_id].text + unit, unit=unit)
            changed = True
    counts = _list_counts(truth, zero=False)
    for cell_id in random.sample(counts, min(len(counts), random.randint(0, 5))):
        truth.change(cell_id, text=truth.cells[cell_id].text + "件", unit="件")
        changed = True
    return changed


def print_remarks(truth: Truth, random: Random) -> bool:
    """A remark in brackets behind some counts."""
    counts = _list_counts(truth)
    for cell_id in random.sample(counts, min(len(counts), random.randint(1, 3))):
        remark = random.choice(("其中修订16件", "含上年2件", "不含街道", "2023年"))
        brackets = random.choice(("（{}）", "({})"))
        truth.change(cell_id, text=truth.cells[cell_id].text + brackets.format(remark), remark=remark)
    return bool(counts)


def print_words(truth: Truth, random: Random) -> bool:
    """Words where a figure belongs."""
    word = random.choice(("无", "不涉及", "详见附件", "零"))
    return _replace(truth, random.sample(sorted(truth.cells), random.randint(1, 4)), Figure(word, "text"))


def print_six_decimals(truth: Truth, random: Random) -> bool:
    """An amount of money to the last fen and beyond."""
    cell_id = "t2.administrative_fees.amount_10k_cny"
    if cell_id not in truth.cells:
        return False
    text = f"{random.randint(1, 60000)}.{random.randint(100000, 999999)}"
    truth.cells[cell_id] = Figure(text, "number", Decimal(text))
    return True


def _miscount(truth: Truth, cell_id: str, random: Random) -> bool:
    figure = truth.cells[cell_id]
    if figure.value is None or not figure.text.isdigit():
        return False
    wrong = random.choice([0, figure.value + 1, figure.value + random.randint(1, 30), max(0, figure.value - 1)])
    if wrong == figure.value:
        return False
    truth.change(cell_id, text=str(wrong), value=Decimal(wrong))
    return True


def miscount_row_total(truth: Truth, random: Random) -> bool:
    """The total of a row of table 3 is not the sum of the applicants."""
    line = random.choice(sorted(truth.list_rows("t3")))
    return _miscount(truth, f"t3.{line}.total", random)


def miscount_results_total(truth: Truth, random: Random) -> bool:
    """（七）总计 is not the sum of the results above it."""
    return _miscount(truth, random.choice(truth.list_rows("t3")["results_total"]), random)


def miscount_carried_out(truth: Truth, random: Random) -> bool:
    """What came in is not what was handled and carried out."""
    return _miscount(truth, random.choice(truth.list_rows("t3")["carried_out"]), random)


def miscount_disputes(truth: Truth, random: Random) -> bool:
    """A total of table 4 is not the sum of its outcomes."""
    block = random.choice(("reconsideration", "litigation_direct", "litigation_after_reconsideration"))
    return _miscount(truth, f"t4.{block}.total", random)


def mix_editions(truth: Truth, random: Random) -> bool:
    """Table 2 or table 3 is printed in the other edition's form."""
    table = random.choice(("t2", "t3"))
    truth.editions[table] = "format_2019" if truth.editions[table] == "format_2021" else "format_2021"
    truth.cells = draw_cells(truth.editions, random)
    return True


def keep_old_form(truth: Truth, random: Random) -> bool:
    """A report on a later year in the form of 2019."""
    truth.year = random.choice((2021, 2022, 2023))
    truth.editions = dict.fromkeys(truth.editions, "format_2019")
    truth.cells = draw_cells(truth.editions, random)
    return True


def print_other_as_one_row(truth: Truth, random: Random) -> bool:
    """（六）其他处理 as a single row in a report of 2021 or later: table 3 is then that of 2019."""
    truth.year = random.choice((2021, 2022, 2023, 2024))
    truth.editions = {"t2": "format_2021", "t3": "format_2019", "t4": "format_2021"}
    truth.cells = draw_cells(truth.editions, random)
    return True


DAMAGES = (
    FigureDamage("mixed_editions", "one table in the other edition's form", mix_editions, stage="edition"),
    FigureDamage("old_form", "the form of 2019 used later", keep_old_form, stage="edition"),
    FigureDamage("other_total_row", "other handling as one row in 2021", print_other_as_one_row, stage="edition"),
    FigureDamage("zeros_blank", "zeros of table 3 left blank", leave_zeros_blank),
    FigureDamage("totals_only", "rows with nothing but a total", print_totals_only),
    FigureDamage("row_totals_blank", "row totals left blank", leave_row_totals_blank),
    FigureDamage("table_blank", "a table without figures", leave_table_blank),
    FigureDamage("cells_blank", "single cells blank", leave_cells_blank),
    FigureDamage("rules_struck_out", "slashes for government rules", strike_out_rules),
    FigureDamage("slashes", "slashes for zeros", print_slashes),
    FigureDamage("dashes", "dashes for zeros", print_dashes),
    FigureDamage("units", "units inside cells", print_units),
    FigureDamage("remarks", "remarks inside cells", print_remarks),
    FigureDamage("words", "words instead of figures", print_words),
    FigureDamage("six_decimals", "six decimals", print_six_decimals),
    FigureDamage("row_total_wrong", "a wrong row total", miscount_row_total),
    FigureDamage("results_total_wrong", "a wrong total of results", miscount_results_total),
    FigureDamage("carried_out_wrong", "what came in is not what went out", miscount_carried_out),
    FigureDamage("disputes_total_wrong", "a wrong total in table 4", miscount_disputes),
)
