"""What the doctor sees in the database: version, how surely it writes, migrations, triggers, journal, calendar, recount, backups, sweep, the worker."""

from datetime import timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from wanjia.kernel import journal, triggers
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.models import Entry, Head
from wanjia.orgs.recounting.queries import is_dead
from wanjia.orgs.workdays.queries import latest_change
from wanjia.registry.importing.queries import over_mending

from ..erasing.queries import waiting
from ..pruning.queries import last_sweep
from ..retention.queries import stuck
from ..working.worker import last_end, last_word
from . import backups
from .findings import GREEN, RED, YELLOW, Finding

CALENDAR_DAYS = 60  # a notice comes in November; a grid's longest deadlines reach two months ahead
QUIET_MINUTES, ENDED_HOURS = 15, 24
OLD_HOURS = 48  # a backup or a sweep that missed two nights
JOURNAL_LINES = 2000  # the doctor looks at the end of the chain; `wanjia journal verify` walks it all

# Of the living tables alone, and awake: a restore leaves the office before it, guards and all, in a schema of its own.
LAID = (
    "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'D'"
)


def checks():
    """The looks of this file, in the order in which they are told."""
    return (database, writes, migrations, laid_triggers, journal_head, calendar, recount, last_backup, sweep, worker, erasures, disposals)


def _ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def database():
    """Which database, and whether it is one we test on."""
    if connection.vendor == "sqlite":
        version, least = connection.Database.sqlite_version_info, (3, 35)
    else:
        number = connection.pg_version
        version, least = (number // 10000, number % 10000), (14,)
    facts = {"name": connection.display_name, "version": ".".join(map(str, version))}
    if version < least:
        return Finding("database", RED, _("%(name)s %(version)s 太旧。"), _("升级数据库:SQLite 3.35 或 PostgreSQL 14 以上。"), facts)
    return Finding("database", GREEN, _("%(name)s %(version)s。"), facts=facts)


def writes():
    """Whether what was acknowledged is on the disk."""
    if connection.vendor == "sqlite":
        sure = _ask("PRAGMA synchronous")[0][0] >= 2 and _ask("PRAGMA journal_mode")[0][0].lower() == "wal"
        todo = _("不要改数据库连接的 PRAGMA;设置里应是 synchronous=FULL、journal_mode=WAL。")
    else:
        shown = {name: _ask(f"SHOW {name}")[0][0] for name in ("fsync", "synchronous_commit", "full_page_writes")}
        sure = all(value != "off" for value in shown.values())
        todo = _("在 postgresql.conf 里把 fsync、synchronous_commit、full_page_writes 都设为 on。")
    if not sure:
        return Finding("writes", RED, _("数据库没有等数据真正落盘:断电会丢掉已经答应的事。"), todo, blocks=True)
    return Finding("writes", GREEN, _("每次提交都真正落盘。"))


def migrations():
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding("migrations", RED, _("还有 %(n)s 步数据库升级没有做。"), _("运行 wanjia upgrade。"), {"n": waiting}, blocks=True)
    return Finding("migrations", GREEN, _("数据库结构与程序一致。"))


def laid_triggers():
    """Whether the database itself guards history and states."""
    from django.apps import apps

    wanted = {statement.split()[2].split("(")[0] for model in apps.get_models() for statement in triggers._create(connection.vendor, model)
              if statement.startswith("CREATE TRIGGER")}  # fmt: skip
    table = "SELECT name FROM sqlite_master WHERE type='trigger'" if connection.vendor == "sqlite" else LAID
    missing = wanted - {row[0] for row in _ask(table)}
    if missing:
        return Finding("triggers", RED, _("数据库里缺 %(n)s 道防护:历史可能被改写而没人知道。"), _("运行 wanjia upgrade,它会重新装上。"), {"n": len(missing)}, blocks=True)
    return Finding("triggers", GREEN, _("数据库里的防护都在(%(n)s 道)。"), facts={"n": len(wanted)})


def journal_head():
    """Whether the end of the journal hangs together with its head."""
    head = Head.objects.filter(pk=1).first()
    if head is None and not Entry.objects.exists():
        return Finding("journal", GREEN, _("日志还是空的。"))
    since = max((head.seq if head else 0) - JOURNAL_LINES, 0)
    _read, fault = journal.verify(since)
    if fault is not None:
        return Finding("journal", RED, _("操作日志接不上。"), _("运行 wanjia journal verify 看是哪一条,立即告诉审计员。不要再改数据库。"))
    return Finding("journal", GREEN, _("日志最近 %(n)s 条接得上,链头 %(head)s。"), facts={"n": _read, "head": head.digest[:12]})


def calendar():
    """Whether deadlines are still counted on published days."""
    through = WorkingCalendar.load().through
    left = (through - today(timezone.now())).days
    facts = {"day": through.isoformat()}
    todo = _("国务院办公厅公布放假通知后,在“工作日历”里导入下一年。")
    if left < 0:
        return Finding("calendar", RED, _("工作日历到 %(day)s 就没有了:期限都是暂定的。"), todo, facts)
    if left < CALENDAR_DAYS:
        return Finding("calendar", YELLOW, _("工作日历只到 %(day)s。"), todo, facts)
    return Finding("calendar", GREEN, _("工作日历到 %(day)s。"), facts=facts)


def recount():
    """Whether deadlines that a change of the calendar moves were all counted anew: a run that failed or died says so here."""
    change, do = latest_change(), _("请台账办在“工作日历”页点“接着算”,或运行 wanjia sweep。")
    if change and change.fault:
        return Finding("recount", YELLOW, _("日历改动后的期限重算出错停下了:%(fault)s"), do, {"fault": change.fault})
    if is_dead(change, timezone.now()):
        return Finding("recount", YELLOW, _("日历改动后的期限重算中断了。"), do)
    return Finding("recount", GREEN, _("日历改动后的期限重算没有出错。"))


def last_backup():
    """Whether what was written can be had back."""
    last = backups.last()
    if last is None:
        return Finding("backup", YELLOW, _("还没有备份过。"), _("运行 wanjia backup,并装上 deploy/ 里的定时备份。"))
    now = timezone.now()
    facts = {"hours": _hours(now - last.at), "checked": _hours(now - last.checked) if last.checked else None}
    if max(last.at, last.checked or last.at) > now + backups.AHEAD:
        return Finding("backup", RED, _("最近一次备份的时间还没有到:时钟走过头又拨回来了,说不出备份有多旧。"), _("校准时钟,再运行 wanjia backup 和 wanjia backup verify。"), facts)
    if backups.is_gone(last):
        return Finding("backup", RED, _("最近一次备份的文件不在了:%(path)s。"), _("把它放回原处,或运行 wanjia backup 另做一份。"), {**facts, "path": last.path})
    if facts["hours"] > OLD_HOURS:
        return Finding("backup", RED, _("最近一次备份是 %(hours)s 小时以前。"), _("看定时备份为什么停了:systemctl status wanjia-backup.timer。"), facts)
    if last.checked is None:
        return Finding("backup", YELLOW, _("最近一次备份(%(hours)s 小时以前)还没有核对过。"), _("运行 wanjia backup verify。"), facts)
    if facts["checked"] > OLD_HOURS:
        return Finding("backup", YELLOW, _("最近一份核对过的备份是 %(checked)s 小时以前的。"), _("运行 wanjia backup verify;每晚的核对停了就看 systemctl status wanjia-backup。"), facts)
    if last.verified:
        return Finding("backup", GREEN, _("最近一次备份在 %(hours)s 小时以前,已核对。"), facts=facts)
    return Finding("backup", GREEN, _("最近一次备份在 %(hours)s 小时以前;最近一份核对过的在 %(checked)s 小时以前。"), facts=facts)


def _hours(span):
    return round(span.total_seconds() / 3600)


def sweep():
    """Whether what was promised to go does go: sealed workbooks after their fortnight."""
    now, last = timezone.now(), last_sweep()
    todo = _("运行 wanjia sweep,并装上 deploy/ 里的 wanjia-sweep.timer:systemctl enable --now wanjia-sweep.timer。")
    if n := over_mending(now - timedelta(days=2)).count():
        return Finding("sweep", RED, _("有 %(n)s 份导入原表过了 14 天还没有清除。"), todo, {"n": n})
    if last is None:
        return Finding("sweep", YELLOW, _("日常清扫还没有做过。"), todo)
    facts = {"hours": _hours(now - last)}
    if facts["hours"] > OLD_HOURS:
        return Finding("sweep", YELLOW, _("最近一次日常清扫是 %(hours)s 小时以前。"), todo, facts)
    return Finding("sweep", GREEN, _("最近一次日常清扫在 %(hours)s 小时以前。"), facts=facts)


def worker():
    """Whether somebody works in the background: else nothing is urged, raised or told."""
    last, ended, now = last_word(), last_end(), timezone.now()
    if last is None:
        return Finding("worker", YELLOW, _("后台还从来没有动静:没有催办、提级,也不发消息。"), _("运行 wanjia serve,后台随它启动。"))
    minutes = round((now - last).total_seconds() / 60)
    if minutes > QUIET_MINUTES:
        return Finding("worker", YELLOW, _("后台 %(minutes)s 分钟没有动静:没有催办、提级,也不发消息。"), _("重新启动 wanjia serve;日志里看后台为什么停了。"), {"minutes": minutes})
    if ended and now - ended < timedelta(hours=ENDED_HOURS):
        return Finding("worker", YELLOW, _("后台在工作,但是 24 小时里意外停过,已经自动重启。"), _("日志里看后台为什么停了。"))
    return Finding("worker", GREEN, _("后台在工作。"))


def erasures():
    """Whether every erasure that was ordered was carried out: the order lies outside the database, and the power may fail between."""
    if n := len(waiting()):
        todo = _("由当时的两个人用同一条 wanjia erase 命令再运行一次;编号在 erasures.jsonl 最后几行。")
        return Finding("erasures", RED, _("有 %(n)s 份已登记的依法删除没有执行。"), todo, {"n": n})
    return Finding("erasures", GREEN, _("登记过的依法删除都已执行。"))


def disposals():
    """Whether lists of what is to be destroyed are carried out: one that fails is tried again each round, and nobody would hear of it."""
    ahead, late = stuck(timezone.now())
    if late:
        said, todo = _("有 %(n)s 份销毁清单过了执行日还没有执行完:%(lists)s。"), _("看日志里“a list was not carried out”那一行为什么;改不了的,在“保管期限与销毁”里收回,再重新提出。")
        return Finding("disposals", YELLOW, said, todo, _counted(late))
    if ahead:
        said, todo = _("有 %(n)s 份销毁清单的时间还没有到,时钟走快过:%(lists)s。"), _("校准时钟,在“保管期限与销毁”里收回它,再重新提出。")
        return Finding("disposals", YELLOW, said, todo, _counted(ahead))
    return Finding("disposals", GREEN, _("到期的销毁清单都已执行。"))


def _counted(lists):
    return {"n": len(lists), "lists": "、".join(f"{one.area_id[:6]} {one.on:%Y-%m-%d} {one.code} {one.pk}" for one in lists[:3])}
