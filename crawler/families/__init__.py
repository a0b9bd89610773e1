"""Families of portals: how each lays out its columns, as small strategies over a fetched page."""
