"""Measures every carrier, then what the text's figures add to a parse: `python -m benchmarks`.

With names of carriers only these are measured.
"""

import sys

from benchmarks import bench_carriers, bench_parse

if __name__ == "__main__":
    bench_carriers.main(sys.argv[1:])
    if not sys.argv[1:]:
        bench_parse.main([])
