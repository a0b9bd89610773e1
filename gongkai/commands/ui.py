"""`gongkai ui`: Dagster's web interface with its daemon for one home folder, until interrupted."""

import signal
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from filelock import FileLock, Timeout

from gongkai.commands.console import open_console, print_error
from gongkai.commands.servers import Server, start_server, stop_servers
from gongkai.home import Home
from gongkai.messages import Language, say
from gongkai.settings import PROJECT_ROOT, read_settings

LOOK_SECONDS = 0.5


def serve_ui(home_folder: Path | None, host: str, port: int, language: Language) -> int:
    """Serves until interrupt or SIGTERM; 0 then, 1 when it cannot start or a server ends by itself."""
    home = Home(read_settings(home=home_folder).home.resolve()).ensure()
    problem = find_port_problem(host, port)
    if problem is not None:
        hint = say("ui.port_taken.hint", language, port=port + 1)
        print_error(language, say("ui.port_taken", language, host=host, port=port, detail=problem), hint)
        return 1
    try:
        with FileLock(home.dagster / "ui.lock", blocking=False):
            return _serve_home(home, host, port, language)
    except Timeout:
        print_error(language, say("ui.open_already", language, home=home.root), say("ui.open_already.hint", language))
        return 1


def find_port_problem(host: str, port: int) -> str | None:
    """Why a server could not listen there, in the system's words; null when it can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return None


def _serve_home(home: Home, host: str, port: int, language: Language) -> int:
    from orchestration.dbt import define_dbt_resource
    from orchestration.instance import fail_abandoned_runs, open_instance
    from orchestration.manifest import prepare_manifest

    console = open_console(stderr=True)
    with _catch_stop() as stop:
        console.print(say("ui.starting", language, home=home.root))
        with open_instance(home) as instance:
            fail_abandoned_runs(instance, home)
        prepare_manifest(home, define_dbt_resource())
        servers = _start_servers(home, host, port)
        try:
            code = _watch_servers(servers, f"http://{_show_host(host)}:{port}", home, stop, language)
        finally:
            console.print(say("ui.stopping", language))
            stop_servers(servers)
            with open_instance(home) as instance:
                fail_abandoned_runs(instance, home)
    console.print(say("ui.stopped", language))
    return code


def _start_servers(home: Home, host: str, port: int) -> list[Server]:
    workspace = ["-w", str(files("orchestration").joinpath("workspace.yaml"))]
    environment = {"DAGSTER_HOME": str(home.dagster), "GONGKAI_HOME": str(home.root), "NO_COLOR": "1"}
    logs = home.dagster / "output"
    web = ["dagster_webserver", "--host", host, "--port", str(port), *workspace]
    daemon = ["dagster._daemon", "run", *workspace]
    return [
        start_server("dagster-webserver", web, logs / "webserver.log", PROJECT_ROOT, environment),
        start_server("dagster-daemon", daemon, logs / "daemon.log", PROJECT_ROOT, environment),
    ]


def _watch_servers(servers: list[Server], address: str, home: Home, stop: threading.Event, language: Language) -> int:
    """Says the address once it answers; ends at a stop (0), or when a server ends by itself (1)."""
    is_announced = False
    while not stop.wait(LOOK_SECONDS):
        ended = [server for server in servers if not server.is_running]
        if ended:
            print_error(
                language,
                "\n".join([say("ui.ended", language, server=ended[0].name), *ended[0].read_last_lines()]),
                say("ui.ended.hint", language, log=ended[0].log),
            )
            return 1
        if not is_announced and _answers(address):
            open_console().print(say("ui.ready", language, address=address, inbox=home.inbox), soft_wrap=True)
            is_announced = True
    return 0


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/server_info", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@contextmanager
def _catch_stop() -> Generator[threading.Event]:
    """An event that is set by an interrupt at the terminal or SIGTERM, instead of what these do otherwise."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
