"""When a step is tried again, and how long it waits.

A retry helps against what passes by itself: a network drive that hiccups, a file another program holds for a moment.
What would end the same again (a failed test, a document without a result) says so itself and is not tried again.
"""

import dagster as dg

# 2 s, 4 s: long enough for a virus scanner or a sync client to let go of a file, short for someone at a terminal.
FILE_RETRIES = dg.RetryPolicy(max_retries=2, delay=2, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
# 5 s, 10 s: a foreign program that has opened the warehouse keeps DuckDB's own lock about that long.
DBT_RETRIES = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
