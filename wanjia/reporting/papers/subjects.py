"""What the acts of papers are about: the papers. Those of a month stand in a list of their own; one about a row is seen with the row."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..figures.queries import areas_below
from ..models import Paper
from .queries import notices


def _notices(actor, *, duty):
    return notices(areas_below(actor))


def _notice(paper_id, at):
    paper = Paper.objects.select_related("area", "published").filter(published__isnull=False, pk=paper_id).first()
    if paper is None:
        raise NotFound(_("没有找到这份通报。"))
    return paper, at


PAPERS = Subject(
    "paper", "reporting.paper", "documents/monthly", seen=_notices, take=_notice, page="", over=("reporting:documents", _("打印文书")),
    about=lambda paper: paper.number,
)  # fmt: skip
