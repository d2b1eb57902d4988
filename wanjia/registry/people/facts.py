"""What is kept of a person, and whether it can be true. One place for the page, the API and the importer."""

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.policy.identity import judge_citizen_id, judge_phone
from wanjia.policy.oldcodes import modern
from wanjia.verdict import Refused

from ..names import sounds_of

FACTS = (
    "name", "sex", "birth_on", "ethnicity", "citizen_id", "id_absent_reason", "phone", "phone_owner", "hukou_kind", "health",
    "education", "political", "schooling", "school_name", "grade", "boards", "labour", "work", "monthly_income",
    "medical_insurance", "pension", "died_on",
)  # fmt: skip


def id_fault(code, detail=""):
    """Say in a sentence what is wrong with a citizen number."""
    return {
        "id.missing": _("没有填身份证号。如果确实没有,请选择无证原因。"),
        "id.scientific": _("身份证号被表格软件变成了科学计数法,后几位已经丢失,请照证件重填。"),
        "id.bad_char": _("身份证号里有不该出现的字符(第几位:字符 = %(detail)s),请照证件核对。") % {"detail": detail},
        "id.length": _("身份证号应为 18 位,这里是 %(detail)s 位,请照证件核对。") % {"detail": detail},
        "id.region": _("身份证号前六位 %(detail)s 不是任何县区的代码,请照证件核对。") % {"detail": detail},
        "id.date": _("身份证号里的出生日期不存在,请照证件核对。"),
        "id.future": _("身份证号里的出生日期在今天以后,请照证件核对。"),
        "id.too_old": _("身份证号里的出生日期太早,请照证件核对。"),
        "id.checksum": _("身份证号的校验位不对,通常是抄错了一位,请照证件核对。"),
    }[code]


def checked(facts, day):
    """Return a copy of a person's facts in canonical form, with what the number says filled in.

    facts: {name in FACTS: value}. Raises Refused with a sentence when they cannot be true on `day`.
    """
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refused(_("不认识的信息项:%(names)s。") % {"names": "、".join(sorted(unknown))})
    facts = dict(facts)
    if "name" in facts:
        facts["name"] = str(facts["name"] or "").strip()
        if not facts["name"]:
            raise Refused(_("请填写姓名。"))
    if facts.get("citizen_id"):
        _check_number(facts, day)
    if facts.get("phone"):
        facts["phone"], code = judge_phone(facts["phone"])
        if code and not code.startswith("warn."):
            raise Refused(_("电话号码“%(phone)s”不对:手机 11 位,座机带区号,例如 0870-4123456。") % {"phone": facts["phone"]})
    for name, words in (("birth_on", _("出生日期")), ("died_on", _("死亡日期"))):
        if facts.get(name) and facts[name] > day:
            raise Refused(_("%(what)s不能晚于今天。") % {"what": words})
    return facts


def _check_number(facts, day):
    verdict = judge_citizen_id(facts["citizen_id"], today=day)
    if verdict.code:
        raise Refused(id_fault(verdict.code, verdict.detail))
    if facts.get("birth_on") and verdict.born and facts["birth_on"] != verdict.born:
        raise Refused(_("填写的出生日期与身份证号里的 %(born)s 不一致,请核对是哪一个错了。") % {"born": verdict.born})
    if facts.get("sex") and verdict.sex and facts["sex"] != verdict.sex:
        raise Refused(_("填写的性别与身份证号不一致,请核对是哪一个错了。"))
    facts.update(citizen_id=verdict.canonical, id_absent_reason="")
    if verdict.born:
        facts["birth_on"] = verdict.born
    if verdict.sex:
        facts["sex"] = verdict.sex


def check_days(from_on, to_on, at):
    """Raise Refused when what is told of from when to when, known by the moment `at`, cannot be true. None: not known, or not over."""
    if (from_on and from_on > today(at)) or (to_on and to_on > today(at)):
        raise Refused(_("日期不能晚于今天。"))
    if from_on and to_on and to_on < from_on:
        raise Refused(_("终止日期不能早于开始日期 %(day)s。") % {"day": from_on})


def assign(person, facts):
    """Set checked facts on an unsaved or saved person; return the names of the columns that changed."""
    if facts.get("name"):
        facts["name"] = modern(facts["name"])
    changed = [name for name, value in facts.items() if not _same(getattr(person, name), value)]
    for name in changed:
        setattr(person, name, facts[name])
    if "name" in changed:
        person.pinyin, person.initials = sounds_of(person.name)
        changed += ["pinyin", "initials"]
    if "citizen_id" in changed:
        person.citizen_last4 = person.citizen_id[-4:]
        changed += ["citizen_last4", "citizen_index"]
    if "phone" in changed:
        changed.append("phone_index")
    return changed


def _same(old, new):
    return old == new or (old in (None, "") and new in (None, ""))
