"""What the acts on doubles are about: a merge, which can be taken back."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import Merge
from .queries import merges


def _merge(merge_id, at):
    merge = Merge.objects.select_related("kept", "gone").filter(pk=merge_id).first()
    if merge is None:
        raise NotFound(_("没有找到这次合并。"))
    return merge, at


MERGES = Subject(
    "merge", "registry.merge", "merges", seen=lambda actor, **_duty: merges(actor), take=_merge, page="",
    over=("registry:duplicates", _("疑似重复")), about=lambda merge: f"{merge.gone.shown_name} → {merge.kept.shown_name}",
)  # fmt: skip
