"""What the pages of these acts show besides, and where they lead."""

from django.shortcuts import redirect

from wanjia.doors.words import said
from wanjia.policy import vacancy_words


def to_vacancy(_request, _employer, vacancy):
    """To the vacancy that was written down."""
    return redirect("labour:vacancy", vacancy.pk)


def warnings(request, vacancy):
    """What somebody should look at before he confirms: what the law warns of."""
    return {"warnings": told(vacancy_words.judge(vacancy.offer, request.day))}


def told(found):
    """Return findings in the reader's language: [{"said", "why", "law", "instead", "refuses"}]."""
    return [
        {"said": one.said, "why": said({"zh": one.zh, "en": one.en}), "law": one.law, "instead": said({"zh": one.instead_zh, "en": one.instead_en}), "refuses": one.refuses}
        for one in found
    ]  # fmt: skip
