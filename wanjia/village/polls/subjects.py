"""What the acts of polls are about: a poll, one home on its roll, a heap of paper ballots. What is typed about them lies on no device."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.kernel.command import SystemActor
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import Poll, PollHeap, PollHome
from . import rules

VOTER = SystemActor(name="投票的户")
OVER = ("village:polls", _("户表决"))


def _in_its_poll(model, *related):
    """Return what locks the poll of a row, then the row: nothing is issued or typed while a phase ends."""

    def take(pk, at):
        poll = Poll.objects.select_for_update(of=("self",), no_key=True).select_related("area").filter(pk__in=model.objects.filter(pk=pk).values("poll")).first()
        row = model.objects.select_for_update(of=("self",), no_key=True).select_related(*related).filter(pk=pk).first()
        if poll is None or row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        row.poll = poll
        return row, at

    return take


OF_HOME, OF_HEAP = ("poll__area", "cls", "household"), ("poll__area", "cls")
POLLS = Subject(
    "poll", "village.poll", "village/polls", seen=lambda actor, duty: rules.visible_polls(actor, duty=duty), take=locked(Poll, "area"), look=looked(Poll, "area"),
    page="village:poll", over=OVER, about=str, drafts=False,
)  # fmt: skip
HOMES = Subject(
    "poll_home", "village.pollhome", "village/poll-homes", seen=lambda actor, duty: rules.visible_homes(actor, duty=duty), take=_in_its_poll(PollHome, *OF_HOME), look=looked(PollHome, *OF_HOME),
    page="village:poll_roll", of=lambda one: one.poll, over=OVER, about=str, drafts=False,
)  # fmt: skip
HEAPS = Subject(
    "poll_heap", "village.pollheap", "village/poll-heaps", seen=lambda actor, duty: rules.visible_heaps(actor, duty=duty), take=_in_its_poll(PollHeap, *OF_HEAP), look=looked(PollHeap, *OF_HEAP),
    page="village:poll", of=lambda one: one.poll, over=OVER, about=str, drafts=False,
)  # fmt: skip
