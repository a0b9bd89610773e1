"""When a step is tried again, and how long it waits.

Steps ask for it themselves instead of carrying a `RetryPolicy`: Dagster retries under a policy after an interrupt too,
so that neither Ctrl-C nor the button that terminates a run would end it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

import dagster as dg

from gongkai.passing_errors import PASSING_ERRORS

# 2 s, then 4 s: long enough for what passes by itself, short enough for somebody who waits at a terminal.
MAX_RETRIES = 2
FIRST_PAUSE_SECONDS = 2.0


@contextmanager
def retry_passing_errors(
    context: dg.AssetExecutionContext | dg.OpExecutionContext, pause_seconds: float = FIRST_PAUSE_SECONDS
) -> Generator[None]:
    """Has Dagster try the step again after an error that passes by itself; any other error ends the step."""
    try:
        yield
    except PASSING_ERRORS as error:
        request_retry(context, error, pause_seconds)


def request_retry(
    context: dg.AssetExecutionContext | dg.OpExecutionContext,
    error: Exception,
    pause_seconds: float = FIRST_PAUSE_SECONDS,
) -> NoReturn:
    """Ends this attempt: Dagster makes the next one, after a pause that doubles. The last one ends with the error."""
    if context.retry_number >= MAX_RETRIES:
        raise error
    pause = pause_seconds * 2**context.retry_number
    raise dg.RetryRequested(max_retries=MAX_RETRIES, seconds_to_wait=pause) from error
