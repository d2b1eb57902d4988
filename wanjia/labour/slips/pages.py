"""The paper of a labourer's slip: code and QR code, nothing about the person; shown this once."""

from django.shortcuts import render
from django.urls import reverse

from wanjia.reporting.documents.drawing import qr_address

from . import forms, rules


def paper(request, worker, slip):
    """Return the page that is printed; raises Refused when the code was shown already."""
    rules.may_show(slip).or_raise()
    address = request.build_absolute_uri(reverse("labour:work_slip_page", args=[slip.code]))
    facts = {"worker": worker, "slip": slip, "address": address, "picture": qr_address(address, 5)}
    answer = render(request, "labour/slips/paper.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer


def wrong_code(request, code):
    """Return the page that asks for the code again: there is none such."""
    return render(request, "labour/slips/enter.html", {"form": forms.Code(initial={"code": code}), "wrong": True}, status=404)
