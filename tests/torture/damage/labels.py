"""Misprinted labels: those seen in published reports, and new ones."""

from random import Random

from tests.torture.damage.record import PrintDamage
from tests.torture.damage.text import list_labels
from tests.torture.printing import Draft

# As printed in published reports.
_SEEN = {
    "本年制发件数": ("本年度制发数", "本年制发数"),
    "本年废止件数": ("本年废纸件数", "本年度止件数"),
    "现行有效件数": ("现行有效件",),
    "行政规范性文件": ("规范性文件",),
    "规范性文件": ("行政规范性文件",),
    "本年增/减": ("本年增/", "本年增减"),
    "本年新公开数量": ("本年公开数量", "本公开数量"),
    "科研机构": ("科研企业",),
    "社会公益组织": ("社会组织", "社会公益"),
    "商业企业": ("商业",),
    "2.其他法律行政法规禁止公开": ("2.其他法律行政止公开",),
    "（六）其他处理": ("（六）其他",),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": ("（二）部分公开",),
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": ("1.申请人无正当理由逾期不补正",),
}
_STRANGERS = "关于其中本级事项工作部门情形数据"


def misprint_as_seen(draft: Draft, random: Random) -> bool:
    """Known misprints, several a report."""
    chosen = [cell for cell in list_labels(draft) if cell.text in _SEEN and random.random() < 0.6]
    for cell in chosen:
        cell.text = random.choice(_SEEN[cell.text])
    return bool(chosen)


def misprint(text: str, random: Random) -> str:
    """One sign lost, doubled, changed or swapped with its neighbour."""
    place = random.randrange(len(text))
    match random.choice(("lose", "double", "change", "swap")):
        case "lose":
            return text[:place] + text[place + 1 :]
        case "double":
            return text[:place] + text[place] + text[place:]
        case "change":
            return text[:place] + random.choice(_STRANGERS) + text[place + 1 :]
        case _:
            place = min(place, len(text) - 2)
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def misprint_anew(draft: Draft, random: Random) -> bool:
    """Misprints nobody has listed, one to four a report."""
    labels = [cell for cell in list_labels(draft) if len(cell.text) > 1]
    for cell in random.sample(labels, random.randint(1, 4)):
        cell.text = misprint(cell.text, random)
    return True


def garble_label(draft: Draft, random: Random) -> bool:
    """A line's label misprinted three times over."""
    labels = [cell for cell in list_labels(draft) if cell.kind == "label" and len(cell.text) > 4]
    cell = random.choice(labels)
    for _ in range(3):
        cell.text = misprint(cell.text, random)
    return True


def drop_label(draft: Draft, random: Random) -> bool:
    """A row whose label is not printed, figures and all else in place."""
    table = random.choice([table for table in draft.tables if table.table_id in ("t2", "t3")])
    row = random.choice([row for row in table.rows if any(cell.kind == "label" for cell in row)])
    for cell in row:
        if cell.kind == "label":
            cell.text = ""
    draft.excuse([cell.cell_id for cell in row if cell.cell_id], "a row without its label could be any row")
    return True


DAMAGES = (
    PrintDamage("misprints_seen", "misprints seen in reports", misprint_as_seen, stage="labels"),
    PrintDamage("misprints_new", "misprints never seen", misprint_anew, stage="labels"),
    PrintDamage("label_garbled", "a label hardly legible", garble_label, stage="labels"),
    PrintDamage("label_missing", "a row without its label", drop_label, stage="labels"),
)
