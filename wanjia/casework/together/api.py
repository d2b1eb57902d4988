"""Sub-tasks over HTTP: what is asked of whom by when; the telephone never."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from wanjia.doors.calls import list_of, router_of
from wanjia.orgs.content import of_content

from ..states import TaskState
from .queries import asked_by_us, with_us
from .subjects import TASKS


class TaskOut(Schema):
    """One sub-task of a helping unit."""

    id: UUID
    need_id: UUID
    need: str = Field(description="the need's number")
    lead: str
    unit: str
    state: TaskState
    words: str
    due_on: date
    late: bool = Field(description="done after its day")
    result: str

    @staticmethod
    def resolve_need(task):
        """Its number."""
        return task.need.number

    @staticmethod
    def resolve_lead(task):
        """Who holds the need."""
        return task.need.holder.name

    @staticmethod
    def resolve_unit(task):
        """Whose it is."""
        return task.unit.name


def _as_done(_request, task, _answer=None):
    return type(task).objects.select_related("need__holder", "unit").get(pk=task.pk)


router = router_of(TASKS, TaskOut, _as_done, root="")


@list_of(router, "/mine", TaskOut, page="casework:together", words=_("请我们协办的"))
@of_content
def with_mine(request, _asked):
    """The sub-tasks that lie with my units, the first due first."""
    return with_us(request.user)


@list_of(router, "/asked", TaskOut, page="casework:together", words=_("等协办单位的"))
@of_content
def asked(request, _asked):
    """What leads still wait for, of the needs I see."""
    return asked_by_us(request.user)
