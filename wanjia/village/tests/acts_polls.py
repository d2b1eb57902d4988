"""How the acts of polls are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.village import verifier

from ..models import Poll, PollHeap, PollHome, SealedBallot
from ..polls import commands, secret
from ..polls.counting import commands as counting
from ..polls.issuing import commands as issuing
from . import factories
from . import poll_factories as made
from .acts_bodies import elsewhere
from .poll_factories import DAY, card, cast, counters

VILLAGE, BOTH = "village_worker", "village_worker township_worker"
NO_DUTY, NO_COUNTING, OUT = "您的岗位没有办理户表决的权限。", "您的岗位没有计票的权限。", "这个村(社区)不在您的范围。"
NOT_ISSUING, NOT_VOTING, NOT_COUNTING = "已经停止发票,发票环节的事不能再办。", "现在不在投票阶段。", "现在不在计票阶段。"
TAKEN, NO_TICKET, AGREED = "这一户已经领过票,不能再领。", "这张票不是这次表决的,或者不完整。请对照票再试,或者把纸票投进票箱。", "这一堆已经核对过。"
ANYBODY = "whoever holds a card or a link"
STANDING = "这一行要写本村的户编号、空格、公示的称呼:%(line)s"


def drawing(world, **facts):
    """A poll is drawn up."""
    made.homes(world)
    return {"area": world.datong, "question": "村口的路灯装不装?", "roll_on": DAY, "options": "装\n不装", "most": 1} | facts


def stands(n, same=False):
    """So many homes of the village stand for choice."""

    def said(world):
        rows = made.homes(world, 16)[:n]
        return {"standing": "\n".join(f"{home.number} {'一样' if same else home.number}" for home in rows)}

    return said


def of_poll(world, **facts):
    """A poll is being issued."""
    return {"poll_id": made.poll(world).pk} | facts


def _row(world, taken=""):
    return PollHome.objects.select_related("poll", "cls").filter(taken=taken).order_by("pk").first()


def of_home(world, **facts):
    """A home that took nothing yet; cards are printed."""
    if not Poll.objects.exists():
        made.issued(world)
    return {"poll_home_id": _row(world).pk} | facts


def ticked(world, **facts):
    """A home that took a card."""
    made.issued(world)
    return {"poll_home_id": _row(world, "paper").pk} | facts


def takes(world, what):
    """The home took a card meanwhile."""
    issuing.tick_home(**what, by=world.visitor, at=MONDAY)


def unticks(world, what):
    """The tick was taken back meanwhile."""
    issuing.untick_home(**what, by=world.visitor, at=MONDAY)


def hiding(world, **facts):
    """A telephone sends what it hid."""
    if not Poll.objects.exists():
        made.poll(world)
    row = _row(world)
    return {"poll_home_id": row.pk, "hidden": f"{made.Phone(row).hidden:x}"} | facts


def another_telephone(world, what):
    """Another telephone was quicker."""
    made.Phone(PollHome.objects.select_related("poll", "cls").get(pk=what["poll_home_id"])).take()


def called_off(world, _what):
    """The poll was called off meanwhile."""
    commands.cancel_poll(poll_id=Poll.objects.get().pk, reason="村民会议决定重议", by=world.visitor, at=MONDAY)


def opening(world, **facts):
    """All is issued; two count off what is left."""
    one, _codes, _phones = made.issued(world)
    return {"poll_id": one.pk, "watcher": "村务监督委员会主任", "left": 7, "spoilt": 1} | facts


def nobody_took(world, _what):
    """Nobody took anything."""
    PollHome.objects.update(taken="", hidden="")


def in_phase(reach):
    """The poll has come so far."""
    return lambda world: {"poll_id": reach(world)[0].pk}


def casting(world, choices=(0,)):
    """A card that was scanned votes."""
    one, codes, _phones = made.opened(world)
    return card(one, codes[0], list(choices))


def voted(world, what):
    """The card voted meanwhile, otherwise."""
    cast(what | {"sealed": secret.seal(str(what["poll_id"]), "x", ("", [1]), int(what["opening"], 16))})


def someone_voted(world, _what):
    """Somebody voted meanwhile."""
    poll = Poll.objects.get()
    SealedBallot.objects.create(poll=poll, cls=poll.classes.first(), kind="code", bearer="f" * 64, sealed="")


def ended_(world, _what):
    """Voting was ended meanwhile."""
    commands.end_poll(poll_id=Poll.objects.get().pk, by=world.visitor, at=MONDAY)


def typing(world, lines=("1", "2"), **facts):
    """A heap is typed."""
    one, codes, _phones = made.ended(world)
    return {"poll_id": one.pk, "letter": "A", "ballots": "\n".join(f"{code} {words}" for code, words in zip(codes[1:], lines, strict=False)), "set_aside": 1} | facts


def spoil(change):
    """The lines of a heap are changed so."""
    return lambda world: {"ballots": change([f"{card_} 1" for card_ in _codes(world)])}


def _codes(_world):
    """Codes that the poll knows: made anew beside those that were printed, for nobody remembers these."""
    cls = Poll.objects.get().classes.first()
    codes = [secret.new_code() for _card in range(3)]
    cls.codes = sorted([*cls.codes, *(verifier.code_hash(str(cls.poll_id), "A", code) for code in codes)])
    cls.save(update_fields=["codes"])
    return codes


def used(world, what):
    """One of these cards voted by telephone before."""
    code = what["ballots"].split()[0]
    poll = Poll.objects.get()
    SealedBallot.objects.create(poll=poll, cls=poll.classes.first(), kind="code", bearer=verifier.code_hash(str(poll.pk), "A", code), sealed="")


def heap_of(world, **facts):
    """A heap that was typed by the village."""
    _one, codes, _phones = made.ended(world)
    return {"poll_heap_id": made.heap(world, codes).pk} | facts


def agreeing(world, **facts):
    """Another counted it by hand."""
    return heap_of(world, counted="1 1 0 0 0") | facts


def was_agreed(world, _what):
    """It was agreed meanwhile."""
    PollHeap.objects.update(agreed=True)


def thrown_away(_world, _what):
    """The heap of paper was thrown away meanwhile."""
    SealedBallot.objects.exclude(heap=None).delete()
    PollHeap.objects.all().delete()


def closing(world, **facts):
    """All heaps are agreed."""
    one, codes, _phones = made.ended(world)
    counting.agree_heap(poll_heap_id=made.heap(world, codes).pk, counted="1 1 0 0 0", by=world.clerk, at=MONDAY)
    return {"poll_id": one.pk, "half": one.halves[0], "other_half": one.halves[1], **counters(world)} | facts


KEEPS = {NO_DUTY: Felt(by="caller"), OUT: Felt(by=elsewhere)}
ISSUING = {**KEEPS, NOT_ISSUING: Felt(before=called_off)}
COUNTS = {NO_COUNTING: Felt(by="caller"), OUT: Felt(by=elsewhere), NOT_COUNTING: Felt(before=called_off)}
VOTING = {**KEEPS, NOT_VOTING: Felt(before=called_off)}

ACTS = {
    "village.draw_poll": Tried("visitor", drawing, {"question": "村口的路灯装几盏?"}, may=VILLAGE, spoil={
        OUT: Felt(what=lambda w: {"area": w.xinmin}), "按哪天的户,不能晚于今天。": Felt(what={"roll_on": DAY + timedelta(days=1)}),
        "每一类票至少要有 %(n)s 户,户数太少,从结果就能看出谁投了什么。": Felt(before=lambda w, what: made.Membership.objects.update(to_on=DAY)),
        "每张票上的选项不能少于最多选几项,也不能多于 %(n)s 个。": Felt(what={"most": 3}), "选项要有 2 到 %(n)s 个,一行一个。": Felt(what={"options": "装"}),
        "有两个选项写得一样。": Felt(what={"options": "装\n装"}), "一个选项最多 40 个字。": Felt(what={"options": "装" * 41 + "\n不装"}),
        STANDING: Felt(what={"standing": "没有这一户 王家"}), "有一户写了两次,或者两户的称呼一样。": Felt(what=stands(4, same=True)),
    }),
    "village.print_cards": Tried("visitor", lambda w: of_poll(w, reserve=2), {"reserve": 3}, may=VILLAGE, spoil={
        **ISSUING, "已经有户领了纸票,纸票不能重印。": Felt(before=lambda w, what: made.issued(w)), "备用的票每类最多 %(n)s 张。": Felt(what={"reserve": 31}),
    }),
    "village.tick_home": Tried("visitor", of_home, {}, may=VILLAGE, spoil={
        **ISSUING, TAKEN: Felt(before=takes), "纸票还没有印。": Felt(what=lambda w: {}, before=lambda w, what: Poll.objects.get().classes.update(printed=0)),
    }),
    "village.untick_home": Tried("visitor", ticked, {}, may=VILLAGE, spoil={**ISSUING, "这一户没有领纸票。": Felt(before=unticks)}),
    "village.print_link": Tried("visitor", of_home, {}, may=VILLAGE, spoil={**ISSUING, TAKEN: Felt(before=takes)}),
    "village.take_token": Tried("voter", hiding, {"hidden": "abc"}, {"hidden": "zz"}, ANYBODY, spoil={
        NOT_ISSUING: Felt(before=called_off), NO_TICKET: Felt(what={"hidden": "0"}), TAKEN: Felt(before=another_telephone),
    }),
    "village.open_poll": Tried("visitor", opening, {"watcher": "村民代表"}, may=VILLAGE, spoil={
        **ISSUING, "还没有一户领票。": Felt(before=nobody_took),
        "%(key)s 类印了 %(printed)s 张,领走 %(paper)s 张,剩下和作废的应当共 %(n)s 张。请两个人再点一遍。": Felt(what={"left": 6}),
    }),
    "village.relock_poll": Tried("visitor", in_phase(made.opened), {}, may=VILLAGE, spoil={**VOTING, "已经有人投票,口令不能重打。": Felt(before=someone_voted)}),
    "village.cast_ballot": Tried("voter", casting, {"sealed": "x"}, {"letter": "C"}, ANYBODY, spoil={
        NOT_VOTING: Felt(before=ended_), NO_TICKET: Felt(what={"bearer": "2" * 16}), "投票页旧了,请刷新后再投。": Felt(what={"opening": "7"}),
        "这张票已经投过,不能再投。": Felt(before=voted),
    }),
    "village.end_poll": Tried("visitor", in_phase(made.opened), {}, may=VILLAGE, spoil=VOTING),
    "village.type_heap": Tried("visitor", typing, {"set_aside": 2}, may=BOTH, spoil={
        **COUNTS, NO_TICKET: Felt(what={"letter": "C"}), "这一堆一张也没有录。": Felt(what={"ballots": " "}),
        "第 %(lines)s 行的票号已经用过:把这几张放在一边,不录,张数填在下面。": Felt(before=used),
        "第 %(n)s 行的票号不是这一类的票,请对照纸票再录。": Felt(what={"ballots": "ABCD 1"}), "这一堆里有同一张票录了两次。": Felt(what=spoil(lambda lines: "\n".join([lines[0], lines[0]]))),
        "第 %(n)s 行的查对号要是 # 加 6 位数字。": Felt(what=spoil(lambda lines: lines[0] + " #12")), "第 %(n)s 行选的要是票上的序号,不重复;废票写“废”。": Felt(what=spoil(lambda lines: lines[0] + " 9")),
        "第 %(n)s 行选多了,这样的票是废票,请写“废”。": Felt(what=spoil(lambda lines: lines[0] + " 2")),
    }),
    "village.agree_heap": Tried("clerk", agreeing, {"counted": "2 0 0 0 0"}, may=BOTH, spoil={
        **COUNTS, AGREED: Felt(before=was_agreed), "录入的人不能自己核对,请另一个人用手数一遍。": Felt(by="visitor"),
        str(SAME_PERSON): Felt(before=lambda w, what: User.objects.filter(pk=w.visitor.pk).update(name=w.clerk.name)),
        "和录入的不一样。请两个人一起把这一堆再数一遍;录错了的,作废这一堆重录。": Felt(what={"counted": "2 0 0 0 0"}),
    }),
    "village.discard_heap": Tried("visitor", heap_of, {}, may=BOTH, spoil={**COUNTS, AGREED: Felt(before=was_agreed)}),
    "village.close_poll": Tried("visitor", closing, {"observers": "乡镇驻村干部"}, may=VILLAGE, spoil={
        **KEEPS, NOT_COUNTING: Felt(before=called_off), "还有票堆没有第二个人核对。": Felt(before=lambda w, what: PollHeap.objects.update(agreed=False)),
        "%(keys)s 类的纸票还没有录。箱里一张也没有的,录一堆只写“空”,由另一个人看过箱子核对。": Felt(before=thrown_away),
        "计票要三个不同的人。": Felt(what=lambda w: {"counter": counters(w)["counter_two"]}),
        "计票人要在本村的花名册上,或者是本村组织现任的成员。": Felt(what=lambda w: {"counter": factories.villager(w, 23, village=w.xinmin)}),
        "监督计票的要是村务监督委员会现任的成员。": Felt(what=lambda w: {"supervisor": factories.villager(w, 24)}),
        "计票人不能是参评户的人,也不能是这次表决写到的人。": Felt(before=lambda w, what: Poll.objects.update(question=f"选不选{what['counter'].name}当组长?")),
        "两半口令对不上,请对照开票口令单再输一次。": Felt(what={"half": "22222"}),
        "公布前自己验了一遍,没有通过,不能公布:%(said)s": Felt(before=lambda w, what: PollHome.objects.update(taken="", hidden="")),
    }),
    "village.cancel_poll": Tried("visitor", lambda w: of_poll(w, reason="村民会议决定重议"), {"reason": "选项写错了,重新发起"}, may=VILLAGE, spoil={
        **KEEPS, "这次表决已经结束。": Felt(before=called_off),
    }),
}  # fmt: skip
