"""Where the acts of parents' classes lead."""

from django.shortcuts import redirect


def to_class(_request, _row, parent_class):
    """To the class, where homes are put down."""
    return redirect("schools:parent_class", parent_class.pk)
