"""The paper of a parent's slip: code and QR code, nothing about the child; shown this once."""

import segno
from django.shortcuts import render
from django.urls import reverse

from . import forms, rules


def paper(request, rider, slip):
    """Return the page that is printed; raises Refused when the code was shown already."""
    rules.may_show(slip).or_raise()
    address = request.build_absolute_uri(reverse("schools:bus_slip_page", args=[slip.code]))
    facts = {"rider": rider, "slip": slip, "address": address, "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=2)}
    answer = render(request, "schools/slips/paper.html", facts)
    answer["Cache-Control"] = "no-store"
    return answer


def wrong_code(request, code):
    """Return the page that asks for the code again: there is none such."""
    return render(request, "schools/slips/enter.html", {"form": forms.Code(initial={"code": code}), "wrong": True}, status=404)
