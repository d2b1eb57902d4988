"""The menu: every place of the product once, in the order of the day's work. A place that is not built is not shown."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.duties import Duty


@dataclass(frozen=True)
class Place:
    """One entry: the name of its address, its icon, its words, and the duties of which one opens it (none: everybody)."""

    name: str
    icon: str
    words: str
    duties: tuple = ()
    acts: tuple = ()  # the last words of addresses of one need's act that its queue leads to, /needs/…/screen/
    content: bool = False  # not for those whose posts open no content: an administrator, an auditor

    @property
    def address(self):
        """The address, or None while the page does not exist."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return None


MENU = [
    (_("工作"), [
        Place("desk", "home", _("我的工作台")),
        Place("casework:ledger", "ledger", _("诉求台账"), content=True),
        Place("casework:record", "plus", _("登记诉求"), (Duty.RECORD_NEEDS,)),
        Place("casework:screening", "filter", _("受理判定"), (Duty.SCREEN_NEEDS,), acts=("screen", "decline")),
        Place("casework:triage", "triage", _("会商研判"), (Duty.TRIAGE_NEEDS,), acts=("triage",)),
        Place("casework:callbacks", "phone", _("回访"), (Duty.CALL_BACK,), acts=("callback", "check-withdrawal")),
        Place("casework:rechecks", "eye", _("抽查"), (Duty.RECHECK_NEEDS,), acts=("recheck",)),
        Place("registry:visits", "visit", _("入户走访"), (Duty.VISIT,)),
        Place("casework:protection", "shield", _("强制报告处置"), (Duty.PROTECT_CHILDREN,)),
    ]),
    (_("底数"), [
        Place("registry:households", "family", _("家庭户"), (Duty.SEE_REGISTER,)),
        Place("registry:people", "users", _("人员"), (Duty.SEE_REGISTER,)),
        Place("registry:children", "school", _("特殊群体儿童"), (Duty.SEE_REGISTER,)),
        Place("registry:stale", "check", _("待补全与核实"), (Duty.KEEP_REGISTER,)),
        Place("registry:duplicates", "users", _("疑似重复"), (Duty.JUDGE_DUPLICATES,)),
    ]),
    (_("数据与公开"), [
        Place("reporting:dashboard", "chart", _("辖区看板"), (Duty.SEE_FIGURES,)),
        Place("reporting:documents", "file", _("打印文书"), (Duty.SEE_FIGURES,)),
        Place("registry:import", "import", _("批量导入"), (Duty.IMPORT,)),
        Place("reporting:exports", "export", _("导出"), (Duty.EXPORT, Duty.APPROVE_EXPORT)),
    ]),
    (_("管理"), [
        Place("orgs:users", "user", _("用户与岗位"), (Duty.MANAGE_USERS,)),
        Place("orgs:units", "building", _("单位"), (Duty.MANAGE_AREAS,)),
        Place("orgs:areas", "map", _("行政区划"), (Duty.MANAGE_AREAS,)),
        Place("orgs:sponsorships", "link", _("挂联"), (Duty.MANAGE_AREAS, Duty.SEE_FIGURES)),
        Place("casework:grid", "settings", _("研判表"), (Duty.SET_RULES,)),
        Place("orgs:calendar", "calendar", _("工作日历"), (Duty.SET_RULES,)),
        Place("journal", "journal", _("操作日志"), (Duty.READ_JOURNAL,)),
        Place("office:watching", "check", _("系统值守"), (Duty.MANAGE_USERS,)),
    ]),
]  # fmt: skip

# Places whose address takes ?area=.
BY_AREA = {"casework:ledger", "reporting:dashboard", "registry:children"}

# What a thumb reaches first; the fifth place of the bottom bar is always 更多.
AT_HAND = ["desk", "casework:protection", "casework:callbacks", "casework:ledger", "casework:record", "registry:visits", "registry:households", "reporting:dashboard"]
SHORT = {
    "desk": _("工作台"), "casework:protection": _("报告处置"), "casework:callbacks": _("回访"), "casework:ledger": _("台账"), "casework:record": _("登记"), "registry:visits": _("走访"),
    "registry:households": _("家庭"), "reporting:dashboard": _("看板"),
}  # fmt: skip


def menu_for(user, path, stand=""):
    """List [(section words, [{place…}])] that `user` may open; `here` marks the deepest place that `path` lies in.

    stand: the code of the area the user chose to stand in; the places that ask for an area open there.
    """
    sections = [
        (words, [_shown(place, user) for place in places if _may_open(place, user)]) for words, places in MENU
    ]
    shown = [entry for _words, entries in sections for entry in entries]
    lying = [entry for entry in shown if path == entry["address"] or (len(entry["address"]) > 1 and path.startswith(entry["address"]))]
    # An act on one need, /needs/…/triage/, lies in the place of its queue, not in the ledger under whose address it stands.
    acts = {place.name: place.acts for _words, places in MENU for place in places}
    queue = [entry for entry in shown if path.startswith("/needs/") and path.rstrip("/").rpartition("/")[2] in acts[entry["name"]]]
    if queue or lying:
        max(queue or lying, key=lambda entry: len(entry["address"]))["here"] = True
    asks = {place.name: _asks(place) for _words, places in MENU for place in places}
    for entry in shown:
        if stand and entry["name"] in BY_AREA and scope.covers(user, stand, duty=asks[entry["name"]]):
            entry["address"] += f"?area={stand}"
    return [(words, entries) for words, entries in sections if entries]


def at_hand(sections):
    """Pick the first four places of the bottom bar out of a menu."""
    by_name = {entry["name"]: entry for _words, entries in sections for entry in entries}
    return [{**by_name[name], "words": SHORT[name]} for name in AT_HAND if name in by_name][:4]


def _asks(place):
    return place.duties or scope.any_post("this place of the menu asks for no duty")


def _may_open(place, user):
    if place.content and not scope.handles_content(user, duty=_asks(place)):
        return False
    return (not place.duties or user.has_duty(*place.duties)) and place.address is not None


def _shown(place, user):
    return {"name": place.name, "address": place.address, "icon": place.icon, "words": place.words, "here": False}
