"""How the acts of appraisal, of what is told privately, of stories and tips are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.models import DatedStatus

from ..appraisal.commands import list_round
from ..appraisal_states import EntryState, PictureState, RoundState, ShortState, StoryState, StrictState, TipState
from ..improving.board.commands import answer_strict, draw_strict, take_down_strict
from ..improving.photos.commands import add_short_picture, destroy_short_picture
from ..models import AppraisalRound, RedEntry, RoleStory, Shortcoming, ShortcomingPhoto, StrictNotice, Tip
from . import appraisal_factories as made
from . import factories
from .acts_points import afar, far_village, mine, one_person, says
from .appraisal_factories import DAY, HEARD, NOV, WORDS, who

NO_KEEP, NO_REVIEW, ELSEWHERE = "您的岗位没有办季度评比的权限。", "您的岗位没有核对评比的权限。", "这个村(社区)不在您的范围。"
NO_HOME, OFF_LIMITS, HELP_FIRST = "这一户不在这个村,或者已经没有人。", "不能写“%(word)s”:%(why)s。", "这一户要先帮一把,不登记待改进。请点“先帮一把”,转进诉求台账。"
IN_HEARING, ON_A_DAY, OVER = "当面说同意的,写明谁答应的、谁在场(至少 4 个字)。", "同意的日期不能晚于今天。", "这一件已经了结。"
NOT_STANDING, NOT_UP, NOT_HERE, NOT_YOURS = "这一季已经计票或者不办了。", "现在没有贴着。", "要交给本村或者乡镇在岗的一个人。", "只有交给的那个人能看、能办。"
NOT_WRITER = "谁写下的不能交给谁,请交给另一个人。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"
KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
STORY = {"called": "二组老岩家", "title": "十年管护水池", "words": "每个月清一次水池,没有拿过一分钱。"}


def of_round(world, one, **facts):
    """An appraisal."""
    return {"appraisal_round_id": one.pk} | facts


def counting(world):
    """Four homes stand, and a poll on them is published."""
    one = made.standing(world)
    return of_round(world, one, poll=made.poll(world, one))


def entering(world):
    """A home agrees to stand."""
    return of_round(world, made.drawn(world), home=made.home(world), called="二组1号户", **HEARD)


def telling(world):
    """A heap of firewood on the road."""
    return {"home": made.home(world), **WORDS, "seen_on": DAY, "told_on": DAY}


def of_short(world, **facts):
    """It was told twenty days ago."""
    return {"shortcoming_id": made.told(world).pk} | facts


def of_strict(world, state=StrictState.DRAWN, **facts):
    """A notice."""
    return {"strict_notice_id": made.strict(world, state).pk} | facts


def drawing(world):
    """A council decided after the days were over."""
    return of_short(world, item=made.decision(world), refused="十月二十五日组长上门,两次不开门", words="柴草堆占了半边路")


def answering(world):
    """The supervision looked into it."""
    one = made.objected(world)
    return {"strict_notice_id": one.notice_id, "objection": one, "seat": made.supervisor(world), "upheld": False, "answer": "去看了,还堆着"}


def disabled(world, what):
    """Somebody of the home is disabled."""
    where = made.home(world)
    DatedStatus.objects.create(person=where.memberships.get(to_on=None).person, scheme="disability", code="limb", from_on=date(2020, 1, 1), recorded_at=MONDAY)


def away(world, what):
    """Nobody lives there any more."""
    made.empty(what["home"])


def withdrawn(world, what):
    """All took their consent back."""
    RedEntry.objects.exclude(state=EntryState.PASSED).update(state=EntryState.WITHDRAWN, withdrawn_on=DAY)


def used(world, what):
    """The poll counts for a group's appraisal already."""
    one = made.drawn(world, group_name="")
    AppraisalRound.objects.create(
        village=one.village, group_name="三组", **NOV, places=1, drawn_at=MONDAY,
    )  # fmt: skip
    AppraisalRound.objects.filter(group_name="三组").update(state=RoundState.COUNTED, poll=what["poll"], cast=1, homes=2, counted_on=DAY)


def changed(path, value):
    """The row that is named says something else: {"poll__roll_on": …}."""

    def before(world, what):
        name, *way = path.split("__")
        one = what[name]
        for step in way[:-1]:
            one = getattr(one, step)
        setattr(one, way[-1], value(what) if callable(value) else value)

    return before


def tampered(world, what):
    """A vote of the published board was changed."""
    what["poll"].board = what["poll"].board.replace('"cast":6', '"cast":7', 1)


def other_home(world, what):
    """The decision bears a notice of another home."""
    draw_strict(shortcoming_id=made.told(world, 1).pk, item=what["item"], refused="组长上门两次,不开门", words="柴草堆占了半边路", **who(world.register.yang))


def over(world, what):
    """It is over."""
    Shortcoming.objects.update(state=ShortState.OVER, ended_on=DAY)


def board(world, what):
    """It has gone as far as the board."""
    made.strict(world)


def taken_down(world, what):
    """It came down meanwhile."""
    take_down_strict(strict_notice_id=what["strict_notice_id"], reason="商量好了", **who(world.register.yang))


def far_poll(world):
    """A poll of another village."""
    one = made.poll(world, made.drawn(world))
    type(one).objects.filter(pk=one.pk).update(area=world.register.huangjin)
    return {"poll": type(one).objects.get(pk=one.pk)}


def full(world, what):
    """So many pictures are enough."""
    for _n in range(4):
        add_short_picture(shortcoming_id=what["shortcoming_id"], file=made.picture(), when="before_repair", outdoors=True, **who(world.register.yang))


IN_WORK = {**KEEPS, OVER: Felt(before=over)}

ACTS = {
    "village.draw_round": Tried("visitor", lambda w: {"village": w.datong, "places": 2, **NOV}, {"places": 3}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), "只能办这一季或者上一季的评比。": Felt(what={"year": 2025}), "一季最多评 %(n)s 户。": Felt(what={"places": 21}),
        "这个村没有这个小组,照户籍册上的写法写。": Felt(what={"group_name": "没有的组"}), "这一季已经在评。": Felt(before=lambda w, what: made.drawn(w)),
    }),
    "village.stand_home": Tried("visitor", entering, {"called": "老岩家"}, may=KEEPER, spoil={
        **KEEPS, NOT_STANDING: Felt(before=says(AppraisalRound, state=RoundState.CANCELLED)), NO_HOME: Felt(before=away), "这一户不在评比的村、小组里。": Felt(before=says(AppraisalRound, group_name="五组")),
        ON_A_DAY: Felt(what={"consented_on": DAY + timedelta(days=1)}), IN_HEARING: Felt(what={"heard": "在"}), OFF_LIMITS: Felt(what={"called": "低保户老岩家"}),
        "这一户已经登记,或者这个称呼已经有了。": Felt(before=lambda w, what: made.standing(w, 1)),
    }),
    "village.count_round": Tried("visitor", counting, {}, may=KEEPER, spoil={
        **KEEPS, NOT_STANDING: Felt(before=says(AppraisalRound, state=RoundState.CANCELLED)), "还没有一户同意参评。": Felt(before=withdrawn), "要选本村已经开票公布的户表决。": Felt(what=far_poll),
        "这次表决已经用在另一次评比上。": Felt(before=used), "这次表决的名册不是这一季的。": Felt(before=changed("poll__roll_on", date(2026, 9, 30))),
        "票上的称呼和这一季参评户的称呼不一样。": Felt(before=lambda w, what: made.stand_home(appraisal_round_id=what["appraisal_round_id"], home=made.home(w, 9), called="九号户", **HEARD, **who(w.visitor))),
        "参评的户在自己的票上,这样的票不算评比。": Felt(what=lambda w: {"poll": made.poll(w, made.drawn(w), own=True)}), "这次表决的公开板验不过,不能采用。": Felt(before=tampered),
    }),
    "village.list_round": Tried("clerk", lambda w: of_round(w, made.counted(w)), {}, may=BOTH, spoil={
        **REVIEWS, "这一季不在“待公布”。": Felt(before=says(AppraisalRound, state=RoundState.CANCELLED)), "评上的户都撤回了同意,没有红榜可公布。": Felt(before=withdrawn),
        "登记同意、登记结果的人不能公布,请另一个人核对同意书后公布。": Felt(before=mine(AppraisalRound, "counted_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.cancel_round": Tried("visitor", lambda w: of_round(w, made.counted(w), reason="票没有发齐"), {"reason": "改到下一季"}, may=KEEPER, spoil={
        **KEEPS, "这一季已经有了结果。": Felt(before=lambda w, what: list_round(appraisal_round_id=what["appraisal_round_id"], **who(w.clerk))),
    }),
    "village.withdraw_entry": Tried("visitor", lambda w: {"red_entry_id": made.standing(w, 1).entries.get().pk}, {}, may=KEEPER, spoil={
        **KEEPS, "这一户没有在参评,也不在红榜上。": Felt(before=says(RedEntry, state=EntryState.PASSED)),
    }),
    "village.tell_home": Tried("visitor", telling, {"fact": "柴草又堆上了路"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=away), HELP_FIRST: Felt(before=disabled), "先看见、再告知,都要在这 %(n)s 天里。": Felt(what={"seen_on": DAY - timedelta(days=8)}),
        OFF_LIMITS: Felt(what={"fact": "他家孩子乱丢东西"}), "这一户有一件还没有了结,一件一件来。": Felt(before=lambda w, what: made.told(w)),
    }),
    "village.help_home": Tried("visitor", lambda w: {"home": made.home(w), "words": "帮着把柴草搬到空地"}, {"words": "帮着清排水沟"}, may=KEEPER, spoil={NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=away)}),
    "village.keep_reply": Tried("visitor", lambda w: of_short(w, words="等赶场回来就搬"), {"words": "搬不动,要人帮"}, may=KEEPER, spoil=IN_WORK),
    "village.mark_repaired": Tried("visitor", of_short, {}, may=KEEPER, spoil=IN_WORK),
    "village.drop_shortcoming": Tried("visitor", lambda w: of_short(w, reason="登记错了户"), {"reason": "不是公共地方"}, may=KEEPER, spoil={**IN_WORK, "已经走到小组纸质栏,先撤下。": Felt(before=board)}),
    "village.add_short_picture": Tried("visitor", lambda w: of_short(w, file=made.picture(), when="before_repair", outdoors=True), {"when": "after_repair"}, may=KEEPER, spoil={
        **IN_WORK, HELP_FIRST: Felt(before=disabled), "一件最多 %(n)s 张照片。先销毁用不上的。": Felt(before=full),
        "看清楚:只能是外面公共的地方,没有人、没有屋里。不是的重新拍,或者不用照片。": Felt(what={"outdoors": False}),
        "照片超过 12 MB,请压缩后再传。": Felt(what=lambda w: {"file": made.picture(b"x" * (12 * 1024 * 1024 + 1))}), "这不是一张完整的 JPG 或 PNG 照片。": Felt(what=lambda w: {"file": made.picture(b"GIF89a")}),
    }),
    "village.check_short_picture": Tried("visitor", lambda w: {"shortcoming_photo_id": made.photo(w).pk, "outdoors": True}, {"outdoors": False}, may=KEEPER, spoil={
        **IN_WORK, "这张照片已经看过。": Felt(before=lambda w, what: made.photo(w, state=PictureState.SEEN)), "照片里有人或者屋里的,点“销毁照片”。": Felt(what={"outdoors": False}),
        "传照片的人不能自己看过,请本村另一个经办人看。没有第二个人的,不用照片,当面说。": Felt(before=mine(ShortcomingPhoto, "added_by", "visitor")), str(SAME_PERSON): Felt(before=one_person("visitor")),
    }),
    "village.destroy_short_picture": Tried("visitor", lambda w: {"shortcoming_photo_id": made.photo(w).pk, "reason": "拍到了院门"}, {"reason": "用不上"}, may=KEEPER, spoil={
        **KEEPS, "这张照片已经销毁。": Felt(before=lambda w, what: made.photo(w) and destroy_short_picture(**what, **who(w.visitor))),
    }),
    "village.end_lists": Tried("clock", lambda w: made.told(w) and {}, {}, {}, "the clock's own hand", at=MONDAY + timedelta(days=60), spoil={"到期由系统了结,不由人代办。": Felt(by="clerk")}),
    "village.draw_strict": Tried("visitor", drawing, {"words": "柴草堆在路上"}, may=KEEPER, spoil={
        **IN_WORK, "这一件已经拟过,不能再拟。": Felt(before=board), "改好的期限是 %(day)s,过了期限还没有改好才能往下走。": Felt(before=says(Shortcoming, due_on=DAY)), HELP_FIRST: Felt(before=disabled),
        OFF_LIMITS: Felt(what={"words": "这家人懒得搬柴"}), "要选本村议事会、代表会议、村民会议或者小组会议的决定。": Felt(before=changed("item__body__kind", "branch")),
        "只有通过、会议记录已签字的决定才算。": Felt(before=changed("item__meeting__signed_at", None)), "这个决定的到会人数或者票数不够,不能作依据。": Felt(before=changed("item__votes_for", 2)),
        "议事会的决定要在改好的期限以后。": Felt(before=changed("item__decided_on", DAY - timedelta(days=13))), "这个决定已经用在另一户上,一户一议。": Felt(before=other_home),
    }),
    "village.put_up_strict": Tried("clerk", of_strict, {}, may=BOTH, spoil={
        **REVIEWS, "这一张已经核对过。": Felt(before=taken_down), OVER: Felt(before=over), HELP_FIRST: Felt(before=disabled),
        "告知的人、拟稿的人不能核对,请另一个人核对。": Felt(before=mine(StrictNotice, "drawn_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.object_to_strict": Tried("visitor", lambda w: of_strict(w, StrictState.UP, words="路上早就清了"), {"words": "不是他家的柴"}, may=BOTH, spoil={**REVIEWS, NOT_UP: Felt(before=taken_down)}),
    "village.answer_strict": Tried("visitor", answering, {"answer": "又去看了,还堆着"}, may=BOTH, spoil={
        **REVIEWS, "没有等答复的异议。": Felt(before=lambda w, what: answer_strict(**what, **who(w.visitor))), "告知、拟稿、贴出的人不能写答复,请另一个人写。": Felt(before=mine(StrictNotice, "put_up_by", "visitor")),
        str(SAME_PERSON): Felt(before=one_person("visitor")), "要由本村村务监督委员会的人答复。": Felt(what=lambda w: {"seat": factories.seat(w, factories.body(w), 1)}),
    }),
    "village.take_down_strict": Tried("visitor", lambda w: of_strict(w, StrictState.UP, reason="商量好了"), {"reason": "贴错了地方"}, may=BOTH, spoil={**REVIEWS, "已经撤下。": Felt(before=taken_down)}),
    "village.write_story": Tried("visitor", lambda w: {"home": made.home(w, 1), **STORY, **HEARD}, {"title": "管护水池的人"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=away), ON_A_DAY: Felt(what={"consented_on": DAY + timedelta(days=1)}), IN_HEARING: Felt(what={"heard": "在"}), OFF_LIMITS: Felt(what={"words": "照顾生病的婆婆十年,没有怨言。"}),
    }),
    "village.show_story": Tried("clerk", lambda w: {"role_story_id": made.story(w).pk}, {}, may=BOTH, spoil={
        **REVIEWS, "这一篇已经公布或者撤下。": Felt(before=says(RoleStory, state=StoryState.WITHDRAWN, withdrawn_on=DAY)), "谁写的谁不能公布,请另一个人核对同意书后公布。": Felt(before=mine(RoleStory, "written_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.withdraw_story": Tried("visitor", lambda w: {"role_story_id": made.story(w).pk}, {}, may=KEEPER, spoil={**KEEPS, "已经撤下。": Felt(before=says(RoleStory, state=StoryState.WITHDRAWN, withdrawn_on=DAY))}),
    "village.give_tip": Tried("visitor", lambda w: {"village": w.datong, "to": w.clerk, "words": "水沟边有人倒垃圾"}, {"words": "路口堆了渣土"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), NOT_HERE: Felt(what=lambda w: {"to": w.handler}),
        NOT_WRITER: Felt(what=lambda w: {"to": w.visitor}),
    }),
    "village.pass_tip": Tried("visitor", lambda w: {"tip_id": made.tip(w).pk, "to": w.clerk}, {}, spoil={
        NOT_YOURS: Felt(by="clerk"), "这一件已经看过。": Felt(before=says(Tip, state=TipState.DONE, closed_on=DAY)), NOT_HERE: Felt(what=lambda w: {"to": w.handler}),
        NOT_WRITER: Felt(what=lambda w: {"to": w.register.yang}),
    }),
    "village.close_tip": Tried("visitor", lambda w: {"tip_id": made.tip(w).pk, "found": "去看了,是外面的人倒的,已经清了"}, {"found": "去看了,没有"}, spoil={
        NOT_YOURS: Felt(by="clerk"), "这一件已经看过。": Felt(before=says(Tip, state=TipState.DONE, closed_on=DAY)),
    }),
}  # fmt: skip
