"""Where calling leads on: to the next one of the list; the number, this once."""

from django.shortcuts import redirect, render

from wanjia.doors.guard import next_of


def next_one(request, worker, _answer):
    """To where the caller came from, else to the labourer."""
    return redirect(next_of(request) or "labour:worker", *(() if next_of(request) else (worker.pk,)))


def number_shown(request, worker, _read):
    """The number, to tap on."""
    return render(request, "labour/calls/number.html", {"worker": worker, "number": worker.person.phone, "next": next_of(request)})
