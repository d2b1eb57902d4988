"""Meetings (C16, C17, C18): called, opened, decided, closed; filed, put up, objected to."""
