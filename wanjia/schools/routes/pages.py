"""Where the act of the routes leads."""

from django.shortcuts import redirect


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)
