"""Synthetic reports in the raw tables: figures made up here, for tests of the dbt project on a real DuckDB file."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from gongkai.warehouse.schema import RAW_SCHEMA, load_raw_tables, write_ddl
from parsers.form.model import load_form
from parsers.prose.statements import read_statements
from parsers.report import Chapter, EditionId, Statement

DECIDED_ON = dt.date(2026, 2, 1)
SEEN_AT = dt.datetime(2026, 1, 5, 8, 0)
STATES = {"": "blank", "/": "slash", "-": "dash"}

Row = tuple[object, ...]


@dataclass(frozen=True)
class SyntheticReport:
    """One report: `printed` by cell id (`t3.granted_full.total`), "0" where it names none, null where not printed."""

    name: str
    year: int | None = 2023
    agency: str | None = "甲区财政局"
    status: str = "parsed"
    edition: EditionId | None = "format_2021"
    edition_t2: EditionId | None = None
    printed: Mapping[str, str | None] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    content_id: str | None = None
    failed_cells: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    text: str = ""
    scope: str = "unknown"
    linked_id: str | None = None
    published_date: dt.date | None = None

    @property
    def document_id(self) -> str:
        return self.name.encode().hex().ljust(64, "0")[:64]

    @property
    def report_id(self) -> str:
        return f"{self.document_id[:16]}-1"

    @property
    def agency_id(self) -> str:
        return self.linked_id or f"unlinked:{self.report_id}"

    @property
    def editions(self) -> dict[str, EditionId | None]:
        return {"t2": self.edition_t2 or self.edition, "t3": self.edition, "t4": self.edition}


def print_applications(**lines: int | str) -> dict[str, str]:
    """Cells of table 3 for lines in which natural persons are the only applicants."""
    return {f"t3.{line}.{column}": str(n) for line, n in lines.items() for column in ("natural_person", "total")}


def print_blank_lines(table_id: str, edition_id: str) -> dict[str, str | None]:
    """Every cell of a table left blank."""
    lines = load_form().find_table(edition_id, table_id).lines
    return {f"{table_id}.{line.id}.{column.id}": "" for line in lines for column in line.columns}


BALANCED = SyntheticReport(
    "balanced",
    printed={
        **print_applications(received_new=40, carried_in=10, granted_full=10, granted_partial=6, denied_state_secret=4)
        | print_applications(unavailable_not_held=8, not_processed_duplicate=2, other_misc=10, results_total=40)
        | print_applications(carried_out=10),
        "t2.administrative_fees.amount_10k_cny": "24252.311082",
        "t4.litigation_direct.upheld": "4",
        "t4.litigation_direct.total": "4",
    },
)
DISAGREEING = SyntheticReport(
    "disagree",
    year=2020,
    edition="format_2019",
    printed={
        **print_applications(received_new=27, granted_full=20, other_total=7, results_total=21),
        "t2.administrative_licensing.net_change": "-8",
        "t2.central_procurement.amount_cny_raw": "240",
    },
    units={"t2.central_procurement.amount_cny_raw": "万元"},
    failed_cells=("t3.results_total.total",),
)
TOTALS_ONLY = SyntheticReport(
    "totals",
    year=2019,
    edition="format_2019",
    printed=print_blank_lines("t3", "format_2019")
    | {
        "t3.received_new.total": "3",
        "t3.carried_in.total": "",
        "t3.results_total.total": "3",
        "t3.carried_out.total": "0",
        "t2.central_procurement.amount_cny_raw": "8040",
    },
)
ZERO_TOTALS_ONLY = SyntheticReport(
    "zerotots",
    year=2019,
    edition="format_2019",
    printed=print_blank_lines("t3", "format_2019")
    | {f"t3.{line}.total": "0" for line in ("received_new", "carried_in", "results_total", "carried_out")},
)
SLASHED = SyntheticReport(
    "slashed",
    printed={f"t2.government_rules.{column}": "/" for column in ("issued", "repealed", "in_force")}
    | {"t2.administrative_fees.amount_10k_cny": "2500"},
    units={"t2.administrative_fees.amount_10k_cny": "元"},
)
CUT_OFF = SyntheticReport(
    "cutoff",
    printed=dict.fromkeys(("t3.not_processed_excessive.total", "t4.reconsideration.total"), None)
    | {"t3.granted_full.natural_person": "-1", "t2.administrative_licensing.decisions": "1.5"},
    unplaced=("其他主动公开文件 12",),
)
STATED = SyntheticReport(
    "stated", text="2023年主动公开信息60条，其中网站公开25条，微信公众号公开30条，其他渠道公开5条。未收到申请。"
)
STATED_TWICE = SyntheticReport(
    "twice", text="主动公开信息60条。综上，主动公开信息61条。微博发布信息9条，抖音发布信息10余条。"
)
STATED_IN_PARTS = SyntheticReport("parts", text="主动公开信息由网站公开40条、微信公开20条组成。")
MIXED = SyntheticReport("mixed", edition_t2="format_2019")
NAMESAKES = (
    SyntheticReport("namesak1", agency="区财政局", content_id="same"),
    SyntheticReport("namesak2", agency="区财政局", content_id="same"),
)


def print_at_random(seed: int) -> dict[str, str | None]:
    """Tables 3 and 4 in which few figures are above zero, many zeros are left out, and now and then one is wrong."""
    chance = random.Random(seed)
    t3 = load_form().find_table("format_2021", "t3")
    values: Counter[str] = Counter()
    for line in (line for line in t3.lines if not line.is_total):
        for column in (column for column in line.columns if not column.is_total):
            value = chance.choice((0, 0, 0, 1, 2))
            totals = ("results_total", line.id) if line.group else (line.id,)
            for line_id in {*totals, line.id}:
                for column_id in ("total", column.id):
                    values[f"t3.{line_id}.{column_id}"] += value
    for line in load_form().find_table("format_2021", "t4").lines:
        for column in (column for column in line.columns if not column.is_total):
            value = chance.choice((0, 0, 1))
            for column_id in (column.id, "total"):
                values[f"t4.{line.id}.{column_id}"] += value
    return {cell_id: misprint(chance, value, seed / 200) for cell_id, value in values.items()}


def misprint(chance: random.Random, value: int, rate: float) -> str | None:
    """The value as an agency may print it: zeros left out, and at the given rate what is not the value."""
    if chance.random() < rate:
        return chance.choice(("", None, "-1", str(value + 1)))
    return chance.choice(("", "", "/", "-", "0")) if value == 0 else str(value)


WITHOUT_TABLES = SyntheticReport("notables", status="no_tables", edition=None)
WITHOUT_YEAR = SyntheticReport("noyear", year=None)
WITHOUT_AGENCY = SyntheticReport("noagency", agency=None)
RANDOM = tuple(SyntheticReport(f"random{seed:02}", printed=print_at_random(seed)) for seed in range(20))
UNREADABLE = SyntheticReport("broken", status="unreadable", year=None, agency=None, edition=None)

# A county that became a district in 2018, with a street; a bureau under three names, one report of which was replaced.
REGION_CODES = (
    ("990000", "甲省", "990000", None, "province", "1980-12", None),
    ("990100", "甲市", "990100", "990000", "prefecture", "1980-12", None),
    ("990182", "甲县", "990182", "990100", "county", "1980-12", "2017-10"),
    ("990101", "甲区", "990182", "990100", "county", "2018-10", None),
    ("990101001", "鼓楼街道", "990101001", "990101", "township", "2016-07", None),
)
BUREAU, GOVERNMENT, STREET = "990182:财政局", "990182:government", "990101001:township"
AGENCIES = (
    (BUREAU, "甲市甲区财政局", "department", "county", "990182", "990101", None, GOVERNMENT),
    (GOVERNMENT, "甲市甲区人民政府", "government", "county", "990182", "990101", None, "990100:government"),
    (
        STREET,
        "甲市甲区鼓楼街道办事处",
        "subdistrict_office",
        "township",
        "990101001",
        "990101",
        "990101001",
        GOVERNMENT,
    ),
)

EXPECTED = (
    (2, "990182:教育局", "甲市甲区教育局", "county", "990182", "expected", 2023, None, "it has a column", DECIDED_ON),
    (3, GOVERNMENT, "甲市甲区人民政府", "county", "990182", "not_expected", None, 2021, "no district", DECIDED_ON),
)


def report_linked(name: str, agency: str, linked_id: str, year: int, received: int, day: dt.date) -> SyntheticReport:
    """A report of a known agency on itself, with what it received and when it was published."""
    return SyntheticReport(
        name,
        year=year,
        agency=agency,
        linked_id=linked_id,
        scope="own_body",
        published_date=day,
        printed=print_applications(received_new=received, carried_out=received),
    )


REPLACED = report_linked("old23", "甲市甲区财政局", BUREAU, 2023, 39, dt.date(2024, 1, 20))
LINKED = (
    report_linked("bureau17", "甲县财政局", BUREAU, 2017, 5, dt.date(2018, 3, 20)),
    report_linked("bureau21", "甲区财政局", BUREAU, 2021, 10, dt.date(2022, 1, 31)),
    report_linked("bureau22", "甲区财政局", BUREAU, 2022, 20, dt.date(2023, 2, 1)),
    report_linked("new23", "甲市甲区财政局", BUREAU, 2023, 40, dt.date(2024, 3, 5)),
    report_linked("street21", "鼓楼街道办事处", STREET, 2021, 1, dt.date(2022, 1, 5)),
    report_linked("street23", "鼓楼街道办事处", STREET, 2023, 2, dt.date(2024, 1, 5)),
    replace(
        report_linked("gov22", "甲区人民政府", GOVERNMENT, 2022, 80, dt.date(2023, 3, 20)),
        scope="jurisdiction_rollup_presumed",
    ),
    replace(
        report_linked("gov23", "甲区人民政府", GOVERNMENT, 2023, 100, dt.date(2024, 3, 20)), scope="jurisdiction_rollup"
    ),
)
OTHER_STREET = SyntheticReport("other23", agency="鼓楼街道办事处", scope="own_body")

PLACED = (
    BALANCED,
    DISAGREEING,
    TOTALS_ONLY,
    ZERO_TOTALS_ONLY,
    SLASHED,
    CUT_OFF,
    MIXED,
    STATED,
    STATED_TWICE,
    STATED_IN_PARTS,
    *NAMESAKES,
    WITHOUT_TABLES,
    *RANDOM,
    *LINKED,
    OTHER_STREET,
)
REPORTS = (*PLACED, REPLACED, WITHOUT_YEAR, WITHOUT_AGENCY, UNREADABLE)


def read_printed(text: str | None) -> tuple[str, Decimal | None]:
    """State and value of a printed text, as far as these reports print."""
    if text is None:
        return "absent", None
    if text in STATES:
        return STATES[text], None
    return "number", Decimal(text)


def build_cells(report: SyntheticReport) -> list[Row]:
    """The rows of `raw.report_cells`: every cell of the editions of the report."""
    rows: list[Row] = []
    for table_id, edition_id in report.editions.items():
        if edition_id is None:
            continue
        for line in load_form().find_table(edition_id, table_id).lines:
            for column in line.columns:
                cell_id = f"{table_id}.{line.id}.{column.id}"
                printed = report.printed.get(cell_id, "0")
                state, value = read_printed(printed)
                unit = report.units.get(cell_id, column.printed_unit)
                labels = (None, None) if printed is None else (line.label, column.label)
                locator = None if printed is None else f"cell {cell_id}"
                key = (report.report_id, table_id, line.id, column.id)
                rows.append((*key, printed, value, state, unit, None, *labels, report.document_id, locator, 1.0))
    return rows


def read_text(report: SyntheticReport) -> tuple[Statement, ...]:
    """What the report's text states, read as every text is."""
    return read_statements((Chapter(1, "一、总体情况", report.text),), report.year, report.agency).statements


def build_rows(report: SyntheticReport) -> dict[str, list[Row]]:
    """The rows of every raw table for one report and its document."""
    key = report.report_id
    failures = [*enumerate(report.failed_cells, start=1)]
    return {
        "documents": [(report.document_id, f"{report.name}.html", "folder", None, "text/html", 1000, SEEN_AT, SEEN_AT)],
        "report_documents": [(key, report.document_id, "body", None)],
        "reports": [
            (
                *(key, report.content_id, "synthetic", "c1", "f1", report.status, None, None),
                *(f"{report.agency}{report.year}年政府信息公开工作年度报告", report.agency, report.year, None),
                *(report.scope, None, *report.editions.values(), None, None),
                *(report.published_date, None if report.published_date is None else "page_meta", None),
            )
        ],
        "report_links": [(key, report.linked_id, "name", 0.99, [], [])] if report.linked_id else [],
        "report_cells": build_cells(report),
        "report_unplaced_cells": [
            (key, number, None, None, text, report.document_id, f"cell {number}", "unknown_line")
            for number, text in enumerate(report.unplaced, start=1)
        ],
        "report_statements": [(key, *astuple(statement)) for statement in read_text(report)],
        "report_findings": [
            (key, number, "R3", "total", "failed", None, "error", [cell], "总计不符", "the total differs", cell)
            for number, cell in failures
        ],
        "report_rule_counts": [(key, "R3", 7 - len(failures), len(failures), 0)] if report.edition else [],
    }


def create_raw_tables(path: Path) -> None:
    """Makes the empty raw tables in a new DuckDB file."""
    with duckdb.connect(path) as connection:
        connection.execute(f"CREATE SCHEMA {RAW_SCHEMA}")
        for table in load_raw_tables().values():
            connection.execute(write_ddl(table))


def insert_register(path: Path) -> None:
    """Inserts the regions and agencies that the linked reports are of, and decisions on who should report."""
    with duckdb.connect(path) as connection:
        for table, rows in (
            ("region_codes", REGION_CODES),
            ("agencies", AGENCIES),
            ("expected_agencies", EXPECTED),
        ):
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"INSERT INTO {RAW_SCHEMA}.{table} VALUES ({marks})", rows)


def insert_reports(path: Path, reports: tuple[SyntheticReport, ...]) -> None:
    """Inserts the reports, each with its own document, into existing raw tables."""
    with duckdb.connect(path) as connection:
        for report in reports:
            for table, rows in build_rows(report).items():
                if not rows:
                    continue
                marks = ", ".join("?" for _ in rows[0])
                connection.executemany(f"INSERT INTO {RAW_SCHEMA}.{table} VALUES ({marks})", rows)
