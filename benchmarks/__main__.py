"""Measures every carrier: `python -m benchmarks`, with names of carriers for some of them."""

import sys

from benchmarks.bench_carriers import main

if __name__ == "__main__":
    main(sys.argv[1:])
