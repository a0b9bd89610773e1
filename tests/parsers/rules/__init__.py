"""The catalogue of rules, each with a report that keeps it and one that breaks it."""
