"""Where the pages of these acts lead."""

from django.shortcuts import redirect


def to_employer(_request, _row, employer):
    """To the employer that was entered."""
    return redirect("labour:employer", employer.pk)


def to_its_employer(_request, row, _answer):
    """To the employer that it is about."""
    return redirect("labour:employer", row.employer_id)
