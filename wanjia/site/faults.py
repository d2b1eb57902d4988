"""What the database could not do, as a sentence: who was quicker, who holds what, what is full. Nothing of the act was kept."""

from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils.translation import gettext_lazy as _

from wanjia.office.moving.commands import MOVED
from wanjia.verdict import Conflict

# SQLSTATE classes of PostgreSQL (appendix A of its manual), and what SQLite says in words.
BUSY = {"40001", "40P01", "55P03", "57014"}
FULL = {"53100", "53200"}
GONE = {"57P01", "57P02", "57P03", "08000", "08003", "08006"}


@dataclass(frozen=True)
class Fault:
    """An HTTP status, a sentence, after how many seconds another try is worth it (0: not by itself), and what its page is called."""

    status: int
    sentence: str
    again: int = 0
    title: str = _("这一步没有保存")


QUICKER = Fault(409, _("这件事刚刚被别人处理过,您这一次没有保存。请刷新页面看最新情况。"), title=Conflict.title)
WAITED = Fault(503, _("现在办事的人多,您这一次没有保存。请过几秒再点一次,不会重复登记。"), 5)
NO_ROOM = Fault(507, _("服务器的磁盘满了,您这一次没有保存;已有的内容照常可以查看。请告诉系统管理员。"))
UNREACHABLE = Fault(503, _("数据库暂时连不上,您这一次没有保存。请过一分钟再试,还不行请告诉系统管理员。"), 60)
LEFT = Fault(503, _("这里的数据已经搬到新的数据库,旧的只能查看,您这一次没有保存。请告诉系统管理员:改好 DATABASE_URL,重新启动。"))
NO_LENGTH = Fault(413, _("寄来的内容写着不可能的长度,没有读取,您这一次没有保存。请重新打开页面再做一次。"))
HELD = _("别的程序正占着数据库,这一步没有做。请停下服务(systemctl stop wanjia)或等那个程序做完,再试一次。")  # at the command line


def fault_of(error):
    """Return the Fault behind an exception of the database, or None for another kind."""
    if not isinstance(error, DatabaseError):
        return None
    state, said = getattr(error.__cause__, "sqlstate", None) or "", str(error).lower()
    if MOVED in said:
        return LEFT
    if isinstance(error, IntegrityError):
        return QUICKER
    if state in FULL or "is full" in said or "disk i/o" in said or "readonly" in said:
        return NO_ROOM
    if state in BUSY or "locked" in said or "deadlock" in said:
        return WAITED
    return UNREACHABLE if isinstance(error, OperationalError) or state in GONE else None
