"""Writes Dagster's history without waiting for the disk at every event.

Dagster opens and closes a SQLite file for each event, thousands of times a run; whoever is the last to close it has its
log written back and flushed.
"""

import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def keep_history_open() -> Generator[None]:
    """Keeps every SQLite file open that this process opens meanwhile, and leaves it to SQLite when to flush it.

    A power cut may cost the last events of the run that was under way, never the file.
    """
    kept: dict[str, sqlite3.Connection] = {}
    with ExitStack() as stack:

        def keep_open(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA synchronous = NORMAL")
            _, _, path = connection.execute("PRAGMA database_list").fetchone()
            if path not in kept:
                kept[path] = stack.enter_context(closing(sqlite3.connect(path, check_same_thread=False)))
            # A connection takes part in the write-ahead log, which Dagster turns on later, once it has read with it.
            kept[path].execute("SELECT count(*) FROM sqlite_master").fetchone()

        event.listen(Engine, "connect", keep_open)
        stack.callback(event.remove, Engine, "connect", keep_open)
        yield
