"""Where the acts of law in school lead."""

from django.shortcuts import redirect


def to_lesson(_request, _row, lesson):
    """To the lesson, with its slips."""
    return redirect("schools:law_lesson", lesson.pk)


def to_law(_request, _row, _answer):
    """To how the schools stand."""
    return redirect("schools:law")
