"""The columns of the ledger that a person may choose, and the filters that may be kept."""

import re

from django.utils.translation import gettext_lazy as _

# Word → (what the heading says, the fields that it needs besides those of every row). The need's sentence and its button always stand.
COLUMNS = {
    "number": (_("编号"), ()),
    "requester": (_("诉求人"), ()),
    "village": (_("村(社区)"), ()),
    "grade": (_("级别"), ()),
    "holder": (_("主办单位"), ()),
    "handler": (_("责任人"), ("handler__name",)),
    "due": (_("期限"), ()),
    "step": (_("这一步"), ("step_due_on",)),
    "state": (_("状态"), ()),
    "category": (_("类别"), ("category",)),
    "channel": (_("来源"), ("channel",)),
    "recorded": (_("登记日期"), ("recorded_on",)),
    "returns": (_("退回"), ("returns",)),
}
USUAL = ("number", "requester", "village", "grade", "holder", "due", "state")
# What a kept question may ask: words of closed lists, places and units, each by its code. What is typed may be somebody's name or number.
_WORD = re.compile(r"[a-z_]{1,20}")
KEPT = {
    "tab": _WORD, "area": re.compile(r"[0-9]{12}(?:[0-9]{3})?"), "holder": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "category": _WORD, "channel": _WORD, "urgency": _WORD, "mine": re.compile("1"),
}  # fmt: skip
MOST_KEPT = 12


def chosen(view):
    """Return the words of the columns that a LedgerView (or None) shows, in the order of COLUMNS."""
    wanted = set(view.columns if view and view.columns else USUAL)
    return [word for word in COLUMNS if word in wanted]


def fields(words):
    """Return the fields that these columns need besides."""
    return [field for word in words for field in COLUMNS[word][1]]


def plain(asked):
    """Return {word: code} of what may be kept of an address's questions."""
    return {word: asked[word] for word, code in KEPT.items() if code.fullmatch(asked.get(word) or "")}
