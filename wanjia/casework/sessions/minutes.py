"""What the minutes say (会商纪要): as they are frozen by two digests, and as they stand on the paper, which is Chinese whatever the screen's language."""

import hashlib
import json

from django.utils import translation

from wanjia.orgs.models import Organisation
from wanjia.reporting.papers.sheets import Sheet, day_words, moment_words

from ..queries import children_of, without_children
from ..states import Difficulty, ItemState, Urgency

HEADINGS = ("序号、编号", "研判等级", "主办、协办单位", "完成期限", "措施、资金", "不同意见")


@translation.override("zh-hans")
def content(session):
    """Return all that the minutes say but the words about needs, as JSON keeps it: time, place, people, and each item in the agenda's order."""
    seats = list(session.seats.select_related("organisation"))
    names = {str(pk): name for pk, name in Organisation.objects.values_list("pk", "name")}
    return {
        "area": session.area.name, "on": session.on.isoformat(), "place": session.place, "chair": session.chair, "keeper": session.kept_by.name,
        "unit": session.called_org.name if session.called_org else "",
        "present": [[seat.organisation.name, seat.person] for seat in seats if seat.person],
        "absent": [seat.organisation.name for seat in seats if not seat.person],
        "items": [_said(item, names) for item in _items(session)],
    }  # fmt: skip


def _items(session):
    return session.items.select_related("need", "decision__holder").prefetch_related("dissents__organisation").order_by("n")


def _said(item, names):
    said = {"n": item.n, "number": item.need.number, "state": item.state}
    if item.state not in (ItemState.DECIDED, ItemState.PUT_OFF):
        return said
    one = item.decision
    said["dissents"] = [[row.organisation.name, row.person] for row in item.dissents.all()]
    if one.put_off_on:
        return said | {"put_off_on": one.put_off_on.isoformat()}
    return said | {
        "grade": f"{Urgency(one.urgency).label} · {Difficulty(one.difficulty).label}", "lead": one.holder.name,
        "helpers": [names.get(pk, pk) for pk in one.helpers], "due_on": one.due_on.isoformat(), "money": one.money,
    }  # fmt: skip


def words(session):
    """Return [[item's number, measure or reason, dissents]]: the words about needs, which an erasure may take."""
    return [[item.n, item.decision.measure, [row.words for row in item.dissents.all()]]
            for item in _items(session) if item.state in (ItemState.DECIDED, ItemState.PUT_OFF)]  # fmt: skip


def digest_of(said):
    """Return the SHA-256 of something as JSON spells it."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def digests(session):
    """Return {"digest", "words"}: of what the minutes say, and of the words about needs beside it."""
    return {"digest": digest_of(content(session)), "words": digest_of(words(session))}


def sheet(session):
    """Return the Sheet of signed minutes: what was frozen, and the words from their own rows, without any child's name."""
    said, kept = session.minutes.content, {n: (measure, dissents) for n, measure, dissents in words(session)}
    children = {item.n: children_of(item.need, session.on) for item in session.items.select_related("need__child", "need__requester", "need__household")}
    present = "、".join(f"{unit}({person})" for unit, person in said["present"])
    return Sheet(
        "困难诉求会商纪要", "",
        says=[f"{day_words(session.on)},{said['unit']}召集会商,逐件研判困难诉求{len(said['items'])}件,议定如下。"],
        rows=[
            [("会商时间", day_words(session.on)), ("会商地点", said["place"])], [("主持人", said["chair"]), ("记录人", said["keeper"])],
            [("到会单位和人员", present)], [("没有到会的单位", "、".join(said["absent"]) or "无")],
        ],
        table=(HEADINGS, [_row(one, *kept.get(one["n"], ("", [])), children[one["n"]]) for one in said["items"]]),
        seals=[("(主持人签字)", said["chair"], ""), ("(记录人签字)", said["keeper"], ""),
               ("(签发人)", session.minutes.by.name, moment_words(session.minutes.at)), *(("(参会单位签字)", unit, "") for unit, _person in said["present"])],
        notes=["退回过两次的诉求,会商确定的主办单位不得再退。是否解决由诉求人确认。"],
    )  # fmt: skip


def _row(one, measure, dissents, children):
    head = f"{one['n']}、{one['number']}"
    measure, others = without_children(measure, children), _others(one, dissents, children)
    if one["state"] not in (ItemState.DECIDED, ItemState.PUT_OFF):
        return [head, "—", "—", "—", "会前已经办理或撤回,不用再议", ""]
    if "put_off_on" in one:
        return [head, "—", "照旧", f"改到{one['put_off_on']}再议", measure, others]
    helpers = f"(协办:{'、'.join(one['helpers'])})" if one["helpers"] else ""
    return [head, one["grade"], one["lead"] + helpers, one["due_on"], measure + (f";资金:{one['money']}" if one["money"] else ""), others]


def _others(one, dissents, children):
    said = zip(one["dissents"], dissents, strict=True)
    return ";".join(f"{unit}{f'({person})' if person else ''}:{without_children(words, children)}" for (unit, person), words in said) or "无"
