"""What the subjects of several rooms share: how a row is locked, one's own account, why no program does some acts.

What a room's acts are about stands in its own subjects.py.
"""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

# Why no program does these acts.
NO_PROGRAM = "accounts and duties: a second person and a screen, never a stolen program (ADR 53)"
ONES_OWN = "one's own account, at a screen, beside the second factor"
SELDOM = "areas, units and calendar: set a few times a year, each with a preview on its page"


def locked(model, *related):
    """Return what locks one row of a model for an act. Who only refers to the row meanwhile need not wait."""

    def take(pk, at):
        row = model.objects.select_for_update(of=("self",), no_key=True).select_related(*related).filter(pk=pk).first()
        if row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        return row, at

    return take


def looked(model, *related):
    """Return what finds one row of a model for an act that only reads."""

    def look(pk):
        row = model.objects.select_related(*related).filter(pk=pk).first()
        if row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        return row

    return look


# One's own account: its acts take no row, the actor is the row.
ME = Subject("me", "orgs.user", "me", seen=None, take=None, page="", over=("orgs:profile", _("我的账号")), slash=False)
