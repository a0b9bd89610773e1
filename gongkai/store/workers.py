"""Processes that read documents, so that one bad document costs only itself.

A worker gets a group of items and says which one it is about to read. So a crash or an endless loop has a name: the
culprit is tried once more, alone in a fresh process, and recorded when it fails again; the rest of its group is read
anew. Processes are spawned, not forked: the caller may have threads (Dagster has).
"""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, Literal, TypeVar

Item = TypeVar("Item")
Output = TypeVar("Output")
Collected = TypeVar("Collected")

NOT_STARTED = -1
CONTEXT = multiprocessing.get_context("spawn")


class WorkerStartError(RuntimeError):
    """A worker process ended before it read anything: no document is to blame."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item has no output: its process died, or it took too long."""

    reason: Literal["parser_crashed", "parser_timeout"]
    detail: str


@dataclass(frozen=True, slots=True)
class Work(Generic[Item, Output, Collected]):
    """What is done with items: `read` one, `fail` for one that has no output, `collect` the outputs of a group.

    All three are functions of a module, because worker processes import them.
    """

    read: Callable[[Item], Output]
    fail: Callable[[Item, Failure], Output]
    collect: Callable[[Sequence[Output]], Collected]


@dataclass(slots=True)
class _Worker(Generic[Item]):
    process: BaseProcess
    connection: Connection
    group: Sequence[Item]
    item_no: int = NOT_STARTED
    since: float = 0.0
    has_served: bool = False

    def get_deadline(self, seconds: float) -> float | None:
        return None if self.item_no == NOT_STARTED else self.since + seconds


def run_groups(
    work: Work[Item, Output, Collected], groups: Iterable[Sequence[Item]], workers: int, seconds: float
) -> Iterator[tuple[Sequence[Item], Collected]]:
    """Items and their collected outputs as groups finish, in no fixed order; a group with a culprit comes in parts.

    Groups are taken one by one as workers become free. With no workers all is read in this process, without a limit
    of time.
    """
    if workers == 0:
        yield from ((group, work.collect([work.read(item) for item in group])) for group in groups)
        return
    waiting = iter(groups)
    pending: deque[Sequence[Item]] = deque()
    crew: list[_Worker[Item]] = []
    idle: list[_Worker[Item]] = []
    try:
        while True:
            while len(crew) < workers and (group := pending.popleft() if pending else next(waiting, None)):
                crew.append(_send_group(work, idle, group))
            if not crew:
                return
            yield from _take_results(work, crew, idle, pending, seconds)
    finally:
        for worker in (*crew, *idle):
            _end_worker(worker)


def _take_results(
    work: Work[Item, Output, Collected],
    crew: list[_Worker[Item]],
    idle: list[_Worker[Item]],
    pending: deque[Sequence[Item]],
    seconds: float,
) -> Iterator[tuple[Sequence[Item], Collected]]:
    """Waits until a worker says something or is due, and moves those that are through from `crew` to `idle`."""
    deadlines = [due for worker in crew if (due := worker.get_deadline(seconds)) is not None]
    patience = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
    ready = set(wait([worker.connection for worker in crew], patience))
    for worker in tuple(crew):
        failure = None
        if worker.connection in ready:
            try:
                message = worker.connection.recv()
            except (EOFError, ConnectionError):
                failure = _explain_death(worker)
            else:
                if isinstance(message, int):
                    worker.item_no, worker.since = message, time.monotonic()
                    continue
                crew.remove(worker)
                idle.append(worker)
                worker.has_served = True
                yield worker.group, message[0]
                continue
        due = worker.get_deadline(seconds)
        if failure is None and due is not None and due <= time.monotonic():
            failure = Failure("parser_timeout", f"longer than {seconds:g} s")
        if failure is not None:
            crew.remove(worker)
            _end_worker(worker)
            yield from _split_group(work, worker, failure, pending)


def _split_group(
    work: Work[Item, Output, Collected], worker: _Worker[Item], failure: Failure, pending: deque[Sequence[Item]]
) -> Iterator[tuple[Sequence[Item], Collected]]:
    """The culprit alone and the rest of its group go back; a culprit that was alone has failed."""
    if worker.item_no == NOT_STARTED:
        pending.appendleft(worker.group)
        return
    if len(worker.group) == 1:
        yield worker.group, work.collect([work.fail(worker.group[0], failure)])
        return
    culprit = worker.group[worker.item_no]
    pending.appendleft([item for no, item in enumerate(worker.group) if no != worker.item_no])
    pending.append([culprit])


def _send_group(work: Work[Item, Output, Collected], idle: list[_Worker[Item]], group: Sequence[Item]) -> _Worker[Item]:
    """Gives a group to a worker that is free, or to a new one; one item alone always gets a fresh process."""
    if len(group) == 1:
        while idle:
            _end_worker(idle.pop())
    if idle:
        worker = idle.pop()
        worker.group, worker.item_no = group, NOT_STARTED
    else:
        here, there = CONTEXT.Pipe()
        process = CONTEXT.Process(target=_serve, args=(there, work.read, work.collect), daemon=True)
        process.start()
        there.close()
        worker = _Worker(process, here, group)
    # A broken pipe shows again, and is dealt with, when the worker's answer is read.
    try:
        worker.connection.send(group)
    except ConnectionError:
        worker.item_no = NOT_STARTED
    return worker


def _explain_death(worker: _Worker[Item]) -> Failure:
    worker.process.join()
    if worker.item_no == NOT_STARTED and not worker.has_served:
        raise WorkerStartError(
            f"a reading process ended at its start: exit code {worker.process.exitcode}"
            "\nhint: the message above names the cause; `GONGKAI_WORKERS=0` reads without such processes"
        )
    return Failure("parser_crashed", f"exit code {worker.process.exitcode}")


def _end_worker(worker: _Worker[Item]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.process.close()
    worker.connection.close()


def _serve(
    connection: Connection, read: Callable[[Item], Output], collect: Callable[[Sequence[Output]], Collected]
) -> None:
    """The worker's side: reads groups until the pipe closes; an interrupt is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            group = connection.recv()
        except EOFError:
            return
        outputs = []
        for item_no, item in enumerate(group):
            connection.send(item_no)
            outputs.append(read(item))
        connection.send((collect(outputs),))


def _end_with_parent() -> None:
    """Ends this process when its parent is gone, even in the middle of a document."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
