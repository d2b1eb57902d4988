"""One dialect: every list that a page shows has a call by the page's own rule or a reason why not; every call says itself in both languages."""

import ast
import inspect
import re

import pytest
from django.urls import get_resolver

from wanjia.doors.calls import LIST_CALLS, MOST
from wanjia.doors.guard import SIGNED_IN
from wanjia.site.api import KEY, api

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Pages that show a list without cutting it into pages, and those that are not made by a view of their own.
UNCUT = {"journal", "desk", "orgs:areas", "orgs:sponsorships", "orgs:roles", "orgs:calendar", "casework:grid", "casework:screening", "casework:triage", "casework:draws",
         "search", "office:watch", "reporting:documents"}  # fmt: skip
SHOWN_AGAIN = {"reporting:ask_export", "reporting:ask", "reporting:export_homes", "reporting:print_monthly"}  # acts that show their list again when they are refused
# Why no program reads it: {reason: pages}.
NOT_IN_THE_API = {
    "children's data is sacred: which child is in which group is read on the page, by whom files open for": ("registry:children", "registry:reviews"),
    "a report about a child is read by the protection officer alone, at a screen": ("casework:protection", "casework:late_reports"),
    "whose file is read by whom is asked and answered for by people at a screen (ADR 112)": ("registry:access", "registry:access_one"),
    "the rows behind a figure of the audit: the call lists the published audits": ("casework:minors_rows",),
    "papers leave through a page that shows what leaves (ADR 54)": ("reporting:documents", "reporting:papers"),
    "the needs behind a figure are drilled to from the figure; the ledger's call lists needs": ("reporting:rows",),
    "the board for everybody: who works with vacancies asks the same rows by their call": ("labour:jobs",),
    "points and the shop are kept by one village's own people at a screen; what others may know is put up on paper": (
        "village:good", "village:point_account", "village:point_lapse", "village:point_appeals", "village:point_claim", "village:point_accounts", "village:point_months", "village:points", "village:redemptions", "village:shop",
    ),
    "an appraisal is kept by one village's own people at a screen; what was told privately, a paper board and a tip are read by no program": (
        "village:appraisal_round", "village:appraisals", "village:shortcomings", "village:stories", "village:strict_notice", "village:strict_notices", "village:tips",
    ),
    "what homes owe, who marries and who died, which stretch is whose is kept by one village's own people at a screen; the account is put up on paper": (
        "village:feasts", "village:fee_charge", "village:fee_charges", "village:fee_run", "village:fees", "village:frontage", "village:stretch",
    ),
    "the collective's book is kept by one village's own people at a screen; what others may know is put up on paper and on the board": (
        "village:collective_deal", "village:collective_deals", "village:dividend_run", "village:dividends", "village:money", "village:share_holdings", "village:yields",
    ),
    "a village's plan is kept by its own people at a screen; how far it is hangs on the village's board; programs read the figures": (
        "village:plan_work", "village:plans", "village:village_assets", "village:village_plan",
    ),
    "a project's money and days are kept by one village's own people at a screen; the plan and the sums are put up on paper and on the board": (
        "village:levies", "village:levy", "village:levy_homes", "village:levy_share",
    ),
    "a school's calendar is kept by its own people at a screen; who plans by it asks the product, not a program": ("schools:schools", "schools:calendar", "schools:plans"),
    "who stands at which gate, and what is uncovered, is worked on by people at a screen; programs ask `wanjia schools roster` and the figures": (
        "schools:gates", "schools:guards", "schools:leader_days", "schools:roster", "schools:roster_plan",
    ),
    "which child rides and who may receive it is worked on by people at a screen; a bus is kept beside its papers": ("schools:buses", "schools:bus_plan", "schools:riders", "schools:settlements", "schools:settlement"),
    "places, rounds and hazards are worked on by people at the place and at a screen; programs read the figures": (
        "schools:hazards", "schools:notice", "schools:notices", "schools:receipts", "schools:round", "schools:rounds", "schools:stops", "schools:venue", "schools:venues",
        "schools:campus", "schools:my_patrols", "schools:patrol", "schools:patrol_plan", "schools:patrols", "schools:table_rows",
    ),
    "who sits in a body, what it decided and who objects is kept by people at a screen and hangs on the village's board; programs read the figures": (
        "village:bodies", "village:body", "village:filings", "village:items", "village:meeting", "village:meetings", "village:public_notice", "village:public_notices",
    ),
    "what villagers bring, what the village rules and how far a matter has come is kept by people at a screen; the rules in force are a public page; programs read the figures": (
        "village:bylaws", "village:bylaw_version", "village:step_matters", "village:proposals", "village:problems",
        "village:calls",
    ),
    "a file of mediation is sealed, read by mediators at a screen, each reading a line; programs read the figures": ("village:mediations",),
    "the branch is a domain of its own: two people keep it at a screen, nothing of it goes to a program; what the village may know hangs on the board": (
        "village:branch", "village:branch_duties", "village:branch_duty", "village:pledges", "village:recruiting",
        "village:cleanups", "village:reviews",
    ),
    "who agreed to be found, who learns and who booked whom is kept by people at a screen; what each agreed to is a public page and hangs on the board; programs read the figures": (
        "village:craft_bookings", "village:crafts", "village:craftsman", "village:mentor_pairs", "village:public_crafts", "village:ventures",
    ),
    "a poll is held at a table, by people at a screen; what it published is the board's own text, for everybody": ("village:polls", "village:poll_roll"),
    "a village's board is read by everybody as a page, and printed": ("village:village_boards", "village:public_boards"),
    "the figures of a year are those of /api/figures": ("village:village_year_rows",),
    "who lectures where, what was taught and what is missing is kept by people at a screen; programs read the figures": (
        "schools:law", "schools:law_lessons", "schools:law_topics", "schools:lecturers", "schools:term_plan", "schools:lesson_plan", "schools:parent_classes",
    ),
    "who fetches which child, and which elder is called, is worked on by people at a screen, one after the other; programs read the figures": (
        "care:canteen", "care:canteens", "care:cards", "care:care_class", "care:classes", "care:helpers", "care:missed",
        "care:child", "care:concerns", "care:figure_rows", "care:pair_roster", "care:lines", "care:pair_plan", "care:pairs", "care:unpaired", "care:wishes", "care:gifts",
    ),
    "who is called, told, matched, carried and followed is worked on by people at a screen, one labourer after the other: programs read the roll, the vacancies and the figures": (
        "labour:absent", "labour:board_sheet", "labour:calls", "labour:campaign_gone", "labour:campaign_stage", "labour:campaigns", "labour:day_order", "labour:departures", "labour:fair", "labour:fair_sheet", "labour:fairs",
        "labour:figure_rows", "labour:follow_ups", "labour:hundred_days_rows", "labour:market", "labour:markets", "labour:my_proposals", "labour:outreach", "labour:outreach_slips",
        "labour:outreaches", "labour:plan_trips", "labour:proposals", "labour:round", "labour:stall", "labour:trips", "labour:worker", "solving:plans",
    ),
    "who came to an event and whose face is to be covered is worked on by people at a screen; what everybody may see is a page; programs read the figures": (
        "care:album", "care:event_children", "care:event_homes", "care:event_invitations", "care:events", "care:hours", "care:photos",
    ),
    "a county's file is sent, looked at row by row and confirmed at a screen; a program loads by the command line, beside the file": ("labour:rolls", "labour:roll_file"),
    "first passwords are printed once, at a screen": ("office:first_slips",),
    "what somebody left is handed over at a screen that shows what it is": ("orgs:handovers",),
    "the machine's own state: /metrics is what programs read": ("office:watch",),
    "what is destroyed is looked at and decided by people at a screen (ADR 113)": ("office:retention", "office:disposal"),
    "a table of the product's own rules, the same for everybody": ("orgs:roles", "casework:grid"),
    "a picture of one year: what hangs on it, a need's days, stands in the need's answer": ("orgs:calendar",),
    "a queue that leads from one need to the next: the desk's call lists the same": ("casework:screening", "casework:triage"),
    "a tab of the ledger: its call lists the same needs, each with its planned day": ("casework:planned",),
    "what a need's clock has climbed stands in the lines of its own answer": ("casework:climbing",),
    "counts of one morning: the figures' call counts them now": ("casework:digests",),
    "addresses that are sealed: nobody reads them again": ("orgs:channels",),
    "public: anybody reads it signed out": ("casework:draws", "care:public_wishes", "care:public_money"),
    "it looks across lists: each of them takes ?q=": ("search",),
}  # fmt: skip


def views():
    """Yield (name of the page, its view) of every page."""
    yield from _views(get_resolver(), "")


def _views(resolver, space):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from _views(one, one.namespace or space)
        elif one.name:
            yield (f"{space}:{one.name}" if space else one.name), one.callback


def cuts(view):
    """Tell whether a view itself cuts a list into pages."""
    code = inspect.unwrap(view)
    if not code.__module__.startswith("wanjia.") or inspect.isclass(code):
        return False
    module = ast.parse(inspect.getsource(inspect.getmodule(code)))
    bodies = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    return _calls(bodies, code.__name__, set())


def _calls(bodies, name, seen):
    if name not in bodies or name in seen:
        return False
    seen.add(name)
    used = {node.func.id for node in ast.walk(bodies[name]) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return "page_of" in used or any(_calls(bodies, one, seen) for one in used)


def lists():
    """Return the names of the pages that show a list."""
    return ({name for name, view in views() if cuts(view)} | UNCUT) - SHOWN_AGAIN


def gaps(pages, with_call, reasons):
    """Return (pages with neither call nor reason, with both, reasons for what is no list, calls for what is no list)."""
    given = {name for names in reasons.values() for name in names}
    return pages - with_call - given, with_call & given, given - pages, with_call - pages


def test_every_list_of_a_page_has_a_call_or_a_reason_why_not():
    assert gaps(lists(), {one.page for one in LIST_CALLS}, NOT_IN_THE_API) == (set(), set(), set(), set())


def test_a_list_without_a_call_would_be_seen():
    """Negative control."""
    assert gaps(lists(), {one.page for one in LIST_CALLS} - {"orgs:users"}, NOT_IN_THE_API)[0] == {"orgs:users"}
    assert {"orgs:users", "journal", "reporting:exports", "registry:stale"} <= lists()


def test_a_list_is_open_to_those_whom_its_page_lets_in():
    guards = dict(views())
    other = {one.page: (one.duty, guards[one.page].guard) for one in LIST_CALLS if (one.duty or SIGNED_IN) != guards[one.page].guard}
    assert other == {}


def paths():
    return [(way, path, call) for path, ways in api.get_openapi_schema()["paths"].items() for way, call in ways.items()]


def test_every_list_has_one_shape_and_is_cut_alike():
    schema = api.get_openapi_schema()
    shapes = schema["components"]["schemas"]
    found = {}
    for way, path, call in paths():
        shape = call["responses"].get(200, {}).get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
        if way == "get" and set(shapes.get(shape, {}).get("properties", ())) == {"count", "items"}:
            asked = {one["name"]: one["schema"] for one in call["parameters"]}
            found[path] = (asked["limit"]["maximum"], asked["limit"]["default"], asked["offset"]["default"])
    assert set(found.values()) == {(MOST, 50, 0)}
    assert len(found) == len(LIST_CALLS)


def faults(way, call):
    """Yield what a call of the OpenAPI document does not say."""
    for word in ("summary", "description"):
        if not (CHINESE.search(call[word]) and re.search(r"[A-Za-z]{2}", CHINESE.sub("", call[word]))):
            yield f"no {word} in both languages: {call[word]}"
    if missing := {400, 401, 403, 404, 409, 422, 500, 503} - set(call["responses"]):
        yield f"says nothing of {sorted(missing)}"
    if way == "post" and KEY not in call["parameters"]:
        yield "no key"


def test_every_call_names_its_key_its_problems_and_itself_in_both_languages():
    assert {(path, fault) for way, path, call in paths() for fault in faults(way, call)} == set()


@pytest.mark.parametrize("spoil", [{"summary": "办结"}, {"summary": "Close"}, {"description": ""}, {"responses": {200: {}}}, {"parameters": []}])
def test_what_a_call_does_not_say_would_be_seen(spoil):
    """Negative control."""
    call = next(call for way, path, call in paths() if path.endswith("/close"))
    assert not list(faults("post", call))
    assert list(faults("post", call | spoil))
