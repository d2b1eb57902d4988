"""Where acts of lessons and drills lead."""

from django.shortcuts import redirect


def to_list(_request, _row, _answer):
    """To what each school owes."""
    return redirect("schools:bus_drills")
