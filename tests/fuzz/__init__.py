"""Requests nobody foresaw, made from the API's own description; and what must hold whatever is asked."""
