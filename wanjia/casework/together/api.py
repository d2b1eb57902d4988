"""Sub-tasks over HTTP: what is asked of whom by when; the telephone never."""

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from ..models import SubTask
from ..states import TaskState
from .queries import asked_by_us, with_us
from .subjects import TASKS


class TaskOut(Answer, of=SubTask, columns="id need_id need=need.number lead=need.holder.name unit=unit.name state words due_on late result"):
    """One sub-task of a helping unit."""

    need: str = Field(description="the need's number")
    lead: str
    state: TaskState
    late: bool = Field(description="done after its day")


def _as_done(_request, task, _answer=None):
    return type(task).objects.select_related("need__holder", "unit").get(pk=task.pk)


router = router_of(TASKS, TaskOut, _as_done)


@list_of(router, "/mine", TaskOut, page="casework:together", words=_("请我们协办的"))
def with_mine(request, _asked):
    """The sub-tasks that lie with my units, the first due first."""
    return with_us(request.user)


@list_of(router, "/asked", TaskOut, page="casework:together", words=_("等协办单位的"))
def asked(request, _asked):
    """What leads still wait for, of the needs I see."""
    return asked_by_us(request.user)
