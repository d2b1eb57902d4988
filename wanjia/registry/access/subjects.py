"""What the acts on a leave to read children's files are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import FileAccess
from . import rules

SHOWN = ("by", "unit", "area", "child__village", "household", "decided_by", "reviewed_by")


def _seen(actor, *, duty):
    return rules.visible_accesses(actor).select_related(*SHOWN)


def _look(access_id):
    access = FileAccess.objects.select_related(*SHOWN).filter(pk=access_id).first()
    if access is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    return access


ACCESSES = Subject(
    "access", "registry.fileaccess", "access", seen=_seen, take=locked(FileAccess, *SHOWN), page="registry:access_one",
    over=("registry:access", _("查阅儿童档案")), about=lambda access: f"{access.get_kind_display()} · {access.by.name}", drafts=False,
    look=_look,
)  # fmt: skip
