"""Who may load files of labourers."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty


def can_load(actor):
    """Decide whether the actor may load: a person who holds the post, for somebody answers for what three million rows say."""
    return first_refusal(
        (actor.id is not None, _("装载名册要由有岗位的人来做,不能由系统代办。")),
        (bool(scope.reaches(actor, duty=Duty.LOAD_LABOUR)), _("您的岗位没有装载劳动力名册的权限。")),
    )


def can_go_on(actor, load):
    """Decide whether the actor may go on with a load: whoever began it, or whoever loads for the very same area."""
    return first_refusal(
        (actor.id is not None, _("装载名册要由有岗位的人来做,不能由系统代办。")),
        (bool(spans := spans_of(actor)), _("您的岗位没有装载劳动力名册的权限。")),
        (load.by_id == actor.id or spans == spans_of(load.by), _("这份名册由别处的人开始装载,只有同一辖区的人可以接着装。")),
    )


def spans_of(actor):
    """Return the spans [(first, end)] of area codes that the actor may load."""
    return [(reach.first, reach.end) for reach in scope.reaches(actor, duty=Duty.LOAD_LABOUR)]
