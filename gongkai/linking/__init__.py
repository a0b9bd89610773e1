"""Who reports: links reports to agencies by evidence. Reads reference data; opens no database and no document."""
