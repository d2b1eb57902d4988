"""How the acts of wishes are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.registry.models import Person
from wanjia.sealing.keys import blind

from ..models import Wish, WishClaim, WishMoney
from ..wishes import commands as wishes

DAY = MONDAY.date()
NEAR, JUDGES, HANDS = "village_worker township_worker", "township_worker care_officer", "village_worker township_worker care_officer"
SHOES = {"kind": "sport", "thing": "跑步鞋", "size": "36", "cost": "120"}
DONOR = {"kind": "a_person", "name": "热心人", "phone": "13887000077"}


def who(world, name="clerk", at=MONDAY):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": at}


def wishing(world):
    """The Wang child would like shoes."""
    return {"name": world.register.child.name, **SHOES}


def collected(world):
    """The village's worker wrote it down."""
    return {"wish_id": wishes.collect_wish(**wishing(world), **who(world, "visitor")).pk}


def published(world):
    """The township judged it."""
    what = collected(world)
    wishes.publish_wish(**what, **SHOES, **who(world))
    return what


def claiming(world):
    """Somebody opens the public page."""
    return published(world) | DONOR | {"address": "10.0.0.1"}


def claimed(world):
    """Somebody claimed it."""
    what = published(world)
    wishes.take_claim(**what, **DONOR, **who(world))
    return what


def given(world):
    """And gave money for it."""
    what = claimed(world)
    wishes.note_money(**what, kind="money_given", amount="100", **who(world))
    return what


def received(world):
    """The thing came."""
    what = claimed(world)
    wishes.receive_thing(**what, **who(world))
    return what


def booked_by_visitor(world, what):
    """Whoever would hand it over wrote the account: given, and given back."""
    for kind in ("money_given", "money_back"):
        wishes.note_money(wish_id=what["wish_id"], kind=kind, amount="50", **who(world, "visitor"))


def delivered(world):
    """The village's worker took it home."""
    what = received(world)
    wishes.deliver_wish(**what, through="by_officer", **who(world, "visitor"))
    return what


def confirmed(world):
    """The child signed."""
    what = delivered(world)
    wishes.confirm_wish(**what, signer="guardian", signed_by="王建国", **who(world))
    return what


def long_ago(world):
    """It signed weeks ago."""
    what = confirmed(world)
    Wish.objects.update(confirmed_on=DAY - timedelta(days=30))
    return what


def on(**values):
    """Put facts on the wish straight away, past the table of moves."""

    def change(_world, _what):
        triggers.lift(models=[Wish])
        Wish.objects.update(**values)

    return change


def by_whom(field, name="clerk"):
    """Somebody did that step."""
    return lambda world, _what: Wish.objects.update(**{field: getattr(world, name)})


def of_child(**values):
    """The register says something else of the child."""
    return lambda world, _what: Person.objects.filter(pk=world.register.child.pk).update(**values)


def had_one(world, _what):
    """The child had its wish; a classmate's first one waits."""
    triggers.lift(models=[Wish])
    one = Wish.objects.get()
    facts = {name: getattr(one, name) for name in ("area_id", "school", "kind", "band", "thing", "cost", "made_on", "recorded_at")}
    Wish.objects.create(code="AAAAA", child=one.child, state="wish_archived", signer="guardian", confirmed_on=DAY, days=1, **facts)
    Wish.objects.create(code="BBBBB", child=world.register.wife, state="collected", **facts)


def many(n, **facts):
    """So many claims stand."""

    def plant(world, what):
        one = Wish.objects.get()
        for turn in range(n):
            other = Wish.objects.create(
                code=f"C{turn:04d}", child=world.register.head if turn == 0 else Person.objects.create(name=f"某{turn}", registered_at=MONDAY), area=one.area, kind="sport", band="band_7",
                thing="球", cost=100, made_on=DAY, recorded_at=MONDAY, state="collected",
            )  # fmt: skip
            WishClaim.objects.create(**{"wish": other, "kind": "a_person", "name": "热心人", "phone": DONOR["phone"], "code": f"CODE{turn}", "claimed_at": MONDAY, "until_on": DAY + timedelta(days=8)} | facts)

    return plant


def let_go(world, _what):
    """The same donor held it twice and brought nothing."""
    one = Wish.objects.get()
    for turn in range(2):
        WishClaim.objects.create(
            wish=one, kind="a_person", name="热心人", phone=DONOR["phone"], code=f"OLD{turn}", claimed_at=MONDAY, until_on=DAY, ended_at=MONDAY, end="lapsed",
        )


def address():
    """The keyed address of the public page's visitor."""
    return blind("wish.address", "10.0.0.1")


def forget(model):
    """Take rows away that nobody may take away."""
    triggers.lift(models=[model])
    model.objects.all().delete()


def turned():
    """The money was spent, not given."""
    triggers.lift(models=[WishMoney])
    WishMoney.objects.update(kind="money_spent", number="")


NO_DUTY, NO_JUDGE, ELSEWHERE = "您的岗位没有办微心愿的权限。", "您的岗位没有审核微心愿的权限。", "这个心愿不由您管。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
JUDGE = {NO_JUDGE: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
FREE, BUSY = "这个心愿现在没有人认领。", "这个孩子已经有一个心愿在办,实现以后再征集下一个。"
ODD, DEAR = "金额写成 8.50 这样。", "一个心愿不超过 200 元。"
WORDS = {
    "心愿不收现金、红包、充值:写想要的东西。": Felt(what={"thing": "200 块钱"}), "心愿里不能有人的姓名。": Felt(what={"thing": "送给王小雨的鞋"}),
    "心愿里不能写学校、班级。": Felt(what={"thing": "三班的球"}), "心愿里不能有电话、证件号。": Felt(what={"thing": "鞋 13887000001"}), "心愿里不能写地名、校名。": Felt(what={"thing": "寄到大同村的鞋"}),
    "不写家里的难处、身体情况:只写东西。需要辅助器具的,报需求办理。": Felt(what={"thing": "给孤儿的书包"}),
}  # fmt: skip
REASONS = {sentence: Felt(what={"reason": felt.what["thing"]}) for sentence, felt in WORDS.items()}
PRICED = {DEAR: Felt(what={"cost": "201"}), ODD: Felt(what={"cost": "一百"})}
UNBORN = "户册没有孩子的出生日期,也没有学段,先请村(社区)补上。"
HOMELESS = "户册没有登记孩子在哪个村,先请村(社区)更新户册。"
EVEN, THERE = "还有捐款没有用完、没有退还,先把账平了。", "东西已经收到,不能放弃。"
UNSIGNED = {
    **SHUT, "这个心愿不在等签收核实。": Felt(before=on(state="wish_confirmed", signer="guardian", confirmed_on=DAY, days=1)), "谁送的,由另一个人向孩子核实。": Felt(by="visitor"),
}  # fmt: skip

ACTS = {
    "care.collect_wish": Tried("visitor", wishing, {"thing": "篮球"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), "在您管的名单里没有找到这个名字。请核对全名;还没有登记的,先在家庭户里登记。": Felt(what={"name": "没有此人"}),
        BUSY: Felt(before=lambda w, what: wishes.collect_wish(**what, **who(w))), **PRICED, **WORDS,
        UNBORN: Felt(before=of_child(birth_on=None, schooling="in_school")),
    }),
    "care.note_wish": Tried("visitor", lambda w: {"child_id": w.register.child.pk, **SHOES}, {"thing": "篮球"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), "这个孩子不在您管的名单里。": Felt(by="stranger"), **PRICED, **WORDS, UNBORN: Felt(before=of_child(birth_on=None, schooling="in_school")),
        BUSY: Felt(before=lambda w, what: wishes.note_wish(**what, **who(w))),
    }),
    "care.publish_wish": Tried("clerk", lambda w: collected(w) | SHOES, {"thing": "篮球"}, may=JUDGES, spoil={
        **JUDGE, "这个心愿已经审核过。": Felt(before=lambda w, what: wishes.publish_wish(**what, **who(w))), "谁征集的心愿,由另一个人审核。": Felt(before=by_whom("recorded_by")),
        "这个孩子已经实现过心愿,同一所学校还有孩子的第一个心愿在等,先办他们的。": Felt(before=had_one), **PRICED, **WORDS,
    }),
    "care.reject_wish": Tried("clerk", lambda w: collected(w) | {"reason": "家里已经有了"}, {"reason": "太贵了"}, may=JUDGES, spoil={
        **JUDGE, "这个心愿已经办完,或者没有采用。": Felt(before=on(state="wish_rejected", reason="另一个原因")), "谁征集的心愿,由另一个人审核。": Felt(before=by_whom("recorded_by")),
        "已经有人认领,不能撤下。要撤的,先请认领人放弃。": Felt(before=on(state="claimed")),
    }),
    "care.take_claim": Tried("clerk", lambda w: published(w) | DONOR, {"name": "另一个人"}, may=HANDS, spoil={
        "这个心愿您认领过、没有送来,现在留给别人。请看看别的心愿。": Felt(before=let_go),
        "陪伴、参观要和孩子见面,只由背景审查有效的帮扶人认领,请到乡镇(街道)登记。": Felt(before=on(kind="company")),
        **SHUT, "这个心愿已经有人认领,或者不在公布的清单上。": Felt(before=on(state="claimed")),
        "请写姓名或者单位名称。": Felt(what={"name": "——"}), "电话号码不对,请再核对一遍。": Felt(what={"phone": "12345"}), "请选是谁认领。": Felt(what={"kind": "nobody"}),
        "这个电话还有 3 个认领没有办完,办完一个再认领下一个。单位、集体要多认领的,请打电话到乡镇(街道)登记。": Felt(before=many(3)),
    }),
    "care.claim_wish": Tried("donor", claiming, {"name": "另一个人"}, wrong={"phone": "12345"}, anyone="whoever opens the public page", spoil={
        "这个心愿您认领过、没有送来,现在留给别人。请看看别的心愿。": Felt(before=let_go),
        "陪伴、参观要和孩子见面,只由背景审查有效的帮扶人认领,请到乡镇(街道)登记。": Felt(before=on(kind="company")),
        "这个心愿刚刚有人认领了,或者已经撤下。请看看别的心愿。": Felt(before=on(state="claimed")), "请写姓名或者单位名称。": Felt(what={"name": "——"}),
        "电话号码不对,请再核对一遍。": Felt(what={"phone": "12345"}), "请选是谁认领。": Felt(what={"kind": "nobody"}),
        "这个电话还有 3 个认领没有办完,办完一个再认领下一个。单位、集体要多认领的,请打电话到乡镇(街道)登记。": Felt(before=many(3)),
        "这里一小时内认领得太多,请过一会儿再来,或者打电话认领。": Felt(before=lambda w, what: many(20, phone="13887000088", address_index=address())(w, what)),
        "从这里认领的还有 10 个没有办完。要多认领的,请打电话到乡镇(街道)登记。": Felt(
            before=lambda w, what: many(10, phone="13887000088", address_index=address(), claimed_at=MONDAY - timedelta(hours=2))(w, what)),
        "没有这个心愿。": Felt(what={"wish_id": "0190e0e0-0000-7000-8000-00000000000a"}),
    }),
    "care.give_up_by_slip": Tried("donor", lambda w: claimed(w) and {"claim_id": WishClaim.objects.get().pk}, {}, anyone="whoever has the slip", spoil={
        "这次认领已经结束。": Felt(before=lambda w, what: wishes.give_up_claim(wish_id=Wish.objects.get().pk, reason="不方便了", **who(w))),
        THERE: Felt(before=on(received_at=MONDAY)), EVEN: Felt(before=lambda w, what: wishes.note_money(wish_id=Wish.objects.get().pk, kind="money_given", amount="50", **who(w))),
    }),
    "care.lengthen_claim": Tried("clerk", lambda w: claimed(w) | {"reason": "快递在路上"}, {"reason": "人在外地"}, may=HANDS, spoil={
        **REASONS, **SHUT, FREE: Felt(before=on(state="released")), "东西已经到了,不用延。": Felt(before=on(received_at=MONDAY)),
        "已经延过一次,不能再延。": Felt(before=lambda w, what: wishes.lengthen_claim(**what, **who(w))),
    }),
    "care.give_up_claim": Tried("clerk", lambda w: claimed(w) | {"reason": "认领人说不方便"}, {"reason": "搬走了"}, may=HANDS, spoil={
        **REASONS, **SHUT, FREE: Felt(before=on(state="released")), THERE: Felt(before=on(received_at=MONDAY)),
        EVEN: Felt(before=lambda w, what: wishes.note_money(wish_id=what["wish_id"], kind="money_given", amount="50", **who(w))),
    }),
    "care.receive_thing": Tried("clerk", claimed, {}, may=HANDS, spoil={
        **SHUT, FREE: Felt(before=on(state="released")), "已经记过收到。": Felt(before=on(received_at=MONDAY)),
    }),
    "care.note_money": Tried("clerk", lambda w: claimed(w) | {"kind": "money_given", "amount": "100"}, {"amount": "90"}, may=HANDS, spoil={
        **SHUT, FREE: Felt(before=on(state="released")), ODD: Felt(what={"amount": "一百"}), "手里只有 0.00 元捐款。": Felt(what={"kind": "money_spent"}),
        "一个心愿收的捐款不超过 200 元。": Felt(what={"amount": "200.01"}), "心愿里不能有人的姓名。": Felt(what={"words": "给王小雨买鞋"}),
        "心愿不收现金、红包、充值:写想要的东西。": Felt(what={"words": "发红包"}), "心愿里不能写学校、班级。": Felt(what={"words": "三班领的"}),
        "心愿里不能有电话、证件号。": Felt(what={"words": "打 13887000001"}), "心愿里不能写地名、校名。": Felt(what={"words": "大同村小卖部"}),
        "不写家里的难处、身体情况:只写东西。需要辅助器具的,报需求办理。": Felt(what={"words": "低保户的鞋"}),
    }),
    "care.deliver_wish": Tried("visitor", lambda w: received(w) | {"through": "by_officer"}, {"through": "by_school"}, may=HANDS, spoil={
        **SHUT, FREE: Felt(before=on(state="released")), "先收到东西、核对是不是孩子要的,再送。": Felt(before=on(received_at=None)),
        "谁记的捐款账,由另一个人核对以后送出。": Felt(before=booked_by_visitor),
        EVEN: Felt(before=lambda w, what: wishes.note_money(wish_id=what["wish_id"], kind="money_given", amount="50", **who(w))),
    }),
    "care.send_back": Tried("clerk", lambda w: delivered(w) | {"reason": "孩子说没见到"}, {"reason": "送错了人"}, may=HANDS, spoil=UNSIGNED | REASONS),
    "care.confirm_wish": Tried("clerk", lambda w: delivered(w) | {"signer": "guardian", "signed_by": "王建国"}, {"signed_by": "张桂芳"}, may=HANDS, spoil=UNSIGNED | {
        "签字人写监护人或者班主任的姓名:不是孩子自己,也不是送的人、登记的人。": Felt(what={"signed_by": "王小雨"}),
    }),
    "care.thank_donor": Tried("clerk", lambda w: confirmed(w) | {"words": "鞋子很合脚,谢谢您。"}, {"words": "我跑得更快了。"}, may=HANDS, spoil={
        **SHUT, "孩子签收以后再写。": Felt(before=on(state="wish_delivered")), "已经写过了。": Felt(before=lambda w, what: wishes.thank_donor(**what, **who(w))),
        "心愿里不能有人的姓名。": Felt(what={"words": "我叫王小雨"}), "心愿不收现金、红包、充值:写想要的东西。": Felt(what={"words": "下次给红包"}),
        "心愿里不能写学校、班级。": Felt(what={"words": "三班同学都看见了"}), "心愿里不能有电话、证件号。": Felt(what={"words": "打 13887000001"}),
        "心愿里不能写地名、校名。": Felt(what={"words": "欢迎来大同村"}),
        "不写家里的难处、身体情况:只写东西。需要辅助器具的,报需求办理。": Felt(what={"words": "我没有爸爸"}),
    }),
    "care.ask_again": Tried("clerk", lambda w: long_ago(w) | {"after": "in_use"}, {"after": "unfit", "words": "小了一码,换过了"}, may=HANDS, spoil={
        **SHUT, "签收以后、归档以前才回访。": Felt(before=on(state="wish_archived")), "签收满 30 天再回访。": Felt(before=on(confirmed_on=DAY)),
        "不合适、坏了、不在孩子手里的,请写明怎么办的。": Felt(what={"after": "broken"}),
    }),
    "care.read_donor": Tried("clerk", claimed, {}, may=HANDS, spoil={**SHUT, "还没有人认领过。": Felt(before=lambda _w, _what: forget(WishClaim))}),
    "care.print_receipt": Tried("clerk", lambda w: given(w) and {"wish_money_id": WishMoney.objects.get().pk}, {}, may=HANDS, spoil={
        **SHUT, "收到的捐款才有收据。": Felt(before=lambda _w, _what: turned()),
    }),
    "care.watch_claims": Tried("clock", lambda w: claimed(w) and {}, {}, may="", spoil={"认领到期由系统按天放回,不由人代走。": Felt(by="clerk")}),
    "care.count_wish_miss": Tried("donor", lambda _w: {"address": "10.0.0.1"}, {"address": "10.0.0.2"}, anyone="nobody signs in to mistype"),
}  # fmt: skip
