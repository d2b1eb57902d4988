"""Where acts on plans lead."""

from django.shortcuts import redirect


def to_plan(_request, _school, plan):
    """To the version that was begun: it is to be changed and handed in."""
    return redirect("schools:plan", plan.pk)
