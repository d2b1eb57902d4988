"""How the acts of distributions are done rightly, and how each of their refusals is met."""

from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Organisation, User
from wanjia.registry.models import Person

from ..gifts import commands as gifts
from ..models import Distribution, Gift, GiftStock

DAY = MONDAY.date()
TOWNSHIP = "township_worker care_officer"


def who(world, name="clerk"):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def school(world):
    """The school of the township, which the Wang child attends."""
    one = world.register.teacher.posts.get().organisation
    Person.objects.filter(pk=world.register.child.pk).update(school_name=one.name, grade="四年级")
    return one


def opening(world):
    """Shoes for everybody."""
    return {"school": school(world), "name": "2026 年冬季运动鞋", "thing": "运动鞋", "sizing": "shoes", "giver": "金江余晖志愿队"}


def opened(world):
    """The roll stands."""
    return {"distribution_id": gifts.open_distribution(**opening(world), **who(world)).pk}


def row():
    """The Wang child's row."""
    return Gift.objects.get()


def sizing(world):
    """Its size is said."""
    return opened(world) | {"sizes": {str(row().pk): "34"}}


def sized(world):
    """Everybody's size is known."""
    what = opened(world)
    gifts.note_sizes(**what, sizes={str(row().pk): "34"}, **who(world))
    return what


def ordered(world):
    """It is ordered."""
    what = sized(world)
    gifts.order_things(**what, **who(world))
    return what


def came(world):
    """It came."""
    what = ordered(world)
    gifts.note_stock(**what, counts={"34": 2}, **who(world))
    return what


def handing(world):
    """It is handed out."""
    return came(world) | {"got": {str(row().pk): "34"}, "witness": "班主任周老师"}


def none_left(_world, _what):
    """It is handed out, and none of the size is left."""
    Gift.objects.update(size="34")
    on(state="handing_out")(_world, _what)


def handed(world):
    """Everybody has it."""
    what = handing(world)
    gifts.hand_out(**what, **who(world))
    return {"distribution_id": what["distribution_id"]}


def on(model=Distribution, **values):
    """Put facts on rows straight away, past the table of moves."""

    def change(_world, _what):
        triggers.lift(models=[model])
        model.objects.update(**values)

    return change


def nobody_at_school(_world, _what):
    """The register names no pupil of the school."""
    Person.objects.update(school_name="")


NO_DUTY, ELSEWHERE, OVER = "您的岗位没有登记物资发放的权限。", "这次发放不由您管。", "这次发放已经结束。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
CLOSED = {OVER: Felt(before=on(state="gifts_closed"))}
ODD, GONE = "没有“99”这个尺码。", {"00000000-0000-4000-8000-000000000001": "34"}

ACTS = {
    "care.open_distribution": Tried("clerk", opening, {"name": "另一次发放"}, may=TOWNSHIP, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"school": Organisation.objects.get(name="码口镇人民政府")}),
        "户册里没有这所学校的孩子。先请村(社区)在户册里补上学校。": Felt(before=nobody_at_school), "户册里这所学校没有“九年级”这个班级。": Felt(what={"grades": "九年级"}),
        "这所学校已经有同名的发放。": Felt(before=lambda w, what: gifts.open_distribution(**what, **who(w))),
    }),
    "care.renew_roll": Tried("clerk", opened, {}, may=TOWNSHIP, spoil={**SHUT, **CLOSED}),
    "care.read_class": Tried("clerk", lambda w: opened(w) | {"grade": "四年级"}, {"grade": "五年级"}, may=TOWNSHIP, spoil=SHUT),
    "care.note_sizes": Tried("clerk", sizing, {"sizes": {}}, may=TOWNSHIP, spoil={
        **SHUT, **CLOSED, ODD: Felt(what=lambda _w: {"sizes": {str(row().pk): "99"}}), "名单变了,请刷新页面再填。": Felt(what={"sizes": GONE}),
    }),
    "care.order_things": Tried("clerk", sized, {}, may=TOWNSHIP, spoil={
        **SHUT, "已经订过货。": Felt(before=on(state="gifts_ordered")), "还有 1 个孩子没有尺码,一个也不能少。": Felt(before=on(Gift, size="")),
        "名册上没有孩子。": Felt(before=on(Gift, state="left_school")),
    }),
    "care.note_stock": Tried("clerk", lambda w: ordered(w) | {"counts": {"34": 2}}, {"counts": {"34": 3}}, may=TOWNSHIP, spoil={
        **SHUT, **CLOSED, "先订货,再记到货。": Felt(before=on(state="sizing")), ODD: Felt(what={"counts": {"99": 1}}), "34 码的到货数不对:已经发出 0 件。": Felt(what={"counts": {"34": -1}}),
    }),
    "care.hand_out": Tried("clerk", handing, {"witness": "另一位老师"}, may=TOWNSHIP, spoil={
        **SHUT, **CLOSED, "到货以后才能发放。": Felt(before=on(state="gifts_ordered")), "请写签收单上另一个签字的人(班主任或者家长代表)。": Felt(what={"witness": " "}),
        "34 码只剩 0 件,要发 1 件。先换码或者补货。": Felt(before=on(GiftStock, arrived=0)), ODD: Felt(what=lambda _w: {"got": {str(row().pk): "99"}}),
        "名单变了,请刷新页面再填。": Felt(what={"got": GONE}),
    }),
    "care.leave_roll": Tried("clerk", lambda w: opened(w) and {"gift_id": row().pk, "reason": "转到县城上学"}, {"reason": "休学"}, may=TOWNSHIP, spoil={
        **SHUT, **CLOSED, "这个孩子已经领了,或者已经离校。": Felt(before=on(Gift, state="left_school")), "已经订了货:请选孩子那一份怎么办。": Felt(before=on(state="gifts_ordered")),
        "还没有到货,等到货再转给孩子;要先去掉的,选留作备用。": Felt(what={"goes": "gift_follows"}, before=on(state="gifts_ordered")),
        "34 码只剩 0 件,要发 1 件。先换码或者补货。": Felt(what={"goes": "gift_follows"}, before=none_left),
    }),
    "care.close_distribution": Tried("care", lambda w: handed(w) | {"rest": "1 双放学校仓库"}, {"rest": "没有"}, may=TOWNSHIP, spoil={
        **SHUT, "发放以后才能核对结束。": Felt(before=on(state="gifts_closed")), "还有 1 个孩子没有领到,一个也不能少。": Felt(before=on(Gift, state="on_list", given_on=None)),
        "谁开的发放,由另一个人核对结束。": Felt(by="clerk"),
    }),
}  # fmt: skip
