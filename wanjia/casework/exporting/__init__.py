"""What needs bring to the exports: the ledger in the office's own columns, its questions, its watermark."""
