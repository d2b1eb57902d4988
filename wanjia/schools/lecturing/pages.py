"""Where the acts of a term's plan lead."""

from django.shortcuts import redirect


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)


def to_lesson(_request, _row, lesson):
    """To the lesson that was held."""
    return redirect("schools:law_lesson", lesson.pk)
