"""How the acts of classes and canteens are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.registry.models import Person

from ..canteen import commands as canteen
from ..classes import commands as classes
from ..models import BackgroundCheck, Canteen, CareClass, Collector, Diner, Enrolment, Meal, Presence, Serving, Session
from .factories import checked, helper

DAY = MONDAY.date()
ELDER = "王老五"
OPENS = "village_worker township_worker school_worker"
NEAR = KEEPS_TABLE = "village_worker township_worker"  # a school's post keeps the classes of its own school alone


def who(world, name="clerk"):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def leader(world):
    """A helper of the township who is clear."""
    one = helper(world, organisation=world.datong.organisations.first() or world.office)
    checked(one, at=MONDAY)
    return one


def of_a_class(world, **facts):
    """What is said of a class: Monday to Friday at half past four."""
    return {
        "area": world.datong, "name": "大同小学四点半课堂", "kind": "afternoon", "place": "大同小学二楼", "weekdays": [1, 2, 3, 4, 5], "starts": "16:30", "ends": "18:00",
        "seats": 2, "from_on": date(2026, 9, 1), "until_on": date(2027, 1, 16), "leader": leader(world),
    } | facts  # fmt: skip


def a_class(world, **facts):
    """The class stands."""
    return {"care_class_id": classes.open_class(**of_a_class(world, **facts), **who(world)).pk}


def enrolling(world):
    """The Wang child is put on its roll."""
    return a_class(world) | {"name": world.register.child.name, "asked_by": "王建国"}


def signing(world):
    """The same from the child's own page."""
    return {"child_id": world.register.child.pk, "care_class": CareClass.objects.get(pk=a_class(world)["care_class_id"]), "asked_by": "王建国"}


def on_roll(world):
    """The child is on the roll."""
    classes.enrol_child(**enrolling(world), **who(world))
    return {"enrolment_id": Enrolment.objects.get().pk}


def listing(world):
    """An uncle is listed."""
    return on_roll(world) | {"name": "王建军", "relation": "叔叔", "phone": "13887000009", "said_by": "王建国 11 月 2 日当面说的"}


def listed(world):
    """He waits for the second person."""
    classes.list_collector(**listing(world), **who(world))
    return {"collector_id": Collector.objects.get().pk}


def fetching(world):
    """He may fetch."""
    what = listed(world)
    classes.confirm_collector(**what, said="给王建国打的电话", **who(world, "visitor"))
    return what


def opened(world):
    """Today's session is open."""
    fetching(world)
    one = classes.open_session(care_class_id=CareClass.objects.get().pk, **who(world))
    return {"session_id": one.pk}


def called(world):
    """The child of the session."""
    opened(world)
    return {"presence_id": Presence.objects.get().pk}


def there(world):
    """The child is there."""
    what = called(world)
    classes.mark_presence(**what, result="present", **who(world))
    return what


def handing(world):
    """The uncle says his code."""
    return there(world) | {"code": Collector.objects.get().code}


def all_fetched(world):
    """Everybody was fetched."""
    classes.hand_child(**handing(world), **who(world))
    return {"session_id": Session.objects.get().pk}


def on(model, **values):
    """Put facts on rows straight away."""
    return lambda _world, _what: model.objects.update(**values)


def taken_away(world, what):
    """The child came and was fetched."""
    classes.mark_presence(presence_id=what["presence_id"], result="present", **who(world))
    classes.hand_child(presence_id=what["presence_id"], code=Collector.objects.get().code, **who(world))


def looked_for(world, what):
    """The child did not come and is looked for."""
    classes.mark_presence(presence_id=what["presence_id"], result="not_here", **who(world))


def one_more(world, what):
    """Somebody else is awaited at the table."""
    other = Diner.objects.create(canteen=Canteen.objects.get(), person=world.register.wife, weekdays="1", from_on=DAY, recorded_at=MONDAY)
    return Serving.objects.create(meal_id=what["meal_id"], diner=other)


def one_missing(world, what):
    """And did not come."""
    canteen.mark_serving(serving_id=one_more(world, what).pk, result="meal_missed", **who(world))


def lapsed(_world, _what):
    """The leader's query of records has run out."""
    triggers.lift(models=[BackgroundCheck])
    BackgroundCheck.objects.update(until_on=DAY)


NO_DUTY, ELSEWHERE, OVER = "您的岗位没有办课堂的权限。", "这个课堂不由您管。", "今天的课已经下课。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
NOT_CLEAR = "没有有效的背景审查结果,不能接触未成年人。请先查询并登记。"
AFTER = "结束要在开始以后。"
GONE, STRUCK = "这个孩子已经退出。", "这位接送人已经取消。"

CLASSES = {
    "care.open_class": Tried("clerk", of_a_class, {"name": "另一个课堂"}, may=OPENS, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger"), NOT_CLEAR: Felt(before=lapsed), AFTER: Felt(what={"ends": "16:00"}),
        "几点要写成 07:30 这样。": Felt(what={"starts": "半下午"}), "至少选一个星期几。": Felt(what={"weekdays": []}),
        "这个单位已经有同一天开的同名课堂。": Felt(before=lambda w, what: classes.open_class(**what, **who(w))),
        "这个人不在您辖区的帮扶人名册里。": Felt(what=lambda w: {"leader": helper(w, organisation=w.xinmin.organisations.first() or w.civil)}),
    }),
    "care.change_class": Tried("clerk", lambda w: a_class(w) | {"leader": leader(w), "seats": 5, "until_on": date(2027, 1, 10)}, {"seats": 9}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger"), NOT_CLEAR: Felt(before=lapsed), AFTER: Felt(what={"until_on": date(2026, 9, 1)}),
        "这个人不在您辖区的帮扶人名册里。": Felt(what=lambda w: {"leader": helper(w, organisation=w.xinmin.organisations.first() or w.civil)}),
    }),
    "care.enrol_child": Tried("clerk", enrolling, {"asked_by": "李秀英"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger"), "这个课堂已经结束。": Felt(before=on(CareClass, until_on=DAY)),
        "在您管的名单里没有找到这个名字。请核对全名;还没有登记的,先在家庭户里登记。": Felt(what={"name": "没有此人"}),
        "这个孩子已经在这个课堂的名单上。": Felt(before=lambda w, what: classes.enrol_child(**what, **who(w))),
    }),
    "care.sign_child": Tried("clerk", signing, {"asked_by": "李秀英"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), "这个孩子不在您管的名单里。": Felt(by="stranger"), "您这里没有在办的课堂,先开课堂再报名。": Felt(before=on(CareClass, until_on=DAY)),
        "这个孩子已经在这个课堂的名单上。": Felt(before=lambda w, what: classes.sign_child(**what, **who(w))),
    }),
    "care.leave_class": Tried("clerk", lambda w: on_roll(w) | {"reason": "转学了"}, {"reason": "家里接得早"}, may=NEAR, spoil={
        "原因会留在操作日志里:不写姓名、学校、班级、地名、号码。": Felt(what={"reason": "转到城关小学"}),
        **SHUT, GONE: Felt(before=on(Enrolment, state="out_of_class", left_on=DAY)),
    }),
    "care.list_collector": Tried("clerk", listing, {"relation": "舅舅"}, may=NEAR, spoil={
        **SHUT, GONE: Felt(before=on(Enrolment, state="out_of_class", left_on=DAY)),
    }),
    "care.confirm_collector": Tried("visitor", lambda w: listed(w) | {"said": "给王建国打的电话"}, {"said": "当面问的王建国"}, may=NEAR, spoil={
        **SHUT, STRUCK: Felt(before=on(Collector, to_on=DAY)), "谁登记的接送人,要另一个人向监护人核实。": Felt(by="clerk"),
        "已经核实过。": Felt(before=lambda w, what: classes.confirm_collector(**what, **who(w, "visitor"))),
    }),
    "care.drop_collector": Tried("clerk", lambda w: listed(w) | {"reason": "监护人说不要他接"}, {"reason": "搬走了"}, may=NEAR, spoil={
        **SHUT, STRUCK: Felt(before=on(Collector, to_on=DAY)),
    }),
    "care.print_collector": Tried("clerk", fetching, {}, may=NEAR, spoil={**SHUT, STRUCK: Felt(before=on(Collector, to_on=DAY))}),
    "care.open_session": Tried("clerk", lambda w: {"care_class_id": on_roll(w) and CareClass.objects.get().pk}, {}, may=NEAR, spoil={
        **SHUT, "这个课堂今天不在开课日期里。": Felt(before=on(CareClass, until_on=DAY)), "今天不是这个课堂上课的日子。": Felt(before=on(CareClass, weekdays="67")),
        "今天的课已经开始点名。": Felt(before=lambda w, what: classes.open_session(**what, **who(w))), NOT_CLEAR: Felt(before=lapsed),
    }),
    "care.read_roll": Tried("clerk", opened, {}, may=NEAR, spoil=SHUT),
    "care.mark_presence": Tried("clerk", lambda w: called(w) | {"result": "present"}, {"result": "excused"}, may=NEAR, spoil={
        **SHUT, OVER: Felt(before=on(Session, state="session_closed")),
        "孩子已经接走。": Felt(before=taken_away),
        "孩子来过,或者过了点没到:改成请假,请写明谁给孩子请的假。": Felt(what={"result": "excused"}, before=looked_for),
        "点名只记到了、请假、没到、问清了。": Felt(what={"result": "fetched"}), "请写明问了谁、孩子现在在哪里。": Felt(what={"result": "found"}),
    }),
    "care.hand_child": Tried("clerk", handing, {"code": "", "adult": None, "known_by": "谁也没有"}, may=NEAR, spoil={
        **SHUT, OVER: Felt(before=on(Session, state="session_closed")), "到了的孩子才能接走。": Felt(before=lambda w, what: classes.hand_child(**what, **who(w))),
        "接送码不对,或者这个人不在孩子的接送名单上。不要把孩子交给他,先给监护人打电话。": Felt(what={"code": "999999"}),
        "这位接送人还没有向监护人核实,今天不能接。": Felt(before=on(Collector, confirmed_at=None, confirmed_by=None)),
        "这位接送人已经取消,不能接。": Felt(before=on(Collector, from_on=DAY + timedelta(days=1))),
        "请填接送码,或者从名单上选来接的人。": Felt(what={"code": ""}),
        "没有接送码,请写明谁认得来接的人。": Felt(what=lambda w: {"code": "", "adult": Collector.objects.get()}),
    }),
    "care.close_session": Tried("clerk", all_fetched, {}, may=NEAR, spoil={
        **SHUT, OVER: Felt(before=on(Session, state="session_closed")),
        "还有 1 个孩子没有接走,或者没有问清在哪里,不能下课。": Felt(before=lambda w, what: Presence.objects.create(session_id=what["session_id"], child=w.register.wife)),
    }),
}  # fmt: skip


def of_a_canteen(world, **facts):
    """What is said of a canteen: lunch at half past eleven."""
    return {"area": world.datong, "name": "大同村爱心食堂", "place": "村委会旁", "meal": "lunch", "served_at": "11:30", "price": "8.50", "share": "2"} | facts


def a_canteen(world, **facts):
    """The canteen stands."""
    return {"canteen_id": canteen.open_canteen(**of_a_canteen(world, **facts), **who(world)).pk}


def elder(world):
    """An elder of the village, in a home of his own."""
    found = Person.objects.filter(name=ELDER).first()
    return found or world.register.register(ELDER, date(1950, 3, 2), 77).memberships.get().person


def dining(world):
    """He is taken on for every day."""
    return a_canteen(world) | {"name": elder(world).name, "weekdays": [1, 2, 3, 4, 5, 6, 7], "diet": ["soft"]}


def dines(world):
    """He eats there."""
    canteen.take_on(**dining(world), **who(world))
    return {"diner_id": Diner.objects.get().pk}


def served(world):
    """Today's meal is open."""
    dines(world)
    one = canteen.open_meal(canteen_id=Canteen.objects.get().pk, **who(world))
    return {"meal_id": one.pk}


def at_table(world):
    """He is awaited."""
    served(world)
    return {"serving_id": Serving.objects.get().pk}


def missed(world):
    """He did not come."""
    what = at_table(world)
    canteen.mark_serving(**what, result="meal_missed", **who(world))
    return what


def missed_days_ago(world, what):
    """He did not come, the day before yesterday."""
    canteen.mark_serving(serving_id=what["serving_id"], result="meal_missed", **who(world))
    Meal.objects.update(day=DAY - timedelta(days=2))


def eaten(world):
    """He ate."""
    canteen.mark_serving(**at_table(world), result="ate", **who(world))
    return {"meal_id": Meal.objects.get().pk}


NO_TABLE, NOT_HERE, CLEARED = "您的岗位没有办食堂的权限。", "这个食堂不由您管。", "这一餐已经收餐。"
AWAY = {NO_TABLE: Felt(by="caller"), NOT_HERE: Felt(by="stranger")}
STOPPED = {"这个食堂已经停办。": Felt(before=on(Canteen, to_on=DAY))}

CANTEENS = {
    "care.open_canteen": Tried("clerk", of_a_canteen, {"name": "另一个食堂"}, may=KEEPS_TABLE, spoil={
        **AWAY, "老人自付不能比成本还多。": Felt(what={"share": "9"}), "金额写成 8.50 这样。": Felt(what={"price": "八块"}), "金额在 0 到 200 元之间,写到分为止。": Felt(what={"price": "250"}),
        "几点要写成 07:30 这样。": Felt(what={"served_at": "中午"}), "这个村已经有同名的食堂。": Felt(before=lambda w, what: canteen.open_canteen(**what, **who(w))),
    }),
    "care.change_price": Tried("clerk", lambda w: a_canteen(w) | {"price": "9", "share": "3"}, {"price": "10"}, may=KEEPS_TABLE, spoil={
        **AWAY, **STOPPED, "老人自付不能比成本还多。": Felt(what={"share": "10"}), "金额写成 8.50 这样。": Felt(what={"price": "九块"}),
        "金额在 0 到 200 元之间,写到分为止。": Felt(what={"price": "250"}),
    }),
    "care.shut_canteen": Tried("clerk", lambda w: {"canteen_id": dines(w) and Canteen.objects.get().pk, "reason": "并到乡里的食堂"}, {"reason": "没有人来"}, may=KEEPS_TABLE, spoil={
        **AWAY, **STOPPED, "还有一餐没有收,先收餐再停办。": Felt(before=lambda w, what: canteen.open_meal(canteen_id=what["canteen_id"], **who(w))),
    }),
    "care.take_on": Tried("clerk", dining, {"weekdays": [1]}, may=KEEPS_TABLE, spoil={
        **AWAY, **STOPPED, "爱心食堂给 %(n)s 周岁以上的老人办。": Felt(before=lambda w, _what: Person.objects.filter(name=ELDER).update(birth_on=date(1990, 1, 1))),
        "这位老人已经在名单上。": Felt(before=lambda w, what: canteen.take_on(**what, **who(w))), "至少选一个星期几。": Felt(what={"weekdays": []}),
        "在您管的名单里没有找到这个名字。请核对全名;还没有登记的,先在家庭户里登记。": Felt(what={"name": "没有此人"}),
    }),
    "care.end_diner": Tried("clerk", lambda w: dines(w) | {"reason": "住到女儿家去了"}, {"reason": "自己开火"}, may=KEEPS_TABLE, spoil={
        **AWAY, "这位老人已经不在名单上。": Felt(before=on(Diner, to_on=DAY)),
    }),
    "care.open_meal": Tried("clerk", lambda w: {"canteen_id": dines(w) and Canteen.objects.get().pk}, {}, may=KEEPS_TABLE, spoil={
        **AWAY, **STOPPED, "今天这一餐已经开了。": Felt(before=lambda w, what: canteen.open_meal(**what, **who(w))),
    }),
    "care.mark_serving": Tried("clerk", lambda w: at_table(w) | {"result": "ate"}, {"result": "meal_off"}, may=KEEPS_TABLE, spoil={
        **AWAY, CLEARED: Felt(before=on(Meal, state="meal_closed")), "只记吃了、送到了、说过不来、没来。": Felt(what={"result": "meal_reached"}),
        "这一餐过了第二天:要改的,请写明为什么改。": Felt(before=missed_days_ago),
        "这位老人记过没来:改成说过不来,请写明谁、什么时候说的。": Felt(what={"result": "meal_off"}, before=on(Serving, missed_at=MONDAY)),
    }),
    "care.call_missed": Tried("clerk", lambda w: missed(w) | {"result": "well"}, {"result": "away"}, may=KEEPS_TABLE, spoil={
        **AWAY, "这位老人没有等着打的电话。": Felt(before=on(Serving, state="ate")), "身体不舒服的,请写明怎么办的。": Felt(what={"result": "ill"}),
    }),
    "care.see_diner_number": Tried("clerk", missed, {"serving_id": None}, may=KEEPS_TABLE, spoil={
        **AWAY, "这位老人没有等着打的电话。": Felt(before=on(Serving, state="ate")),
    }),
    "care.close_meal": Tried("clerk", eaten, {}, may=KEEPS_TABLE, spoil={
        **AWAY, CLEARED: Felt(before=on(Meal, state="meal_closed")), "还有 1 位老人没有记吃没吃。": Felt(before=one_more),
        "还有 1 位没来的老人没有打电话,打了再收餐。": Felt(before=one_missing),
    }),
    "care.miss_late": Tried("clock", lambda w: at_table(w) and {}, {}, may="", spoil={"到点没来由系统按钟点记,不由人代走。": Felt(by="clerk")}),
}  # fmt: skip
ACTS = CLASSES | CANTEENS
