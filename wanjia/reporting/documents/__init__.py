"""Papers as they are drawn: A4, one file a paper, nothing fetched."""
