"""A paper as it is sent."""

from urllib.parse import quote

from django.http import HttpResponse

from wanjia.sheets.writing import safe_file_name


def sent(body, name):
    """Return a PDF beside the work, under its name."""
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(safe_file_name(name), safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
