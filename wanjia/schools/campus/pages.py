"""Where the act of a school's own grounds leads."""

from django.shortcuts import redirect


def to_campus(_request, _row, _answer):
    """To what stands open there."""
    return redirect("schools:campus")
