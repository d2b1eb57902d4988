"""Every page of the house as everybody meets it: by screen reader, in large letters, on a phone upright and sideways, in English, on a slow line.

`make test` looks at each page, and at every third form of an act, in one of the two languages in turn, at the tightest size and at one of the
others, and at the contrast of every third; WANJIA_WHOLE_PROOF=1 looks at each in both, at every size, whole.
"""

import gzip
import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.test_pages import names as all_names
from wanjia.care.models import Canteen, CareClass, Collector, Distribution, Event, Photo, Team, Wish
from wanjia.casework.models import Milestone, Need
from wanjia.labour.models import Agreement, BoardTask, Campaign, DayOrder, Employer, Fair, Market, Outpost, Vacancy
from wanjia.orgs.models import Area, Organisation, User
from wanjia.registry.models import Household, Person, Upload
from wanjia.schools.models import (
    Bus,
    BusLine,
    BusStop,
    Guard,
    Hazard,
    InspectionRound,
    Lecturer,
    NoticeReceipt,
    Operator,
    Patrol,
    PatrolPlan,
    Post,
    RoadOperation,
    SafetyNotice,
    Term,
    Venue,
)
from wanjia.site.templatetags.wanjia import masked
from wanjia.village.models import (
    AgendaItem,
    BranchActivity,
    BranchDuty,
    CleanUp,
    CollectiveDeal,
    CraftBooking,
    Craftsman,
    FeeSpend,
    Good,
    GoverningBody,
    Levy,
    LevySpend,
    MediationAgreement,
    MediationCase,
    MeetingCall,
    MentorPair,
    MoneyVoucher,
    PlanAspect,
    PlanWork,
    PlanZone,
    Pledge,
    PlotYield,
    PointItem,
    Poll,
    Problem,
    RedEntry,
    RoleStory,
    ShareHolding,
    Shortcoming,
    Stretch,
    Venture,
    VillageAsset,
    VillagePlan,
)

from .places import found, plant, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(1800)]
WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
MOST_BYTES = 30_000  # of one page, compressed, beside what the browser keeps
# No page for a signed-in person, or none that stands open in this world: each with its reason.
NOT_OPENED = {
    "account_login": "leads a signed-in person on; seen signed out", "casework:slip_page": "seen signed out",
    "mfa_authenticate": "only on the way in", "mfa_reauthenticate": "only with a second factor", "mfa_activate_totp": "asks who one is first",
    "mfa_deactivate_totp": "only with a second factor", "mfa_view_recovery_codes": "only with a second factor",
    "mfa_generate_recovery_codes": "only with a second factor", "mfa_download_recovery_codes": "a file",
    "set_language": "leads on", "orgs:areas": "leads to an area", "casework:screening": "leads to a need", "casework:triage": "leads to a need",
    "casework:sit": "leads to an item", "casework:board": "seen signed out", "casework:voice": "seen signed out", "registry:file_by_access": "leads on",
    "casework:export_ticked": "leads on", "orgs:wake_user": "nobody sleeps", "orgs:hand_over": "nobody has left: while it waits the books are not whole", "reporting:rows": "only with a figure; seen by its address", "schools:table_rows": "only with a column; seen by its address", "village:village_year_rows": "only with a figure; seen by its address",
    "casework:drawer": "part of a page; seen within the ledger", "orgs:retime_progress": "part of a page", "registry:import_progress": "part of a page",
    "worker": "a script", "orgs:device_word": "an answer to a script", "orgs:device_satchel": "an answer to a script",
    "reporting:notice": "a paper", "casework:minors_paper": "a paper", "casework:minors_sheet": "a workbook", "office:disposal_paper": "a paper", "office:propose_disposal": "leads on: all that is due is listed", "office:healthz": "for machines", "office:metrics": "for machines",
} | dict.fromkeys(
    ["large_text", "stand", "orgs:retime", "orgs:stop_recount", "registry:visit_draft", "registry:import_resume", "reporting:slip",
     "reporting:print_monthly", "reporting:print_paper", "casework:keep_view", "casework:reveal", "casework:decide_matter", "casework:open_evidence", "verify_journal",
     "anchor_journal", "village:poll_cast", "village:poll_sign"], "is only sent",
) | dict.fromkeys(
    ["care:album_picture", "care:event_tick", "care:photo_bare", "care:photo_boxes", "care:photo_picture", "labour:monthly_sheet",
     "registry:import_blank", "schools:campus_order", "schools:guard_calendar", "schools:hazard_photo", "schools:lesson_slip", "schools:notice_paper", "schools:order_paper", "schools:plan_paper",
     "schools:receipt_paper", "schools:recheck_paper", "schools:tables_paper", "schools:tables_sheet", "solving:progress",
     "village:account_sheet", "village:board_paper", "village:branch_sheet", "village:review_ballot", "village:review_form", "village:bylaws_paper", "village:dividend_receipt", "village:dividend_sheet", "village:feast_slip", "village:fee_account_paper",
     "village:blank_call_list", "village:call_list", "village:fee_receipt_paper", "village:levy_plan_paper", "village:levy_receipt_paper", "village:levy_roll_paper", "village:filing_paper", "village:meeting_minutes", "village:meeting_roll", "village:plan_picture", "village:plan_sheet", "village:points_board", "village:point_lapse_sheet", "village:poll_board_json",
     "village:poll_board_sheet", "village:poll_count_sheet", "village:poll_roll_sheet", "village:poll_verifier", "village:poll_verify_file", "village:proposing_paper",
     "village:public_notice_paper", "village:red_list_sheet", "village:step_paper", "village:strict_sheet", "village:village_year_paper", "village:shortcoming_sheet", "village:short_photo_bytes"], "a file, a picture, or part of a page",
) | dict.fromkeys(["care:donor_slip", "care:public_wish", "labour:campaign_stage", "labour:job_board", "labour:work_slip_page", "labour:work_slip_voice",
     "labour:work_slip_why", "schools:bus_slip_page", "village:proposal_slip", "village:poll_token"], "seen signed out") | dict.fromkeys(
    # Open to none of this walk, by post or by what its world holds: the tests of their rooms open them, no eye of this walk looks at them yet.
    ["care:figure_rows", "care:gift_class", "care:gift_sheet", "care:session", "care:session_close", "care:session_explain", "care:session_record", "care:session_sheet", "labour:confirm_roll",
     "labour:figure_rows", "labour:hundred_days_rows", "labour:roll_file", "labour:roll_progress", "labour:roll_resume", "labour:rolls", "schools:bus_plan",
     "schools:plan_map", "labour:stop_roll", "labour:take_roll_report", "labour:trip_paper", "village:levy_approve", "village:public_sketch"], "not planted here yet",
)  # fmt: skip
DESK, PHONE, SIDEWAYS = (1440, 900), (375, 812), (812, 375)
ALL = [(size, large) for large in (False, True) for size in (DESK, PHONE, SIDEWAYS)]
# Of the many pages of `make test` each is seen in large letters on a phone, where all is tightest, and as one of these in turn.
IN_TURN = [[(DESK, False)], [(PHONE, False)], [(DESK, False), (DESK, True), (SIDEWAYS, False)], [(PHONE, False), (SIDEWAYS, True)]]
UNFOLD = "open => document.querySelectorAll('main details').forEach(one => { one.open = open })"
FAULTS = """contrast => axe.run(document, {resultTypes: ["violations"], rules: {"color-contrast": {enabled: contrast}}}).then(({violations}) => violations.map(one =>
  `${one.id} (${one.impact}): ${one.nodes.slice(0, 2).map(node => node.html.slice(0, 160)).join(" | ")}`))"""
# What is wider than the window; what scrolls sideways and cannot be reached by the keyboard.
WIDE = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth - innerWidth} px too wide`] : []),
  ...[...document.querySelectorAll("main .table-scroll")].filter(box => box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0
    && ![...box.querySelectorAll("a[href], button, input, select, summary")].some(one => one.getClientRects().length))
    .map(box => `nobody can scroll ${box.textContent.trim().slice(0, 30)}`)]"""
# How many lines the header's parts stand in; one, except on a phone held upright.
LINES = """() => { let lines = 0, middle = -1;
  for (const one of [...document.querySelectorAll(".topbar > *, .crumbs > li")].map(one => one.getBoundingClientRect())
      .filter(box => box.height).sort((a, b) => a.top - b.top))
    if (one.top > middle) { lines += 1; middle = one.top + one.height / 2; }
  return lines; }"""
# The words that the house itself says: of the frame, heads, labels, buttons; what somebody wrote stands elsewhere.
SAID = """() => [...document.querySelectorAll("title, h1, h2, h3, th[scope=col], label, legend, summary, button, .btn, .tabs a, .sider a, caption")]
  .filter(one => !one.closest("[lang=zh-CN]") || one.closest("[lang=zh-CN]") === document.documentElement).map(one => one.textContent.trim())"""
HAN = re.compile(r"[\u4e00-\u9fff]+")


class Sight:
    """Somebody's window in one language, with axe-core in it; looks at one page after the other."""

    def __init__(self, chromium, house, who, language):
        window = chromium.new_context(locale="zh-CN", bypass_csp=True, service_workers="block")
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if who:
            cookies[settings.SESSION_COOKIE_NAME] = signed_in(house, who).cookies[settings.SESSION_COOKIE_NAME].value
        window.add_cookies([{"name": name, "value": value, "url": house.url} for name, value in cookies.items()])
        window.add_init_script(path=AXE)
        self.page, self.url, self.english = window.new_page(), house.url, language == "en"
        self.sizes, self.contrast = ALL, True

    def look(self, path, names=()):
        """Open a page; return what is wrong with it, in words. names: what rows of this world are called."""
        answer = self.page.goto(self.url + path)
        size = len(gzip.compress(answer.body()))
        faults = ["goes unpacked"] * (answer.header_value("content-encoding") != "gzip") + [f"{size} bytes packed"] * (size > MOST_BYTES)
        faults += self.english * foreign(self.page.evaluate(SAID), names)
        return faults + self.seen()

    def seen(self):
        """Return what is wrong with the page as it stands: at each size, in letters of both sizes, with everything unfolded."""
        faults = []
        for (width, height), large in self.sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.evaluate("large => document.documentElement.classList.toggle('large', large)", large)
            faults += self._at(width, large)
        return faults

    def _at(self, width, large):
        faults, lines = self.page.evaluate(WIDE), self.page.evaluate(LINES)
        faults += [f"the header stands in {lines} lines"] * (lines > 1 and width != 375)
        if not large and width != 812:  # sideways the page is that of a desk
            self.page.evaluate(UNFOLD, True)
            faults += self.page.evaluate(FAULTS, self.contrast)
            self.page.evaluate(UNFOLD, False)
        return [f"{width}{' large' if large else ''}: {fault}" for fault in faults]


def foreign(said, names):
    """List the Chinese words among what an English page says itself, `names` of rows left out."""
    left = []
    for words in said:
        for name in names:
            words = words.replace(name, "")
        left += [f"Chinese on an English page: {words[:60]}"] * bool(HAN.search(words))
    return sorted(set(left))


def data_words():
    """What rows of this world are called, the longest first."""
    asked = [(Area, "name"), (Area, "short_name"), (Organisation, "name"), (Organisation, "short_name"), (User, "name"), (Person, "name"), (Upload, "file_name"), (Milestone, "words"), (Need, "summary"), (Household, "group_name"),
             (Agreement, "title"), (BoardTask, "what"), (Canteen, "name"), (Team, "name"), (CareClass, "name"), (Distribution, "name"), (Event, "name"), (Photo, "subject"), (Wish, "thing"), (Campaign, "name"), (DayOrder, "employer_name"), (Employer, "name"),
             (Fair, "name"), (Market, "name"), (Vacancy, "title"), (Collector, "name"), (Collector, "relation"), (Guard, "name"), (Post, "name"), (Bus, "label"), (Operator, "name"), (BusLine, "name"), (BusStop, "name"), (Outpost, "name"),
             (Venue, "name"), (InspectionRound, "name"), (Hazard, "words"), (Lecturer, "name"), (Term, "name"), (SafetyNotice, "name"), (NoticeReceipt, "group"), (RoadOperation, "place"), (Patrol, "route"), (PatrolPlan, "name"),
             (GoverningBody, "name"), (AgendaItem, "title"), (PointItem, "words"), (Good, "name"), (Poll, "question"), (RedEntry, "called"), (Shortcoming, "place"), (Shortcoming,
             "fact"), (Shortcoming, "help"), (RoleStory, "title"), (RoleStory, "called"), (RoleStory, "words"), (FeeSpend, "what"), (Stretch, "name"), (BranchActivity, "topic"),
             (BranchDuty, "name"), (BranchDuty, "area_words"), (CleanUp, "words"), (Pledge, "words"), (CollectiveDeal, "what"), (CollectiveDeal, "party"), (MoneyVoucher, "words"),
             (PlotYield, "plot"), (ShareHolding, "basis"), (VillagePlan, "name"), (PlanAspect, "name"), (PlanZone, "name"), (PlanZone, "bounds"), (PlanZone, "use"), (Problem, "title"), (Problem, "words"), (PlanWork, "words"), (VillageAsset, "name"), (Craftsman, "called"), (MentorPair, "topic"), (CraftBooking, "words"), (Venture, "called"),
             (MeetingCall, "title"), (Levy, "name"), (Levy, "what"), (Levy, "check_words"), (Levy, "approve_words"), (LevySpend, "what")]  # fmt: skip
    found = {masked(name) for name in Need.objects.values_list("requester_name", flat=True) if name}
    found |= {word for rows, field in asked for word in rows.objects.values_list(field, flat=True) if word}
    found |= {one.number for rows in (MediationCase, MediationAgreement) for one in rows.objects.select_related("village") if one.number}
    return sorted(found, key=len, reverse=True)


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_for_everybody(house, chromium, half):
    code = plant(house)
    doors, shut = found(house, half)
    assert {name: why for name, why in shut.items() if name not in NOT_OPENED} == {}, "a page that nobody here can open: plant what it needs"
    assert set(NOT_OPENED) & set(doors) == set(), "these do open"
    assert set(NOT_OPENED) <= {name for name, _gaps in all_names()}
    doors |= {} if half else {
        "sign-in": (None, "/accounts/login/"), "slip": (None, f"/s/{code}"), "voice": (None, f"/s/{code}/voice"), "board": (None, f"/board/{house.datong.pk}/"), "not found": ("clerk", "/nowhere"), "refused": ("clerk", "/users/"),
        "figure's rows": ("leader", "/dashboard/rows/?figure=needs.open&area=530625000000"), "year's rows": ("visitor", f"/village/year/rows/?figure=village_meetings.failed&area={house.datong.pk}"),
        "table's rows": ("schools", "/schools/tables/rows/?table=9&column=schools&area=530625000000"),
    }  # fmt: skip
    faults, windows, names = [], {}, data_words()
    asked = [name for name, (_who, _path, *asks) in doors.items() if any(asks)]
    left = set() if WHOLE else set(asked) - set(asked[::3])  # what asks an act is drawn by one form for all
    for turn, (name, (who, path, *_asks)) in enumerate((name, at) for name, at in doors.items() if name not in left):
        for language in ("zh-hans", "en") if WHOLE else (("zh-hans", "en")[turn % 2],):
            if (who, language) not in windows:
                windows[who, language] = Sight(chromium, house, who, language)
            if not WHOLE:
                windows[who, language].sizes = [*IN_TURN[turn // 2 % 4], (PHONE, True)]
                windows[who, language].contrast = turn % 3 == 0
            faults += [f"{name} ({language}, {who}, {path}) {fault}" for fault in windows[who, language].look(path, names)]
    drawer = windows["clerk", "zh-hans"]
    drawer.page.set_viewport_size({"width": 1440, "height": 900})
    drawer.page.goto(house.url + "/needs/")
    drawer.page.locator("[hx-target='#drawer']").first.click()
    drawer.page.locator("#drawer header").wait_for()
    faults += [f"drawer: {fault}" for fault in drawer.page.evaluate(FAULTS, True)]
    assert faults == [], "\n".join(faults)
    assert len(doors) > 100


def test_what_shuts_somebody_out_is_seen(house, chromium):
    """Negative control: a label gone, a page too wide, a table out of reach, a Chinese word, a heavy page."""
    sight = Sight(chromium, house, None, "en")
    assert sight.look("/accounts/login/") == []
    sight.page.evaluate("document.querySelector('label[for=id_login]').remove(); document.getElementById('id_login').removeAttribute('placeholder')")
    assert any("label (critical)" in fault for fault in sight.seen())
    sight.page.evaluate("document.querySelector('main').style.minWidth = '900px'")
    assert any("px too wide" in fault for fault in sight.seen())
    sight.page.evaluate("document.querySelector('main').innerHTML = '<div class=table-scroll><table style=min-width:200rem><tr><td>x</table></div>'")
    assert any("nobody can scroll" in fault for fault in sight.seen())
    assert foreign(["Hand to 永善县民政局", "Ledger 台账"], ["永善县民政局"]) == ["Chinese on an English page: Ledger 台账"]
