"""The torture bench: whole reports printed from known figures, damaged, read back, and counted cell by cell."""
