"""The acts of a poll by its phases: drawn up, printed, opened, ended, called off. Cards are issued in `issuing`, ballots come in `casting`, are counted in `counting`.

From the moment voting opens nothing that is written says when, or anything of one home or one ballot: a cast writes a sealed ballot and no line, and no receipt either,
for it takes no key (ADR 146).
"""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.policy import polls as policy
from wanjia.verdict import Refused

from .. import verifier
from ..bodies.homes import asked_village
from ..duties import Duty
from ..models import Poll, PollClass, PollHome
from ..poll_states import POLL
from . import pages, queries, reading, rules, secret
from .counting.commands import forget
from .subjects import POLLS

KEEPS = {"duty": Duty.KEEP_POLLS}
PAPER = {"call": None, "because": "codes and halves are shown once, on paper, at a screen"}
SIMPLE = "同意\n不同意\n弃权"



def _several(row, *_rest):
    """Two classes of cards: the other one is asked for too."""
    return row is not None and row.classes.count() > 1


@act(POLLS, "poll_new", at="new", words=_("发起户表决"), done=_("已定好名册。接着印纸票、登记领票。"), **KEEPS, new=True, lines={"poll.draw": _("发起户表决")})
def draw_poll(
    *, by, at,
    area: Annotated[Area, asked_village(Duty.KEEP_POLLS)],
    question: Annotated[str, Asked(_("表决什么"), _("一件事一次表决,写成一句话。"), least=4, most=120)],
    roll_on: Annotated[date, Asked(_("按哪天的户"), _("这一天住在本村的户,一户一票。"), initial=lambda _row, _actor, day: day)],
    options: Annotated[str, Asked(_("选项"), _("一行一个。选出几户的评比不填这里,填下一栏。"), rows=4, most=2000, initial=SIMPLE)] = "",
    standing: Annotated[str, Asked(_("参评的户"), _("一行一户:户编号、空格、公示的称呼(征得本户同意)。全村的户抽签分成两片,互评对片,自己家不在自己的票上。"), rows=6, most=4000)] = "",
    most: Annotated[int, Asked(_("最多选几项"), least=1, most=secret.OPTIONS, initial=1)] = 1,
):  # fmt: skip
    """Draw up a poll with its roll and its classes of cards (发起户表决). One class votes on a question; where homes are chosen, two classes vote on each other."""
    if roll_on > today(at):
        raise Refused(_("按哪天的户,不能晚于今天。"))
    homes = list(queries.homes_on(area, roll_on))
    stands = reading.standing(standing, homes)
    halves = queries.parted(homes, stands) if stands else [homes]
    words = [[stands[one.pk] for one in half if one.pk in stands] for half in reversed(halves)] if stands else [reading.options(options)]
    least = policy.in_force(today(at)).least_class
    if min(map(len, halves)) < least:
        raise Refused(_("每一类票至少要有 %(n)s 户,户数太少,从结果就能看出谁投了什么。") % {"n": least})
    if not all(most <= len(one) <= secret.OPTIONS for one in words):
        raise Refused(_("每张票上的选项不能少于最多选几项,也不能多于 %(n)s 个。") % {"n": secret.OPTIONS})
    poll = Poll.objects.create(area=area, question=question.strip(), most=most, roll_on=roll_on, drawn_by_id=by.id)
    for key, half, said in zip("AB", halves, words, strict=False):
        private = secret.make_key()
        cls = PollClass.objects.create(poll=poll, key=key, homes=len(half), options=said, n=f"{private.n:x}", private=secret.spelt(private))
        PollHome.objects.bulk_create(PollHome(poll=poll, cls=cls, household=one, stands=one.pk in stands) for one in half)
    journal.record(act="poll.draw", subject=poll, by=by, at=at, area_code=area.pk, homes=len(homes))
    return poll


@act(POLLS, "poll_print", at="print", words=_("印纸票"), **KEEPS, may=rules.can_print, rank=20, template="village/polls/print.html", then=pages.cards, **PAPER, lines={"poll.print": _("印纸票")})
def print_cards(poll, *, by, at, reserve: Annotated[int, Asked(_("每类多印几张备用"), least=0, most=200, initial=5)] = 5):
    """Make the codes of all paper cards, one for each home and some to spare (印纸票): shown once, kept as hashes alone. Returns the Poll with `cards`, {class: codes}, shuffled."""
    most = policy.in_force(today(at)).most_reserve
    if reserve > most:
        raise Refused(_("备用的票每类最多 %(n)s 张。") % {"n": most})
    poll.cards = {}
    for cls in poll.classes.all():
        codes = [secret.new_code() for _card in range(cls.homes + reserve)]
        PollClass.objects.filter(pk=cls.pk).update(codes=sorted(verifier.code_hash(str(poll.pk), cls.key, code) for code in codes), printed=len(codes))
        poll.cards[cls.pk] = codes
    journal.record(act="poll.print", subject=poll, by=by, at=at, area_code=poll.area_id, n=sum(map(len, poll.cards.values())))
    return poll


@act(POLLS, "poll_open", at="open", words=_("停止发票,开始投票"), **KEEPS, may=rules.can_open, rank=30, template="village/polls/open.html", then=pages.halves, **PAPER, lines={"poll.open": _("停止发票,开始投票")})
def open_poll(
    poll, *, by, at,
    watcher: Annotated[str, Asked(_("监督发票的人"), _("一起点票的第二个人,写职务,例如:村务监督委员会主任。"), least=2, most=60)],
    left: Annotated[int, Asked(_("A 类剩下几张没发"), least=0, most=9999, initial=0)] = 0,
    spoilt: Annotated[int, Asked(_("A 类写坏、作废几张"), least=0, most=9999, initial=0)] = 0,
    left_b: Annotated[int, Asked(_("B 类剩下几张没发"), least=0, most=9999, initial=0, when=_several)] = 0,
    spoilt_b: Annotated[int, Asked(_("B 类写坏、作废几张"), least=0, most=9999, initial=0, when=_several)] = 0,
):  # fmt: skip
    """Stop issuing and let voting begin (开始投票). Cards that were not taken are counted off by two and destroyed; the keys that sign are destroyed here, links end, and what telephones
    sent is forgotten. Returns the Poll with `halves`, shown once: without both nobody opens a ballot.
    """
    counted = {"A": (left, spoilt), "B": (left_b, spoilt_b)}
    for cls, paper, _phone in queries.by_class(poll):
        rest, off = counted[cls.key]
        if cls.printed != paper + rest + off:
            raise Refused(_("%(key)s 类印了 %(printed)s 张,领走 %(paper)s 张,剩下和作废的应当共 %(n)s 张。请两个人再点一遍。") % {"key": cls.key, "printed": cls.printed, "paper": paper, "n": cls.printed - paper})
        cls.left, cls.spoilt, cls.private = rest, off, ""
        cls.save(update_fields=["left", "spoilt", "private"])
    for home in poll.homes.order_by("pk"):  # every line anew, in the order of random keys: what the database keeps beside a row no longer says who came first
        home.link, home.hidden = "", ""
        home.save(update_fields=["link", "link_index", "hidden"])
    _lock(poll)
    poll.opened_on, poll.watcher = today(at), watcher.strip()
    journal.move(poll, POLL, "open", by=by, at=at, saving=["opening_n", "opening_locked", "opened_on", "watcher"], area_code=poll.area_id)
    return poll


def _lock(poll):
    private, poll.halves = secret.make_key(), [secret.new_code(secret.HALF_SIGNS) for _half in range(2)]
    poll.opening_n, poll.opening_locked = f"{private.n:x}", secret.lock(private, poll.halves)


@act(POLLS, "poll_relock", at="relock", words=_("重打开票口令"), **KEEPS, may=rules.can_relock, aside=True, then=pages.halves, **PAPER, lines={"poll.relock": _("重打开票口令")})
def relock_poll(poll, *, by, at):
    """Make the opening key anew (重打开票口令), where its two halves were not printed: while nobody has cast. Returns the Poll with `halves`, shown once."""
    _lock(poll)
    Poll.objects.filter(pk=poll.pk).update(opening_n=poll.opening_n, opening_locked=poll.opening_locked)
    journal.record(act="poll.relock", subject=poll, by=by, at=at, area_code=poll.area_id)
    return poll


@act(POLLS, "poll_end", at="end", words=_("停止投票,开始计票"), done=_("已停止投票。打开票箱,分堆录入。"), **KEEPS, may=rules.can_end, rank=30, lines={"poll.end": _("停止投票,开始计票")})
def end_poll(poll, *, by, at):
    """Stop voting (停止投票): no ballot comes by telephone from here on; the box is opened."""
    journal.move(poll, POLL, "end", by=by, at=at, area_code=poll.area_id)
    return poll


@act(POLLS, "poll_cancel", at="cancel", words=_("不办了"), done=_("已停办,投过的票没有打开就销毁了。"), **KEEPS, may=rules.can_cancel, aside=True, tone="danger", lines={"poll.cancel": _("户表决不办了")})
def cancel_poll(poll, *, by, at, reason: Annotated[str, Asked(_("为什么不办了"), least=4, most=200)]):
    """Call a poll off with a reason (不办了): what was cast is destroyed unopened."""
    return call_off(poll, reason.strip(), by=by, at=at)


def call_off(poll, reason, *, by, at):
    """Let a locked poll end uncounted: what was cast is destroyed unopened, and the poll says why."""
    poll.closing, poll.opening_locked = reason, ""
    forget(poll)
    journal.move(poll, POLL, "cancel", by=by, at=at, saving=["closing", "opening_locked"], area_code=poll.area_id, reason=reason)
    return poll
