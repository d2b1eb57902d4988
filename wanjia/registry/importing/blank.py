"""The empty workbook of a kind, to be downloaded and filled in: the columns that are read, and on a second sheet what each holds, in both languages."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import both
from wanjia.sheets.template import Template

HEAD = (_("列"), _("必填"), _("填什么"))
HOLDS = {
    "date": _("日期,写成 2026-11-02 这样。"), "number": _("数,只写阿拉伯数字。"), "citizen_id": _("18 位公民身份号码,按文本填。"),
    "last_four": _("身份证后四位,重名时才要填。"), "name": _("全名,和户册上一样。"), "phone": _("手机或者座机号。"), "sex": _("男或者女。"),
    "township": _("乡镇(街道)的名称。"), "village": _("村(社区)的名称。"), "relation": _("与户主的关系,户主写“户主”。"), "household": _("户编号,一户一个。"),
    "account": _("银行账号,按文本填。"),
}  # fmt: skip
TEXT = _("文字,不超过 %(n)s 字。")


def columns(template: Template):
    """Return the columns of a template that are read, in their order."""
    return template.kept


def notes(template: Template):
    """Return [[column, whether it must be filled, what it holds]] of a template, the first line the head of the three."""
    must = {True: both(_("必填")), False: ""}
    return [[both(one) for one in HEAD], *([column.name, must[column.required], _holds(column)] for column in columns(template))]


def _holds(column):
    if column.words is not None:
        return "、".join(column.words.labels)
    if column.kind.name in HOLDS:
        return both(HOLDS[column.kind.name])
    return both(TEXT) % {"n": column.longest}
