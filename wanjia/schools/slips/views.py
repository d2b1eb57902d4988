"""A parent's own pages, without an account and without a name on them: where is the bus."""

from django.shortcuts import redirect

from wanjia.doors.guard import PUBLIC, address_of
from wanjia.doors.reading import page

from . import commands, forms, pages, queries


@page("b/", PUBLIC, name="bus_slip_enter", template="enter", fresh=True)
def enter(request):
    """Type the code of the paper."""
    form = forms.Code(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("schools:bus_slip_page", queries.canonical(form.cleaned_data["code"]) or "-")
    return {"form": form}


@page("b/<str:code>", PUBLIC, name="bus_slip_page", template="slip", fresh=True)
def slip(request, code):
    """Where the bus is today, whether my child is on it, when it is due, how late it says that it is; whom to call."""
    rider = commands.open_by_code(code=code, address=address_of(request), at=request.at)
    if rider is None:
        return pages.wrong_code(request, code)
    seat = queries.seat_of(rider, request.day)
    return {
        "rider": rider, "seat": seat, "drives": seat and queries.drives(seat, request.day), "trips": queries.today_of(rider, request.day), "code": code, "telephone": rider.school.unit.phone,
    }  # fmt: skip
