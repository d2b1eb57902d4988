"""Agreements on labour (劳务协作协议): with whom, until when, for how many, and how many came: a count of starts, never a number typed."""
