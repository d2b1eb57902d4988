"""Notices of the demo county's town: one before exams that lapsed, with what was done where it was not heeded; a drowning reminder to campuses that holds; one that waits to be issued. All names are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Area, Line, Organisation, User

from ..models import SafetyNotice, Venue
from ..notices import commands

LEADS, SCHOOLS, WRITES, SIGNS = "wenlv", "xuean", "xiluodu", "xiluodu-lingdao"  # accounts
BEGAN = 20  # days ago
GROUP = "金沙广场晨练舞蹈队"
QUIET = "考试期间(每天7时至19时、22时至次日7时),歌舞娱乐场所停止播放音响,广场、街道停止使用音响的舞蹈、直播和唱歌活动。"
CLOSE = "考试三天,请网吧、KTV、电影院、印刷厂自愿暂停营业,把安静留给考生。"
ADVICE = "天气转凉,河边、水塘边仍有危险。请家长看护好孩子:不私自下水,不在没有大人陪同时去河边;放学路上结伴走,不进网吧。"


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where whoever signs is missing, or notices stand already."""
    told, people = Counter(), {name: User.objects.filter(username=name).first() for name in (LEADS, SCHOOLS, WRITES, SIGNS)}
    county = Area.objects.filter(pk=code[:6].ljust(12, "0")).first()
    if county is None or not all(people.values()) or SafetyNotice.objects.exists() or not Venue.objects.exists() or not people[LEADS].live_posts or not people[LEADS].live_posts[0].reach.covers(county.pk):
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=10, minute=5, second=0, microsecond=0)
    _past(people, now, told)
    _holds(county, people, now, told)
    _waits(county, people, now, told)
    say(f"  通告、倡议 {told['notices']} 份,送达 {told['served']} 处,处置 {told['steps']} 次 / {told['notices']} notices, {told['served']} served, {told['steps']} steps")
    return told


def _past(people, now, told):
    """The town's own, designated under the law on noise: written by one hand, issued by another, served, twice not heeded, lapsed by itself."""
    at, by, other = now - timedelta(days=BEGAN), people[WRITES], people[SIGNS]
    issuer = by.live_posts[0].organisation
    one = commands.write_notice(
        area=issuer.area, issuer=issuer, name=f"{at:%Y}年期中考试期间停止噪声活动的通告", asks="quiet", words=QUIET, kinds=["ktv"], basis="noise_exam", paper="县人民政府指定文件,永政发〔2026〕7号",
        from_on=today(at) + timedelta(days=5), until_on=today(at) + timedelta(days=9), by=by, at=at,
    )  # fmt: skip
    commands.name_group(safety_notice_id=one.pk, group=GROUP, by=by, at=at)
    commands.issue_notice(safety_notice_id=one.pk, by=other, at=at + timedelta(hours=1))
    told["notices"] += 1
    rows = list(one.receipts.order_by("group", "venue__name"))
    for row in rows:
        commands.serve_notice(notice_receipt_id=row.pk, served_on=today(at) + timedelta(days=1), way="handed", signed="signed", by=by, at=at + timedelta(days=1))
        told["served"] += 1
    noisy = next(row for row in rows if row.group)
    for n, step, words, reply in ((5, "advise", "早上七点半还在放音响跳舞,当场关掉音响", "说不知道考试提前进场,以后不放"), (6, "educate", "第二天又放音响,关掉并讲明通告", "说音量不大,听了讲解答应停到考完")):
        when = at + timedelta(days=n)
        commands.take_step(notice_receipt_id=noisy.pk, step=step, day=today(when), words=words, licensed=2, reply=reply, by=by, at=when)
        told["steps"] += 1


def _holds(county, people, now, told):
    """The schools officer's reminder to campuses and shops near them: it holds, and a few were not reached yet."""
    by, at = people[SCHOOLS], now - timedelta(days=4)
    issuer = by.live_posts[0].organisation
    one = commands.write_notice(
        area=county, issuer=issuer, name="冬季防溺水和上下学安全提示", asks="advice", words=ADVICE, kinds=["netbar", "shop", "campus"], from_on=today(at) + timedelta(days=2),
        until_on=today(at) + timedelta(days=60), by=by, at=at,
    )  # fmt: skip
    commands.issue_notice(safety_notice_id=one.pk, by=by, at=at)
    told["notices"] += 1
    for row in list(one.receipts.order_by("venue__name"))[:-3]:
        commands.serve_notice(notice_receipt_id=row.pk, served_on=today(now) - timedelta(days=2), way="posted", signed="signed", by=by, at=now - timedelta(days=1))
        told["served"] += 1


def _waits(county, people, now, told):
    """The bureau's appeal: on no law can it close places, so it asks; it waits to be issued."""
    by, at = people[LEADS], now - timedelta(days=1)
    culture = Organisation.objects.filter(pk=by.live_posts[0].organisation_id, line=Line.CULTURE).first() or by.live_posts[0].organisation
    commands.write_notice(
        area=county, issuer=culture, name="期末考试期间暂停营业倡议书", asks="close", words=CLOSE, kinds=["netbar", "ktv", "cinema", "printer"], from_on=today(now) + timedelta(days=25),
        until_on=today(now) + timedelta(days=28), by=by, at=at,
    )  # fmt: skip
    told["notices"] += 1
