"""`wanjia import` and `wanjia figures`: the same commands and queries as the pages, without the pages."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

KINDS = {"households": "household", "needs": "needs", "subsidies": "subsidy"}


def add_commands(commands):
    """Add the subcommands to the top parser."""
    taking = commands.add_parser("import", help="导入工作簿 / import a workbook")
    taking.add_argument("kind", choices=KINDS, metavar="households|needs|subsidies")
    taking.add_argument("file", type=Path)
    taking.add_argument("--by", required=True, metavar="USER", help="account in whose name and scope")
    taking.add_argument("--today", type=a_day, metavar="DAY")
    taking.add_argument("--sheet", help="which sheet, when there are several")
    taking.add_argument("--name", help="the name under which the file was sent")
    taking.add_argument("--confirm", action="store_true", help="write the accepted rows")
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(run=run_import)
    job = commands.add_parser("import-job", help="继续一次导入(由网页启动) / go on with an upload; started by the pages")
    job.add_argument("upload", metavar="UPLOAD")
    job.add_argument("--by-id", required=True, metavar="USER")
    job.add_argument("--json", action="store_true")
    job.set_defaults(run=run_import_job)
    retime = commands.add_parser("retime", help="按工作日历重算期限 / count deadlines anew by the calendar; goes on where a run stopped")
    who = retime.add_mutually_exclusive_group(required=True)
    who.add_argument("--by", metavar="USER", help="account of the ledger office in whose name")
    who.add_argument("--change", metavar="ID", help="which change of the calendar; started by the pages")
    retime.add_argument("--json", action="store_true")
    retime.set_defaults(run=run_retime)
    counting = commands.add_parser("figures", help="统计数 / figures of an area on a day")
    counting.add_argument("--area", metavar="CODE", help="area code; default: every area")
    counting.add_argument("--as-of", type=a_day, metavar="DAY")
    counting.add_argument("--json", action="store_true")
    counting.set_defaults(run=run_figures)


def a_day(text):
    """Read a day of the command line. Raises ArgumentTypeError with a sentence for none, and for one outside 1900–2199."""
    from wanjia.site.asked import FIRST_DAY, LAST_DAY

    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"“{text}”不是 1900 到 2199 年间的日期,请写成 2026-11-23。/ not a day between 1900 and 2199")
    return day


def fail(args, zh, en, code=2):
    """Say what is wrong, as JSON or as two sentences; return the exit code."""
    from wanjia.kernel.words import wide

    zh = wide(zh)
    if args.json:
        print(json.dumps({"error": {"zh": zh, "en": en}}, ensure_ascii=False))
    else:
        print(f"{zh}\n{en}", file=sys.stderr)
    return code


def run_import(args):
    """Import one workbook by the path that an upload takes: receive, judge, and with --confirm write."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.orgs.models import User
    from wanjia.registry.applying import commands as applying
    from wanjia.registry.importing import commands, queries
    from wanjia.verdict import Refused

    user = User.objects.filter(username=args.by).first()
    if user is None:
        return fail(args, f"没有“{args.by}”这个账号。", f"There is no account {args.by}.")
    if not args.file.is_file():
        return fail(args, f"找不到文件 {args.file}。", f"File {args.file} not found.")
    who = {"by": user, "at": timezone.now()}
    try:
        upload = commands.receive_upload(
            template=KINDS[args.kind], name=args.name or args.file.name, body=args.file.read_bytes(), today=args.today, **who
        )
        upload = commands.judge_upload(upload, sheet=args.sheet, **who)
        answer = queries.answer(upload)
        if args.confirm and upload.rows_ok and upload.state == "judged":
            commands.confirm_upload(upload_id=upload.pk, **who)
            upload = applying.apply_upload(upload, **who)
            answer |= {"state": upload.state, "applied": upload.done, "counts": upload.counts}
        elif upload.state in ("received", "judged"):
            commands.cancel_upload(upload_id=upload.pk, **who)
            commands.drop_cancelled()
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps(answer, ensure_ascii=False) if args.json else _told(answer))
    return 0


def run_import_job(args):
    """Judge or write one upload, in the name and scope of the user who asked for it."""
    import django

    django.setup()
    from wanjia.orgs.models import User
    from wanjia.registry.importing import jobs
    from wanjia.registry.models import Upload
    from wanjia.verdict import Refused

    user, upload = User.objects.filter(pk=args.by_id, is_active=True).first(), Upload.objects.filter(pk=args.upload).first()
    if user is None or upload is None:
        return fail(args, "没有这个账号或这次导入。", "There is no such account or upload.")
    try:
        upload = jobs.work(upload, by=user)
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps({"state": upload.state, "done": upload.done}) if args.json else f"{upload.get_state_display()} {upload.done}")
    return 0


def run_retime(args):
    """Count anew what the calendar moves, in the name of who keeps it; run again, it goes on with what is left."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.retiming import jobs
    from wanjia.orgs.models import DayChange, User
    from wanjia.verdict import Refused

    user = User.objects.filter(username=args.by, is_active=True).first() if args.by else None
    change = DayChange.objects.filter(pk=args.change).first() if args.change else None
    if user is None and change is None:
        return fail(args, "没有这个账号或这次日历改动。", "There is no such account or change of the calendar.")
    try:
        moved = jobs.work(change, at=timezone.now()) if change else jobs.go_on_as(user, at=timezone.now())
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps({"moved": moved}) if args.json else f"重算了 {moved} 件 / {moved} needs counted anew")
    return 0


def _told(answer):
    lines = [f"{answer['outcome']}  可导入 {answer['rows_ok'] or 0} 行,写入 {answer['applied']} 行"]
    return "\n".join(lines + [f"  {message['zh']}" for message in answer["messages"]])


def run_figures(args):
    """Print the figures of an area on a day."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.casework.models import Need
    from wanjia.kernel.calendar import today
    from wanjia.orgs.models import Area
    from wanjia.reporting.figures.queries import figures, in_area

    day = today(timezone.now())
    needs = Need.objects.all()
    if args.area:
        area = Area.objects.filter(code=args.area.ljust(12, "0") if len(args.area) < 12 else args.area).first()
        if area is None:
            return fail(args, f"没有代码为 {args.area} 的区划。", f"There is no area with code {args.area}.")
        needs = in_area(area.stem)
    rows = figures(needs, args.as_of, day)
    if args.json:
        print(json.dumps({"area": args.area, "as_of": (args.as_of or day).isoformat(), "figures": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        share = f"  {row['percent']}" if row["percent"] else ""
        print(f"{row['zh']}\t{row['shown']} {row['unit']}{share}\t{row['id']}")
    return 0
