"""`gongkai status`: what a home folder holds, what is published, who writes to it now, and how the last run ended."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich import box
from rich.table import Table

from gongkai.commands.console import open_console, print_error
from gongkai.commands.published import ReportCount, count_reports, open_published
from gongkai.home import Home
from gongkai.messages import Language, say
from gongkai.settings import read_settings
from gongkai.store.manifest import open_manifest, read_loadable_documents
from gongkai.store.parsed import compute_parser_versions
from gongkai.warehouse.checksums import read_checksums
from gongkai.warehouse.lock import read_holder
from orchestration.instance import SERVED_SETTINGS, open_instance

EXIT_DONE, EXIT_NO_HOME = 0, 1
VERSION_DIGITS = 12


def show_status(home_folder: Path | None, language: Language) -> int:
    """Prints the state of a home folder; 1 when there is none at that place. Changes nothing in it."""
    home = Home(read_settings(home=home_folder).home.resolve())
    if not home.manifest.is_file():
        print_error(language, say("home.missing", language, home=home.root), say("home.missing.hint", language))
        return EXIT_NO_HOME
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _list_facts(home, language):
        table.add_row(say(f"status.row.{name}", language), value)
    console = open_console()
    console.print(table)
    if home.published_warehouse.is_file():
        with open_published(home) as connection:
            console.print(render_counts(count_reports(connection), language))
    return EXIT_DONE


def render_counts(counts: list[ReportCount], language: Language) -> Table:
    """Reports by year (rows, the last first) and status (columns); a year that is not known comes last."""
    statuses = sorted({count.status for count in counts})
    years = sorted({count.report_year for count in counts}, key=lambda year: (year is None, -(year or 0)))
    by_place = {(count.report_year, count.status): count.reports for count in counts}
    table = Table(box=box.SIMPLE_HEAD, title=say("status.reports", language), title_justify="left", pad_edge=False)
    table.add_column(say("run.column.year", language))
    for status in statuses:
        table.add_column(say(f"status.{status}", language), justify="right")
    for year in years:
        figures = [str(by_place.get((year, status), "")) for status in statuses]
        table.add_row(say("parse.no_year", language) if year is None else str(year), *figures)
    return table


def _list_facts(home: Home, language: Language) -> Iterator[tuple[str, str]]:
    yield "home", str(home.root)
    with open_manifest(home.manifest) as manifest:
        documents = read_loadable_documents(manifest)
        portals = manifest.execute(
            "SELECT status, count(*) FROM crawl_portals GROUP BY status ORDER BY status"
        ).fetchall()
    sources = sorted({document.source for document in documents})
    counts = [f"{source} {sum(document.source == source for document in documents)}" for source in sources]
    yield "documents", f"{len(documents)} ({', '.join(counts)})" if counts else "0"
    current, published = compute_parser_versions(), read_checksums(home)
    yield "versions", _describe_versions(current.carrier, current.form)
    if published is None:
        yield "published", say("status.nothing_published", language)
    else:
        yield "published", _describe_file(home.published_warehouse, language)
        if (published.carrier_version, published.form_version) != (current.carrier, current.form):
            versions = _describe_versions(published.carrier_version, published.form_version)
            yield "published_versions", say("status.older_versions", language, versions=versions)
        yield (
            "catalogue",
            str(home.catalogue) if home.catalogue.is_file() else say("status.nothing_published", language),
        )
    if portals:
        listed = [f"{say(f'portal.{status}', language)} {count}" for status, count in portals]
        yield "portals", ", ".join(listed)
    holder = read_holder(home.warehouse_lock)
    if holder is None:
        yield "writer", say("status.no_writer", language)
    else:
        writer = {"pid": holder.pid, "host": holder.host, "command": holder.command, "since": holder.since}
        yield "writer", say("status.writer", language, **writer)
    yield "last_run", _describe_last_run(home, language)


def _describe_versions(carrier: str, form: str) -> str:
    return f"carrier {carrier[:VERSION_DIGITS]}, form {form[:VERSION_DIGITS]}"


def _describe_file(path: Path, language: Language) -> str:
    if not path.is_file():
        return say("status.file_gone", language, path=path)
    found = path.stat()
    changed = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(sep=" ", timespec="seconds")
    return say("status.file", language, path=path, megabytes=f"{found.st_size / 1e6:.1f}", changed=changed)


def _describe_last_run(home: Home, language: Language) -> str:
    if not (home.dagster / SERVED_SETTINGS).is_file():
        return say("status.no_run", language)
    with open_instance(home) as instance:
        records = instance.get_run_records(limit=1)
    if not records:
        return say("status.no_run", language)
    run, ended_at = records[0].dagster_run, records[0].end_time
    moment = records[0].create_timestamp if ended_at is None else datetime.fromtimestamp(ended_at, UTC)
    at = moment.isoformat(sep=" ", timespec="seconds")
    return say("status.run", language, outcome=run.status.value.lower(), at=at, run_id=run.run_id)
