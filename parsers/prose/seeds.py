"""The dbt seeds that carry what a text can state into the warehouse, written from metrics.yml and breakdowns.yml.

`python -m parsers.prose.seeds` writes them, `--check` only compares and exits with 1 when one is stale.
"""

import sys

from parsers.form.seeds import sync_seeds, write_csv
from parsers.prose.catalogue import load_catalogue

METRIC_COLUMNS = (
    *("metric_id", "metric_no", "name_zh", "name_en", "unit", "kind", "breakdowns", "meaning", "not_counted"),
    "is_stated_once",
)
PART_COLUMNS = ("breakdown", "breakdown_id", "part_no", "name_zh", "name_en")


def build_seeds() -> dict[str, str]:
    """The text of each seed by file name."""
    catalogue = load_catalogue()
    metrics = [
        [
            *(m.id, number, m.zh, m.en, m.unit, m.kind, " ".join(m.breakdowns) or "none", m.meaning, m.not_counted),
            str(m.stated_once).lower(),
        ]
        for number, m in enumerate(catalogue.metrics, start=1)
    ]
    parts = [
        [breakdown, part.id, number, part.zh, part.en]
        for breakdown, members in catalogue.breakdowns.items()
        for number, part in enumerate(members, start=1)
    ]
    return {
        "stated_metrics.csv": write_csv(METRIC_COLUMNS, metrics),
        "stated_parts.csv": write_csv(PART_COLUMNS, parts),
    }


if __name__ == "__main__":
    sys.exit(sync_seeds(build_seeds(), "parsers.prose.seeds", sys.argv[1:]))
