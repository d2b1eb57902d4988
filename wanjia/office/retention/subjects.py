"""What the acts of retention are about: a list of what is due, a hold on rows."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Disposal, RetentionHold
from .queries import visible_disposals, visible_holds, what

OVER = ("office:retention", _("保管期限与销毁"))
DISPOSALS = Subject(
    "disposal", "office.disposal", "retention/lists", seen=visible_disposals, take=locked(Disposal, "area"), page="office:disposal", over=OVER,
    about=lambda one: f"{one.class_words} · {one.area.name}", drafts=False,
)  # fmt: skip
HOLDS = Subject(
    "retention_hold", "office.retentionhold", "retention/holds", seen=visible_holds, take=locked(RetentionHold, "area"), page="", over=OVER,
    about=lambda one: f"{what(one)} · {one.get_ground_display()} · {one.document}", drafts=False,
)  # fmt: skip
