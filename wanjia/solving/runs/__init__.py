"""One run of an engine, from the asking to the version that is kept."""
