"""The acts of proposals: brought from the public page or by the clerk, put to a body, answered, asked for again."""

from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area, Level
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.sealing.keys import blind
from wanjia.verdict import NotFound, Refused

from ..agenda import queries as agenda
from ..agenda.commands import propose_item
from ..bodies.commands import KEEPS, day_of
from ..bodies.homes import asked_village
from ..bylaw_states import PROPOSAL, ToldBy
from ..duties import Duty
from ..meetings.rules import is_recent
from ..models import AgendaItem, GoverningBody, Proposal
from ..states import ItemKind, ItemSource
from . import pages, queries, rules
from .subjects import PROPOSALS

LEAST, LONGEST, NAME = 4, 600, 40  # characters of what is said; of a name
TITLE = Annotated[str, Asked(_("提的是什么"), _("用自己的话写一句,公开栏上看得到;不写谁提的,不写谁家的事。"), least=4, most=60, initial=lambda row, *_rest: row.title if row else None)]


def _brought(village, words, name, way, told_on, *, by, at, address_index=""):
    one = Proposal(
        village=village, year=told_on.year, serial=queries.next_number(village.pk, told_on.year), words=words.strip(), name=name.strip(), way=way, secret=queries.new_secret(),
        address_index=address_index, told_on=told_on, due_on=queries.due_on(told_on), told_at=at, told_by_id=by.id,
    )  # fmt: skip
    one.save(force_insert=True)
    one.fresh = True  # only this instance, only now: whoever reads the row later is not shown its word
    journal.record(act="village_proposal.bring", subject=one, by=by, at=at, area_code=village.pk)
    return one


@command("village.bring_proposal")
def bring_proposal(*, area_id, words, name, address, by, at):
    """Bring something from the village's public page (提议): without account, by name or without. Returns the Proposal.

    address: where the request comes from; kept for a day as a keyed index, by which an hour's are counted. Raises Refused, NotFound.
    """
    village = Area.objects.on(today(at)).filter(pk=area_id, level=Level.VILLAGE).first()
    if village is None:
        raise NotFound(_("没有这个村(社区)。"))
    if not LEAST <= len(words.strip()) <= LONGEST or len(name.strip()) > NAME:
        raise Refused(_("想说的话写 %(least)s 到 %(most)s 个字。") % {"least": LEAST, "most": LONGEST})
    index = blind("proposal.address", address)
    hold(f"proposal.address|{index}")
    hold(f"proposals of a day|{village.pk}")
    rules.may_send(village.pk, index, at).or_raise()
    return _brought(village, words, name, ToldBy.PAGE, today(at), by=by, at=at, address_index=index)


@act(PROPOSALS, "village_proposal_new", at="new", words=_("登记村民提议"), done=_("已登记。把小条给他,凭小条能问结果。"), **KEEPS, may=rules.keeps, new=True, then=pages.paper, lines={"village_proposal.bring": _("村民提议")})
def write_proposal(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MEETINGS)],
    words: Annotated[str, Asked(_("怎么说的"), _("照原话写。封存,只有经办人能看。"), rows=4, least=LEAST, most=LONGEST)],
    way: Annotated[ToldBy, Asked(_("怎么提的"), but=(ToldBy.PAGE,))],
    told_on: Annotated[date, Asked(_("提出日期"), initial=day_of)],
    name: Annotated[str, Asked(_("提出人"), _("愿意留名的写;不留名一样答复。"), most=NAME)] = "",
):  # fmt: skip
    """Write down what a villager brings by paper or by word: it gets its slip and its day as one from the page does."""
    if told_on > today(at):
        raise Refused(_("提出日期不能晚于今天。"))
    is_recent(told_on, at).or_raise()
    return _brought(village, words, name, way, told_on, by=by, at=at)


def _answered(proposal, move, title, answer, *saving, by, at):
    proposal.title, proposal.answer, proposal.answered_on, proposal.answered_at, proposal.answered_by_id = title.strip(), str(answer).strip(), today(at), at, by.id
    journal.move(proposal, PROPOSAL, move, by=by, at=at, saving=["title", "answer", "answered_on", "answered_at", "answered_by_id", *saving], area_code=proposal.village_id)
    return proposal


@act(PROPOSALS, "village_proposal_take", at="take", words=_("提交会议"), done=_("已作为议题提交,等待上会。"), **KEEPS, may=rules.can_take_up, rank=5, lines={"village_proposal.take_up": _("提议提交会议")})
def take_up_proposal(
    village_proposal, *, by, at,
    body: Annotated[GoverningBody, Asked(_("提交给"), among=queries.bodies_for, within=_("只能提交给本村的组织;还没登记的,先登记。"))],
    kind: Annotated[ItemKind, Asked(_("类别"))],
    title: TITLE,
    words: Annotated[str, Asked(_("议题内容"), _("要定什么、为什么。不写提出人,不写欠债、疾病、上访等个人的事。"), rows=4, least=4, most=600)],
    matter: Annotated[str, Asked(_("须提交的事项"), _("属于这些的,议事会只能商量,要转给有权决定的会议。"), among=agenda.matters, select=True, none=_("不属于"))] = "",
):  # fmt: skip
    """Put a proposal to a body (提交会议): it waits there as an item of its own, and its bringer reads on his slip what becomes of it."""
    rules.names_nobody(village_proposal, title, words).or_raise()
    item = propose_item(
        governing_body_id=body.pk, source=ItemSource.VILLAGER, kind=kind, title=title, words=words, proposed_on=village_proposal.told_on, matter=matter or "", brought_by=village_proposal.name, by=by, at=at,
    )  # fmt: skip
    village_proposal.item = AgendaItem.objects.get(pk=item.pk)
    return _answered(village_proposal, "take_up", title, _("提交%(body)s讨论") % {"body": body.name}, "item", by=by, at=at)


@act(PROPOSALS, "village_proposal_decline", at="decline", words=_("不列入,说明原因"), done=_("已答复,公开栏和他的小条上看得到。"), duty=(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), may=rules.can_decline, rank=20, tone="quiet",
     lines={"village_proposal.decline": _("提议不列入,已说明")})  # fmt: skip
def turn_down_proposal(
    village_proposal, *, by, at,
    title: TITLE,
    answer: Annotated[str, Asked(_("为什么不列入、怎么办"), _("公开栏上看得到:已经办了、不归村里管(归谁管)、法律不允许……不写任何人的名字。"), rows=3, least=6, most=400)],
):  # fmt: skip
    """Say why a proposal is not put to a body (不列入): published in the clerk's words; its bringer may ask once to think again, and then another hand answers."""
    rules.names_nobody(village_proposal, title, answer).or_raise()
    return _answered(village_proposal, "decline", title, answer, by=by, at=at)


@command("village.ask_again")
def ask_again(*, village_proposal_id, by, at):
    """Ask by one's slip to think again (重新考虑): once; another hand than the first answers, by a new day."""
    one = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=village_proposal_id)
    rules.may_ask_again(one, today(at)).or_raise()
    one.again, one.due_on, one.answered_on, one.answered_at = one.again + 1, queries.due_on(today(at)), None, None
    journal.move(one, PROPOSAL, "reopen", by=by, at=at, saving=["again", "due_on", "answered_on", "answered_at"], area_code=one.village_id)
    return one


@command("village.forget_addresses")
def forget_addresses(*, by, at):
    """Forget from which address a proposal came, a day after it did. Returns how many. The clock's alone."""
    if by is not CLOCK:
        raise Refused(_("由系统按时清除,不由人代办。"))
    n = queries.old_addresses(at - timedelta(days=1)).update(address_index="")
    if n:
        journal.record(act="village_proposal.forget", subject=Proposal(), by=by, at=at, n=n)
    return n


def watch(at):
    """Forget addresses: with the day's sweep."""
    forget_addresses(by=CLOCK, at=at)
