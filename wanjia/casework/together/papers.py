"""The paper of a sub-task (协办交办单): lead and helper by name, what is to be done by when. It names no child, and no household without need."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.policy.glyphs import unprintable
from wanjia.reporting.kinds import PaperKind, Papers
from wanjia.reporting.papers.sheets import Sheet, day_words, moment_words

from ..models import Need, SubTask
from ..queries import live_supports
from ..states import TaskState
from .pages import matter_of
from .subjects import SHOWN, TASKS, visible_tasks

HANDS = (Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS, Duty.ASSIGN_NEEDS)
KIND = PaperKind(
    "help", _("协办交办单"), "诉协", HANDS, fits=lambda task, _standing: (task.state != TaskState.OFF, _("已经取消的协办不打印。")),
)  # fmt: skip


def _near(actor, task, _kind):
    return visible_tasks(actor).filter(pk=task.pk).exists(), _("这项协办不在您的单位手里,也不在您的辖区。")


def _whole(task_id):
    return SubTask.objects.select_related(*SHOWN, "asked_org").get(pk=task_id)


def _occasion(task, _kind):
    """The same unit asked once is one paper; asked anew, of whomever, it is a new one."""
    return int(task.asked_at.timestamp())


def _sheet(paper, task, _actor, at):
    need = task.need
    others = "、".join(row.organisation.name for row in live_supports().filter(need=need) if row.organisation_id != task.unit_id)
    above = need.village.parent.name if need.village.parent else ""
    return Sheet(
        "困难诉求协办交办单", "", f"{task.unit.name}:",
        [f"下列群众困难诉求由{need.holder.name}主办,请你单位协办以下事项。请按期办完并报主办单位;答复诉求人由主办单位负责。"],
        [
            [("诉求编号", need.number), ("诉求类别", need.get_category_display())],
            [("所在地", above + need.village.name)], [("诉求内容", matter_of(need, today(at)))],
            [("主办单位", need.holder.name), ("其他协办单位", others or "无")],
            [("协办事项", task.words)],
            [("完成日期", f"{day_words(task.due_on)}前"), ("联系诉求人", "由协办单位直接联系" if task.calls else "由主办单位联系")],
            [("交办日期", moment_words(task.asked_at)), ("经手人", task.asked_by_name)],
            [("接收人", ""), ("接收日期", moment_words(task.taken_at) if task.taken_at else "")],
        ],
        seals=[("(盖章)", task.asked_org.name if task.asked_org else need.holder.name, moment_words(paper.printed_at))],
        notes=["不属于本单位职责的,请在1个工作日内退给主办单位并写明依据,不得自行转交。"],
    )  # fmt: skip


def _hard(task, _actor):
    fields = ((_("要做什么"), task.words), (_("诉求内容"), task.need.summary), (_("协办单位"), task.unit.name))
    return [(field, chars) for field, text in fields if (chars := unprintable(text))]


PAPERS = Papers(
    TASKS, (KIND,), seen=visible_tasks, whole=_whole, near=_near, standing=lambda _task, _at: None, occasion=_occasion, write=_sheet,
    area=lambda task: task.need.village, unit=lambda _actor, task: task.asked_org, told=lambda _actor, task, _kind: {"task": str(task.pk)}, hard=_hard,
    numbered=lambda number: Q(subject=TASKS.label, subject_id__in=SubTask.objects.filter(need__in=Need.objects.filter(number=number)).values("pk")),
    card="casework/together/task_card.html", gap="papers_of_task",
)  # fmt: skip
