"""`wanjia init`, `wanjia serve`, `wanjia work`, `wanjia doctor`, `wanjia grew`, `wanjia prune`, `wanjia sweep`: an office starts and stays up."""

import ipaddress
import json
import os
import sys

from wanjia.doors.terminal import fail


def add_commands(commands):
    """Add the subcommands to the top parser."""
    from . import cli_init

    cli_init.add_commands(commands)
    serving = commands.add_parser("serve", help="对外服务 / serve the office")
    serving.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS:PORT")
    serving.add_argument("--workers", type=int, help="processes; default WEB_CONCURRENCY or 2")
    serving.add_argument("--plain-http", action="store_true", help="不用 HTTPS,只限本机试用 / without HTTPS, on this machine alone")
    serving.add_argument("--json", action="store_true")
    serving.set_defaults(run=run_serve)
    working = commands.add_parser("work", help="后台:催办、提要、消息;wanjia serve 自己会启动 / the background worker; wanjia serve starts it")
    working.add_argument("--beside", type=int, metavar="PID", help="ends with this process")
    working.add_argument("--json", action="store_true")
    working.set_defaults(run=run_work)
    doctor = commands.add_parser("doctor", help="体检:逐项检查并说明怎么办 / examine the installation")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=run_doctor)
    grew = commands.add_parser("grew", help="哪些表长大了、什么可以清理 / what grew and what may be pruned")
    grew.add_argument("--json", action="store_true")
    grew.set_defaults(run=run_grew)
    prune = commands.add_parser("prune", help="清理过期的回执、会话、导入正文 / prune what has served its time")
    prune.add_argument("what", nargs="*", metavar="WHAT", help="receipts sessions misses uploads; default: show only")
    prune.add_argument("--days", type=int, default=180, help="older than this many days (at least 30)")
    prune.add_argument("--confirm", action="store_true", help="really delete")
    prune.add_argument("--json", action="store_true")
    prune.set_defaults(run=run_prune)
    retention = commands.add_parser("retention", help="保管期限:每类现在到期多少,只看不动 / what is due of each class; changes nothing")
    retention.add_argument("--area", default="", metavar="CODE", help="所在地的区划代码;不写就是全部 / code of the place; everywhere without it")
    retention.add_argument("--json", action="store_true")
    retention.set_defaults(run=run_retention)
    sweep = commands.add_parser("sweep", help="日常清扫:到期的导入原表、过期的会话 / the day's sweep")
    sweep.add_argument("--json", action="store_true")
    sweep.set_defaults(run=run_sweep)


def run_doctor(args):
    """Examine; exit code 1 when something is red."""
    import django

    django.setup()
    from wanjia.office.health import queries
    from wanjia.office.health.findings import RED

    findings = queries.examine()
    if args.json:
        watch = queries.watch() if not any(found.id == "migrations" and found.level == RED for found in findings) else None
        print(json.dumps({"findings": [found.as_json() for found in findings], "watch": watch}, ensure_ascii=False))
    else:
        _tell(findings)
    return 1 if any(found.level == RED for found in findings) else 0


def _tell(findings, file=None):
    for found in findings:
        (zh, do_zh), (en, do_en) = found.words("zh-hans"), found.words("en")
        print(f"{found.sign} {zh}  {en}", file=file)
        for line in filter(None, (do_zh, do_en)):
            print(f"    → {line}", file=file)


def run_serve(args):
    """Serve, unless the doctor finds what would lose or leak data."""
    host = args.bind.rpartition(":")[0].strip("[]")
    loopback = host == "localhost" or _is_loopback(host)
    if args.plain_http:
        if not loopback:
            return fail(args, "不用 HTTPS 只能在本机地址上试用,例如 --bind 127.0.0.1:8000。", "--plain-http only serves this machine: bind a loopback address.")
        os.environ["WANJIA_SECURE"] = "0"
        os.environ["WANJIA_HOSTS"] = "127.0.0.1,localhost,[::1]"
    os.environ["WANJIA_REQUEST_LOG"] = "1"
    import django

    django.setup()
    from wanjia.office.health import queries

    if stopping := queries.blocking(queries.examine()):
        _tell(stopping, file=sys.stderr)
        return fail(args, "因为上面红色的项,没有启动。", "Not started, because of the red findings above.")
    return _served(args, loopback)


def _served(args, loopback):
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from wanjia.office.pruning.commands import sweep
    from wanjia.office.serving.server import serve
    from wanjia.office.working.worker import beside

    sweep(timezone.now())
    connection.close()  # each worker opens its own
    trial = loopback and not settings.WANJIA_SECURE
    print(f"打开 http://{args.bind}/ / serving (Ctrl+C 停止 / stops)" if trial else f"服务在 {args.bind},请经代理用 HTTPS 打开 / serving; open it through the proxy", flush=True)  # fmt: skip
    with beside():
        return serve(args.bind, workers=args.workers)


def run_work(args):
    """Work in the background: climb, write digests, send. `wanjia serve` starts it by itself."""
    import django

    django.setup()
    from wanjia.office.working.worker import work

    work(beside=args.beside)
    return 0


def _is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run_grew(args):
    """Show rows, bytes and monthly growth per table, and what may be pruned."""
    import django

    django.setup()
    from wanjia.office.pruning import queries

    rows, prunable = queries.tables(), queries.prunable(180)
    if args.json:
        print(json.dumps({"tables": rows, "prunable": prunable}, ensure_ascii=False))
        return 0
    for row in rows:
        month = "" if row["month"] is None else f"  +{row['month']}/月 a month"
        print(f"{row['rows']:>10} 行 rows  {row['bytes'] / 1e6:>9.1f} MB{month}  {row['zh']} {row['table']}")
    print("可以清理(早于 180 天)/ may be pruned:")
    for name, n in prunable.items():
        print(f"{n:>10}  {name}")
    print("清理 / to prune: wanjia prune receipts sessions misses uploads --confirm")
    return 0


def run_prune(args):
    """Prune what was named, with --confirm; else say what it would be."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.office.pruning import commands, queries
    from wanjia.office.starting.rules import INSTALLER
    from wanjia.verdict import Refused

    if strange := [one for one in args.what if one not in queries.kinds()]:
        return fail(args, f"不能清理“{strange[0]}”。可以清理:{'、'.join(queries.kinds())}。", f"{strange[0]} cannot be pruned. These can: {', '.join(queries.kinds())}.")
    if not args.confirm or not args.what:
        found = queries.prunable(args.days)
        print(json.dumps({"would_prune": found}) if args.json else "\n".join(f"{n:>10}  {name}" for name, n in found.items()) + "\n没有删除:写明要清理的种类并加 --confirm / nothing deleted: name the kinds and add --confirm")
        return 0
    try:
        done = commands.prune(kinds=sorted(set(args.what)), days=args.days, by=INSTALLER, at=timezone.now())
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps({"pruned": done}) if args.json else "\n".join(f"{n:>10}  {name}" for name, n in done.items()))
    return 0


def run_retention(args):
    """Say of each class how long it is kept and what is due of it: counts alone."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.kernel.calendar import today
    from wanjia.office.retention import queries
    from wanjia.orgs.models import Area

    area = Area.objects.filter(code=args.area).first() if args.area else None
    if args.area and area is None:
        return fail(args, f"没有代码为 {args.area} 的地方。", f"There is no place {args.area}.")
    found = [one.plain() for one in queries.standing([area.span()] if area else [("0", ":")], today(timezone.now()))]
    if args.json:
        print(json.dumps({"classes": found, "ready": len(queries.ready(timezone.now()))}, ensure_ascii=False))
        return 0
    for one in found:
        counts = f"{one['due']:>8} 到期 due {one['held']:>6} 暂缓 held {one['listed']:>6} 已列 listed" if one["by"] == "list" else f"{one['fate']:>8}"
        print(f"{one['zh']}  {one['code']}  {counts}")
    return 0


def run_sweep(args):
    """Do the day's sweep: what was promised to go goes."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.office.pruning.commands import sweep

    n = sweep(timezone.now())
    print(json.dumps({"workbooks": n}) if args.json else f"日常清扫做完:到期的导入原表清除 {n} 份 / swept: {n} sealed workbooks")
    return 0
