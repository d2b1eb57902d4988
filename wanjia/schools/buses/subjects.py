"""What the acts of buses are about: an operator, a vehicle, a driver, an attendant, a line."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Attendant, Bus, BusDriver, BusLine, Operator
from . import rules

OVER = ("schools:buses", _("接送车辆"))
OPERATORS = Subject(
    "operator", "schools.operator", "schools/operators", seen=lambda actor, duty: rules.visible_operators(actor, duty=duty).select_related("area"), take=locked(Operator, "area"),
    look=looked(Operator, "area"), page="schools:operator", over=OVER, about=lambda one: one.name,
)  # fmt: skip


def _of_an_operator(key, label, root, seen, model, about=str):
    return Subject(
        key, label, root, seen=lambda actor, duty: seen(actor, duty=duty).select_related("operator__area"), take=locked(model, "operator__area"),
        look=looked(model, "operator__area"), page="schools:operator", of=lambda one: one.operator, over=OVER, about=about,
    )  # fmt: skip


BUSES = _of_an_operator("bus", "schools.bus", "schools/vehicles", rules.visible_buses, Bus)
DRIVERS = _of_an_operator("bus_driver", "schools.busdriver", "schools/drivers", rules.visible_drivers, BusDriver)
ATTENDANTS = _of_an_operator("attendant", "schools.attendant", "schools/attendants", rules.visible_attendants, Attendant, lambda one: one.user.name)
LINES = Subject(
    "bus_line", "schools.busline", "schools/lines", seen=lambda actor, duty: rules.visible_lines(actor, duty=duty).select_related("bus__operator", "school__unit", "driver", "attendant__user"),
    take=locked(BusLine, "bus__operator", "school__unit", "school__area", "driver", "attendant__user"), look=looked(BusLine, "bus__operator", "school__unit"),
    page="schools:bus_line", over=OVER, about=lambda one: one.name,
)  # fmt: skip
