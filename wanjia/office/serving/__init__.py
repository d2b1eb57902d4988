"""`wanjia serve`: gunicorn whose threads only ever see whole requests."""
