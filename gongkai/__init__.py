"""The application: command line, settings, store, warehouse."""
