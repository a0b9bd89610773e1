"""The frontier's tables: they stand in the manifest, beside the documents they lead to."""

SCHEMA = (
    # One row a portal: the round it is in, or the last one it was through.
    """
    CREATE TABLE crawl_portals (
        portal_id TEXT PRIMARY KEY,
        round_no INTEGER NOT NULL CHECK (round_no > 0),
        report_year INTEGER,
        opened_at TEXT NOT NULL,
        closed_at TEXT,
        status TEXT NOT NULL,
        detail TEXT
    ) STRICT
    """,
    # One row a page ever heard of; never deleted.
    """
    CREATE TABLE crawl_pages (
        page_key TEXT PRIMARY KEY,
        portal_id TEXT NOT NULL REFERENCES crawl_portals,
        address TEXT NOT NULL,
        host TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('start', 'column', 'article', 'attachment')),
        reason TEXT NOT NULL,
        found_on TEXT,
        report_year INTEGER,
        depth INTEGER NOT NULL,
        barren INTEGER NOT NULL,
        redirects INTEGER NOT NULL,
        is_waiting INTEGER NOT NULL CHECK (is_waiting IN (0, 1)),
        outcome TEXT,
        detail TEXT,
        tries INTEGER NOT NULL,
        due_at TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT,
        document_id TEXT REFERENCES documents,
        steady_rounds INTEGER NOT NULL,
        found_at TEXT NOT NULL,
        asked_at TEXT,
        answered_at TEXT,
        round_no INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX crawl_pages_waiting ON crawl_pages (host, is_waiting, due_at)",
    "CREATE INDEX crawl_pages_portal ON crawl_pages (portal_id, kind)",
    # One row a host: when it may be asked again, what it was asked today, what its robots.txt says.
    """
    CREATE TABLE crawl_hosts (
        host TEXT PRIMARY KEY,
        ready_at TEXT NOT NULL,
        asked_day TEXT NOT NULL,
        asked_count INTEGER NOT NULL CHECK (asked_count >= 0)
    ) STRICT
    """,
    """
    CREATE TABLE crawl_robots (
        origin TEXT PRIMARY KEY,
        robots_text TEXT NOT NULL,
        read_at TEXT NOT NULL
    ) STRICT
    """,
)
