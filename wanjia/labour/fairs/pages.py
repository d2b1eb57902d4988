"""What the pages of fairs show besides their forms."""

from django.urls import reverse


def start_words(start):
    """A start in a list: the day on which the work began."""
    return f"{start.spell.from_on} · {start.spell.employer_name}"


def where_starts(_request, registration):
    """Where a start is noted: on the vacancy's page."""
    return {"vacancy_page": reverse("labour:vacancy", args=[registration.vacancy_id])}
