"""One DuckDB file: who may write it, what is loaded, what must hold, and what is published."""
