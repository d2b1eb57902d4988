"""Phones that drop, repeat, reorder, delay, change clocks and hands, over the queue that runs in the browser, against the real server."""
