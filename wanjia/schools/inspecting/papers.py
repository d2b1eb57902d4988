"""The order to mend on paper: drawn for whoever gave it, and for whom it was given."""

from wanjia.doors.sending import beside
from wanjia.policy import inspecting as policy
from wanjia.reporting.documents.drawing import pdf


def order_sheet(order, at):
    """Return the answer that carries an order as it is handed over: A4, two copies. order: with its unit and its inspection's place."""
    context = {
        "order": order, "inspection": order.inspection, "venue": order.inspection.stop.venue, "hazards": order.hazards.order_by("serial"), "edition": policy.in_force(order.day), "name": str(order),
        "author": order.unit.name, "made": at,
    }  # fmt: skip
    return beside(pdf("schools/papers/mend_order.html", context, name=f"{order.pk}"), f"{order}.pdf")
