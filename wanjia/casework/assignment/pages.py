"""What the page of assignment shows besides its form, and where taking back leads."""

from django.shortcuts import redirect

from .suggestions import offers


def beside_one(request, need):
    """Why it came back, on top; three units with their reasons, the others narrowed by the words of the address."""
    best, others = offers(request.user, need, request.day) if need.urgency else ([], [])
    wanted = request.GET.get("unit", "").strip().lower()[:40]
    back = need.steps.filter(act__in=("return", "recall")).last()
    return {
        "back_step": back, "offers": best, "wanted": wanted, "others": [one for one in others if one.signs and wanted in one.words],
        "empty": [one for one in others if not one.signs],
    }  # fmt: skip


def anew(_request, need, _answer):
    """What was taken back is handed out anew at once."""
    return redirect("casework:assign", need.pk)
