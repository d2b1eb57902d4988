"""The paper of a slip: code, QR code, nothing about the person; shown this once."""

from django.shortcuts import render
from django.urls import reverse

from wanjia.reporting.documents.drawing import qr_address

from ..promise import promise_of
from . import forms, rules


def paper(request, need, slip):
    """Return the page that is printed; raises Refused when the code was shown already."""
    promise = promise_of(need, request.day) if need.is_open else None
    answer = render(request, "casework/slip/paper.html", {"need": need, "promise": promise, **ticket(request, slip)})
    answer["Cache-Control"] = "no-store"
    return answer


def ticket(request, slip):
    """Return what a slip bears: {"slip", "address", "picture": its QR code}; raises Refused when the code was shown already."""
    rules.may_show(slip).or_raise()
    address = address_of(request, slip)
    return {"slip": slip, "address": address, "picture": qr_address(address, 5)}


def address_of(request, slip):
    """Return the address that the QR code bears."""
    return request.build_absolute_uri(reverse("casework:slip_page", args=[slip.code]))


def wrong_code(request, code):
    """Return the page that asks for the code again: there is none such."""
    return render(request, "casework/slip/enter.html", {"form": forms.Code(initial={"code": code}), "wrong": True}, status=404)
