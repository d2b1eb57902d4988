"""`wanjia import` and `wanjia import-job`: the same commands and queries as the pages, without the pages."""

import json
from pathlib import Path

from wanjia.doors.terminal import a_day, fail


def add_commands(commands):
    """Add the subcommands to the top parser."""
    taking = commands.add_parser("import", help="导入工作簿 / import a workbook")
    taking.add_argument("kind", metavar="KIND", help="households, subsidies, and what the installed apps bring; another word is answered with the list")
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


def run_import(args):
    """Import one workbook by the path that an upload takes: receive, judge, and with --confirm write."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.orgs.models import User
    from wanjia.registry.importing.brought import called
    from wanjia.verdict import Refused

    if args.kind not in (known := called()):
        return fail(args, f"不认识“{args.kind}”这种表,可以导入的有:{'、'.join(known)}。", f"Unknown kind {args.kind}; there are: {', '.join(known)}.")
    user = User.objects.filter(username=args.by).first()
    if user is None:
        return fail(args, f"没有“{args.by}”这个账号。", f"There is no account {args.by}.")
    if not args.file.is_file():
        return fail(args, f"找不到文件 {args.file}。", f"File {args.file} not found.")
    try:
        answer = _imported(args, known[args.kind], by=user, at=timezone.now())
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps(answer, ensure_ascii=False) if args.json else _told(answer))
    return 0


def _imported(args, template, **who):
    """Receive and judge the workbook; write what is good of it, or drop what nobody confirms. Returns what is to be told."""
    from wanjia.registry.applying import commands as applying
    from wanjia.registry.importing import commands, queries

    upload = commands.receive_upload(template=template, name=args.name or args.file.name, body=args.file.read_bytes(), today=args.today, **who)
    upload = commands.judge_upload(upload, sheet=args.sheet, **who)
    answer = queries.answer(upload)
    if args.confirm and upload.rows_ok and upload.state == "judged":
        commands.confirm_upload(upload_id=upload.pk, **who)
        upload = applying.apply_upload(upload, **who)
        answer |= {"state": upload.state, "applied": upload.done, "counts": upload.counts}
    elif upload.state in ("received", "judged"):
        commands.cancel_upload(upload_id=upload.pk, **who)
        commands.drop_cancelled()
    return answer


def run_import_job(args):
    """Judge or write one upload, in the name and scope of the user who asked for it."""
    import django

    django.setup()
    from wanjia.orgs.models import User
    from wanjia.registry.applying import jobs
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


def _told(answer):
    lines = [f"{answer['outcome']}  可导入 {answer['rows_ok'] or 0} 行,写入 {answer['applied']} 行"]
    return "\n".join(lines + [f"  {message['zh']}" for message in answer["messages"]])
