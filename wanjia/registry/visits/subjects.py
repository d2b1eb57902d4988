"""What the acts on visits are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from .rules import visible_visits, visit_for


def _visits_seen(actor, *, duty):
    return visible_visits(actor, duty=duty).select_related("household__village__parent", "done_by")


VISITS = Subject(
    "visit", "registry.visit", "visits", seen=_visits_seen, take=lambda visit_id, at, *, by: (visit_for(by, visit_id), at),
    look=lambda visit_id, *, by: visit_for(by, visit_id), page="registry:visit", over=("registry:visits", _("入户走访")),
)  # fmt: skip
