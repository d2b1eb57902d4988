"""The process of one run: rows → problem → answer → referee → rows. Killed anywhere, it leaves what stood before."""

import contextlib
import logging
import resource

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.planning.contract import BadInput, Control
from wanjia.verdict import Refused

from ..kinds import kind_of
from .commands import STEP, Superseded, beat, give_up, keep, take_up

log = logging.getLogger(__name__)


class Watched:
    """Told by the engine how far it is, asked whether to stop: the row of the plan is looked at no more often than once a second."""

    def __init__(self, plan):
        self.plan, self.last, self.stop = plan, None, False

    def progress(self, share, words=""):
        """Say how far it is; the reading of rows is the first tenth, the writing the last."""
        now = timezone.now()
        if self.last is None or now - self.last >= STEP:
            self.last = now
            with contextlib.suppress(OperationalError):  # the database is busy: a sign of life more or less costs no plan
                self.stop = beat(self.plan, 0.1 + 0.8 * share, words, at=now)

    def wanted(self):
        """Tell whether to stop with the best plan so far."""
        self.progress(self.share, self.words)
        return self.stop

    share, words = 0.0, ""

    def told(self, share, words):
        """Be the engine's sign of life."""
        self.share, self.words = share, words
        self.progress(share, words)


def run(plan, *, at=None):
    """Work one plan to its end. Returns it; whatever goes wrong is said in the plan's row, and what stood before stands on."""
    kind = kind_of(plan)
    try:
        take_up(plan, at=at or timezone.now())
        _work(plan, kind)
    except Superseded:
        plan.refresh_from_db()
    except (BadInput, Refused) as fault:
        _fail(plan, f"{fault.zh}({fault.place})" if isinstance(fault, BadInput) else str(fault.reason))
    except MemoryError:
        _fail(plan, _("内存不够,没有算成(上限 %(n)s MB)。可以缩小范围再算。") % {"n": kind.memory_mb})
    except Exception:
        log.exception("plan %s", plan.pk)
        _fail(plan, _("计算时出了错,已记入系统日志。原来的方案没有变。"))
    return plan


def _work(plan, kind):
    watched = Watched(plan)
    watched.progress(0, _("正在读取名册"))
    problem = kind.build(plan)
    control = Control(seconds=kind.seconds, cancel=watched.wanted, progress=watched.told)
    answer = kind.solve(problem, control)
    beat(plan, 0.92, _("正在逐条核对"), at=timezone.now())
    if broken := list(kind.judge(problem, answer)):
        give_up(plan, _("核对没有通过:%(what)s") % {"what": ";".join(broken[:3])}, at=timezone.now())
        return
    beat(plan, 0.95, _("正在保存"), at=timezone.now())
    keep(plan, problem, answer, at=timezone.now())


def _fail(plan, sentence):
    try:
        plan.refresh_from_db()
        give_up(plan, sentence, at=timezone.now())
    except Exception:  # the database itself is away: the clock finds the silence
        log.exception("plan %s could not be given up", plan.pk)


def limit(megabytes):
    """Take no more memory than this: whoever asks for more gets a MemoryError, not the machine's killer."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
