"""The command line `gongkai`: its commands and options. What a command does stands in `gongkai.commands`.

Commands import their work only when they are called, so that `gongkai --help` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from gongkai.commands.console import prepare_streams, print_error
from gongkai.messages import Language, choose_language, say

COMMANDS = ("parse", "run", "crawl", "portals", "status", "check", "ui")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process with its exit code; 2 is wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams()
    language = choose_language(given, os.environ)
    try:
        code = build_app(language)(args=given or ["--help"], prog_name="gongkai", standalone_mode=False)
    except typer.TyperException as error:
        command = " ".join(["gongkai", *[word for word in given[:1] if word in COMMANDS]])
        hint = say("usage.wrong.hint", language, command=command)
        print_error(language, say("usage.wrong", language, detail=error.format_message()), hint)
        sys.exit(error.exit_code)
    sys.exit(code)


def build_app(language: Language) -> typer.Typer:
    """The application with its help in one language. `--lang` was read before: the help depends on it."""
    app = typer.Typer(
        help=say("app.help", language),
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    lang_help = say("option.lang.help", language)
    home_help = say("option.home.help", language)

    @app.callback()
    def gongkai(lang: Annotated[Language | None, typer.Option(help=lang_help)] = None) -> None:
        pass

    @app.command(help=say("parse.help", language))
    def parse(
        files: Annotated[list[Path], typer.Argument(metavar="FILE", help=say("parse.files.help", language))],
        output: Annotated[
            Literal["table", "json"], typer.Option("--format", help=say("parse.format.help", language))
        ] = "table",
        fail_on: Annotated[
            Literal["source_error"] | None, typer.Option(help=say("parse.fail_on.help", language))
        ] = None,
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.parse import parse_files

        return parse_files(files, output, fail_on, language)

    @app.command(help=say("run.help", language))
    def run(
        reports: Annotated[
            list[Path] | None, typer.Option(metavar="DIR", help=say("run.reports.help", language))
        ] = None,
        home: Annotated[Path | None, typer.Option(metavar="DIR", help=home_help)] = None,
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.run import run_home

        return run_home(home, reports or [], language)

    @app.command(help=say("crawl.help", language))
    def crawl(
        year: Annotated[int | None, typer.Option(help=say("crawl.year.help", language))] = None,
        portal: Annotated[list[str] | None, typer.Option(metavar="ID", help=say("crawl.portal.help", language))] = None,
        unverified: Annotated[bool, typer.Option("--unverified", help=say("crawl.unverified.help", language))] = False,
        home: Annotated[Path | None, typer.Option(metavar="DIR", help=home_help)] = None,
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.crawl import crawl_into_home

        return crawl_into_home(home, portal or [], year, unverified, language)

    app.add_typer(_build_portals(language), name="portals")

    @app.command(help=say("status.help", language))
    def status(
        home: Annotated[Path | None, typer.Option(metavar="DIR", help=home_help)] = None,
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.status import show_status

        return show_status(home, language)

    @app.command(help=say("check.help", language))
    def check(
        year: Annotated[int | None, typer.Option(help=say("check.year.help", language))] = None,
        agency: Annotated[str | None, typer.Option(help=say("check.agency.help", language))] = None,
        home: Annotated[Path | None, typer.Option(metavar="DIR", help=home_help)] = None,
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.check import show_failures

        return show_failures(home, year, agency, language)

    @app.command(help=say("ui.help", language))
    def ui(
        home: Annotated[Path | None, typer.Option(help=home_help)] = None,
        host: Annotated[str, typer.Option(help=say("ui.host.help", language))] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535, help=say("ui.port.help", language))] = 3000,
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.ui import serve_ui

        return serve_ui(home, host, port, language)

    return app


def _build_portals(language: Language) -> typer.Typer:
    portals = typer.Typer(help=say("portals.help", language), no_args_is_help=True)
    lang_help = say("option.lang.help", language)

    @portals.command(help=say("portals.check.help", language))
    def check(lang: Annotated[Language | None, typer.Option(help=lang_help)] = None) -> int:
        from gongkai.commands.portals import check_register

        return check_register(language)

    @portals.command(help=say("portals.discover.help", language))
    def discover(
        url: Annotated[str, typer.Argument(metavar="URL", help=say("portals.discover.url.help", language))],
        lang: Annotated[Language | None, typer.Option(help=lang_help)] = None,
    ) -> int:
        from gongkai.commands.portals import discover_columns

        return discover_columns(url, language)

    return portals
