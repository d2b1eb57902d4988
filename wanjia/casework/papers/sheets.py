"""What stands on each of the ten papers, prefilled from the rows. Papers are Chinese whatever the screen's language."""

import re
from datetime import date

from django.utils.translation import override

from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.kernel.privacy import mask_phone
from wanjia.registry.households.rules import can_reveal_home
from wanjia.reporting.papers.sheets import Sheet, day_words, moment_words

from ..closing.rules import checklist
from ..ladder.words import whose
from ..promise import lateness, promise_of, spelled
from ..queries import children_of, live_supports, without_children
from ..rules import asked_by_a_child, awaited, in_whose_name, rung_at_home
from ..states import NeedState, PaperKind, Way, Word
from . import rules
from .queries import assigner, last_step, rung_of


def closed_up(words):
    """Set figures close to their words, as every other date of a paper stands: 2026年12月3日, 3个工作日."""
    return re.sub(r"(?<=\d) (?=\D)|(?<=\D) (?=\d)", "", words).strip()


class Writer:
    """Writes one paper of one need."""

    def __init__(self, paper, need, actor, at):
        self.paper, self.need, self.actor, self.at, self.day = paper, need, actor, at, today(at)
        self.rung = rung_of(paper)
        self.unit = (paper.printed_org if paper.printed_by_id is None else None) or in_whose_name(actor, need)
        self.kind = PaperKind(paper.kind)
        self.children = children_of(need, self.day)

    def write(self):
        """Write it by its kind."""
        return getattr(self, {PaperKind.RETURN: "sent_back", PaperKind.RAISE: "raised"}.get(self.kind, self.kind.value))()

    def words(self, text):
        """Return a text without any child's name."""
        return without_children(str(text or ""), self.children)

    def place(self):
        """Return township, village and group in words."""
        village = self.need.village
        above = village.parent.name if village.parent else ""
        group = self.need.household.group_name if self.need.household else ""
        return above + village.name + group

    def issued(self, unit, words="(盖章)"):
        """Return the seal's place of a unit, dated when the paper was first printed."""
        return (words, unit.name if unit else "", moment_words(self.paper.printed_at))

    def due(self):
        """Return the promised day as papers say it: which promise, its weekday, whether provisional, whether it moved."""
        promise = promise_of(self.need, self.day)
        said = f"{spelled(promise.due_on)}前{promise.what}{'(暂定)' if promise.provisional else ''}"
        return closed_up(f"{said}。{promise.moved}" if promise.moved else said)

    def lateness(self, late):
        """Return how late the need is, in words."""
        return closed_up(lateness(late, self.need.due_on, self.day))

    def about(self, phone=False):
        """Return the lines that every internal paper begins with."""
        need = self.need
        asker = self.words(need.requester_name) + (f"({need.requester_relation})" if need.requester_relation else "")
        call = self._number() if phone else None
        return [
            [("诉求编号", need.number), ("登记日期", moment_words(need.recorded_at))],
            [("来源渠道", need.get_channel_display()), ("诉求类别", need.get_category_display())],
            [("诉求人", asker), ("联系电话", call or "未留电话") if call is not None else ("涉及未成年人", "是" if need.involves_child else "否")],
            [("住址", self.place())],
            [("诉求内容", self.words(need.summary))],
        ]

    def _number(self):
        if asked_by_a_child(self.need):
            return "不显示(诉求人是未成年人)"
        home = rung_at_home(self.need)
        phone = home.phone if home else self.need.requester_phone
        whole = rules.sees_phone(self.actor, self.need) and (home is None or can_reveal_home(self.actor, self.need.household))
        return phone if whole or not phone else mask_phone(phone)

    def grade(self):
        """Return the lines of grade, owner and date."""
        need = self.need
        helpers = "、".join(row.organisation.name for row in live_supports().filter(need=need))
        graded = f"{need.get_urgency_display()} · {need.get_difficulty_display()}" if need.urgency else "未研判"
        return [
            [("研判等级", graded), ("交办层级", need.get_tier_display() or "未定")],
            [("主办单位", need.holder.name), ("协办单位", helpers or "无")],
            [("包案领导", need.leader or "未指定"), ("责任人", need.responsible or "未签收")],
        ]

    def helped(self):
        """Return the line of what is asked of helpers, by when; the lead alone answers the household."""
        asked = [f"{one.unit.name}:{self.words(one.words)}({day_words(one.due_on)}前)" for one in awaited(self.need)]
        return [[("协办事项", ";".join(asked))]] if asked else []

    def assignment(self):
        need, step = self.need, last_step(self.need, "assign", "reopen", "dispute")
        again = f"(第{need.reopenings}次重新办理,原编号、原时限起算不变)" if need.reopenings else ""
        return Sheet(
            "困难诉求交办单", "", need.holder.name + ":",
            [f"现将下列群众困难诉求1件交你单位办理{again}。请按时签收、办结,办结后直接答复诉求人,并在系统内报办结。"],
            [
                *self.about(phone=True), *self.grade(),
                [("交办日期", moment_words(need.assigned_at)), ("办理时限", self.due())],
                [("交办意见", self.words(step.words if step else ""))], *self.helped(),
                [("签收人", ""), ("签收日期", moment_words(need.accepted_at))],
            ],
            seals=[self.issued(assigner(need))],
            notes=["不属于本单位职责的,请在签收前后1个工作日内退回并写明依据,不得自行转交。"],
        )  # fmt: skip

    def sent_back(self):
        step = last_step(self.need, "return")
        return Sheet(
            "困难诉求退回单", "", (self.need.holder.name if self.need.state == NeedState.RETURNED else assigner(self.need).name) + ":",
            ["下列诉求经研究不属于我单位职责,现退回,请重新确定主办单位。"],
            [
                *self.about(),
                [("退回日期", moment_words(step.happened_at)), ("第几次退回", f"第{self.need.returns}次")],
                [("退回理由和依据", self.words(step.words))],
                [("退回单位经手人", step.by_name)],
                [("重新交办意见", "")],
            ],
            seals=[("(盖章)", step.by_org_name, moment_words(step.happened_at))],
            notes=["退回后诉求由交办单位负责,直到重新交办;再次退回的由会商确定主办单位,不得再退。"],
        )  # fmt: skip

    def extension(self):
        asked, word = last_step(self.need, "ask_extension"), last_step(self.need, "extended", "not_extended")
        word = word if word and word.n > asked.n else None
        need, opinion = self.need, ""
        if word:
            opinion = "同意延期" if word.act == "extended" else f"不同意延期:{self.words(word.words)}"
        told = f"{day_words(need.extension_told_on)} {need.get_extension_told_way_display()}" if word and need.extension_told_on else ""
        return Sheet(
            "困难诉求延期办理审批单", "",
            rows=[
                *self.about(), *self.grade(),
                [("交办日期", moment_words(need.assigned_at)), ("原办理时限", day_words(asked.due_on))],
                [("申请延期的理由", self.words(asked.words))],
                [("申请延期至", day_words(date.fromisoformat(asked.changed["asked_until"]))), ("申请人", f"{asked.by_name} {moment_words(asked.recorded_at)}")],
                [("上一级审批意见", opinion)],
                [("审批人", f"{word.by_name} {moment_words(word.recorded_at)}" if word else ""), ("告知诉求人日期、方式", told)],
            ],
            seals=[
                ("(承办单位盖章)", asked.by_org_name, moment_words(asked.recorded_at)),
                ("(审批单位盖章)", word.by_org_name if word else "", moment_words(word.recorded_at) if word else ""),
            ],
            notes=["延期须在时限届满前提出,只能延期一次,延长的时间不超过原时限,由上一级批准,并把理由告知诉求人。"],
        )  # fmt: skip

    def conference(self):
        return Sheet(
            "困难诉求单件会商记录单", "",
            rows=[
                [("会商时间", ""), ("会商地点", "")], [("主持人", ""), ("记录人", "")], [("参加单位和人员", "")],
                *self.about(), *self.grade(),
                [("退回、重新办理次数", f"退回{self.need.returns}次,重新办理{self.need.reopenings}次"), ("办理时限", self.due())],
            ],
            table=(("会商确定", "主办单位", "协办单位", "措施", "完成时限", "资金来源"), [["本件", "", "", "", "", ""]]),
            seals=[("(主持人签字)", "", ""), ("(参会单位签字)", "", "")],
            notes=["有不同意见的,如实记在措施栏。会商确定的主办单位不得再退回。"],
        )  # fmt: skip

    def to(self):
        """Return whom a paper of urging is sent to: who had the need when the clock climbed, else who has it."""
        return self.rung.holder if self.rung and self.rung.holder else self.need.holder

    def overdue(self):
        """Say which limit was passed, and since when: of the rung that the paper stands on, else of the need's own date."""
        if self.rung is None:
            return f"办理时限为{day_words(self.need.due_on)},至{day_words(self.day)}已超期{self.lateness(rules.days_late(self.need, self.day))}"
        day, ends = today(self.rung.at), self.rung.ends_on
        days = max(WorkingCalendar.load().between(ends, day), 1)
        with override("zh-hans"):
            return f"{whose(self.rung.clock, self.rung.step)}为{day_words(ends)},至{day_words(day)}已超期{closed_up(lateness(days, ends, day))}"

    def reminder(self):
        late = self.overdue()
        return Sheet(
            "困难诉求催办通知", "", self.to().name + ":",
            [f"你单位主办的下列诉求,{late}。请抓紧办理,并把进展和没有按期办结的原因写进系统的办理记录,同时告知诉求人。"],
            [*self.about(), *self.grade(), [("目前状态", self.need.get_state_display()), ("时限", late)]],
            seals=[self.issued(self.unit)],
        )  # fmt: skip

    def supervision(self):
        need, late = self.need, rules.days_late(self.need, self.day)
        why = self.overdue() if late or self.rung else "尚未办结"
        again = f",已重新办理{need.reopenings}次" if need.reopenings else ""
        return Sheet(
            "关于督促办理群众困难诉求的函", "", self.to().name + ":",
            [f"{self.place()}群众反映的“{self.words(need.summary)}”诉求(编号{need.number})由你单位主办,{why}{again}。",
             "请你单位负责同志亲自过问,明确责任人和办结日期,并书面回复原因、措施和完成时间。仍不能解决的,将提级办理。",
             "办理结果以诉求人确认为准。"],
            seals=[self.issued(self.unit)],
            notes=[f"责任人:{need.responsible or '未签收'};包案领导:{need.leader or '未指定'}"],
            letterhead=self.unit.name if self.unit else "",
        )  # fmt: skip

    def raised(self):
        need, rung = self.need, self.rung
        line = last_step(need, "raise", "raise_desk", "raised")
        to, moved = rung.told if rung and rung.told else need.holder, line.act != "raised"
        if moved:
            says, note = "现提级办理。原单位要如实移交已做的工作,不得再行处置", "由上一级定下主办单位、责任人和完成时间,并告知诉求人。"
        else:  # nobody above could hold it: somebody above is told, and it stays where it is
            says, note = "现报请上一级督促。仍由原单位主办,不得因此停办", "由上一级督促主办单位定下责任人和完成时间,并告知诉求人。"
        return Sheet(
            "困难诉求提级办理单", "", to.name + ":", [f"下列诉求{self.overdue()},经催办、督办仍未办,{says};诉求的编号、办理时限不变。"],
            [*self.about(), *self.grade(), [("原主办单位" if moved else "主办单位", self.to().name), ("提级日期", moment_words(line.happened_at))], [("提级后的办理意见", "")]],
            seals=[self.issued(self.unit)], notes=[note],
        )  # fmt: skip

    def reply(self):
        need = self.need
        head = f"您于{moment_words(need.recorded_at)}反映的“{self.words(need.summary)}”诉求(编号{need.number}),"
        if need.state == NeedState.DECLINED:
            says = [head + "经核实,不予受理。", f"理由:{self.words(need.decision_reason)}({need.get_decline_ground_display()})。",
                    f"如果您不同意,可以向{need.holder.name}申请复核,由工作人员登记后重新判定,原编号不变。"]  # fmt: skip
        else:
            says = [head + "现将办理情况答复如下:", f"办理结果:{need.get_outcome_display()}。{self.words(need.outcome_text)}"]
            says += [f"列入计划,预计{day_words(need.planned_on)}兑现。"] if need.planned_on else []
            says += ["别的单位会向您回访,是否解决由您说了算。认为没有解决的,可以在回访时说明,或用小条上的代码要求重新办理;"
                     "销号以后30天内仍可以要求重新办理,编号和时限起算不变。"]  # fmt: skip
        return Sheet("困难诉求办理情况答复", "", self.words(need.requester_name) + "同志:", says,
                     seals=[self.issued(last_step(need, "report_done", "decline").by_org or need.holder)])  # fmt: skip

    def callback(self):
        # A paper lies on desks: it says that words were kept, never what they are (casework.open_words is the one door).
        kept = set(self.need.callbacks.exclude(words="").values_list("pk", flat=True))
        calls = list(self.need.callbacks.defer("words").select_related("by", "by_org"))
        asked = next((row for row in reversed(calls) if row.by_org), None)
        rows = [
            [str(turn), f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}", Way(row.way).label, "是" if row.reached else "否",
             Word(row.word).label if row.word else "—", row.get_satisfaction_display() or "未表态", "已密封保存" if row.pk in kept else "—",
             f"{row.by.name}({row.by_org.name})" if row.by and row.by_org else "诉求人本人(小条)"]
            for turn, row in enumerate(calls, 1)
        ]  # fmt: skip
        return Sheet(
            "困难诉求回访记录", "",
            rows=[*self.about(), *self.grade()[1:2],
                  [("承办单位报的结果", f"{self.need.get_outcome_display()}。{self.words(self.need.outcome_text)}" if self.need.outcome else "正在重新办理")]],
            table=(("次", "时间", "方式", "联系上", "是否解决", "满意度", "诉求人原话", "回访人"), rows),
            # The unit that called, on its day: whoever prints the record need not have been there.
            seals=[("(回访单位盖章)", asked.by_org.name, moment_words(asked.at))] if asked else [],
            notes=["回访由没有办理过本件的单位进行;是否解决、是否满意只记诉求人自己说的。"],
        )  # fmt: skip

    def closing(self):
        need = self.need
        items = [[str(item.number), str(item.asks), "符合" if item.holds else "不符合", "" if item.holds else str(item.todo)]
                 for item in checklist(need, self.at)]  # fmt: skip
        said = need.get_confirmed_display() or ("回访未果" if need.callback_failed else "没有回答")
        return Sheet(
            "困难诉求销号审批表", "",
            rows=[
                *self.about(), *self.grade()[1:],
                [("办理结果", f"{need.get_outcome_display()}。{self.words(need.outcome_text)}")],
                [("答复诉求人", f"{day_words(need.answered_on)} {need.get_answered_way_display()}"), ("诉求人确认", said)],
                [("满意度", need.get_satisfaction_display() or "未表态"), ("销号日期", moment_words(need.closed_at) or "尚未销号")],
            ],
            table=(("序", "销号条件", "核对", "还要做什么"), items),
            seals=[("(承办单位意见)", need.holder.name, ""), ("(审批人签字)", self.unit.name if self.unit else "", "")],
        )  # fmt: skip

