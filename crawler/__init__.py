"""Portals to bytes: the register of portals, their families, the frontier and a polite engine; nothing of the form."""
