"""`wanjia demo`: the demo county, from nothing to counted needs, by the same path as a user's own upload; then serve."""

import json
import time

from wanjia.doors.terminal import fail
from wanjia.verdict import Refused

UPLOADER = "yongshan"  # who brings the workbooks in: the county's own ledger office
COUNTY = "530625"


def add_commands(commands):
    """Add `demo` to the top parser."""
    demo = commands.add_parser("demo", help="演示县 / build the demo county, count, and serve it")
    demo.add_argument("--serve", action="store_true")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=run_demo)


def run_demo(args):
    """Build what is missing, print what the main job counted and every demo account; with --serve, serve."""
    say = (lambda sentence: None) if args.json else (lambda sentence: print(f"· {sentence}", flush=True))
    started = time.monotonic()
    try:
        world, rows = build(say)
    except Refused as refusal:
        return fail(args, str(refusal.reason), "This database belongs to a real office: the demo is refused. Point WANJIA_VAR to an empty folder.")
    if args.json:
        print(json.dumps({"figures": rows, "accounts": [list(row) for row in world.accounts]}, ensure_ascii=False))
    else:
        _print(world, rows, time.monotonic() - started)
    if not args.serve:
        return 0
    print(f"\n打开 http://127.0.0.1:{args.port}/ (按 Ctrl+C 停止) / open it in a browser", flush=True)
    from wanjia.office.serving.server import serve
    from wanjia.office.working.worker import beside

    with beside():
        return serve(f"127.0.0.1:{args.port}")


def build(say):
    """Migrate, build the demo world, import the workbooks that the apps bring, once; return (world, figure rows)."""
    import django

    django.setup()
    from django.core.management import call_command

    from wanjia.kernel.brings import gather
    from wanjia.sealing import proof

    from .demo.world import build_world, opened_at

    say("数据库 / database")
    call_command("migrate", verbosity=0)
    proof.first_set_up()
    say("永善县的区划、单位、岗位和账号 / areas, units, posts and accounts of Yongshan")
    at = opened_at()
    world, plantings = build_world(at=at), gather("DEMO")
    for planting in plantings:
        for template, path in planting.workbooks:
            bring_in(world, template, path, say, at)
    for planting in plantings:
        for area in (COUNTY, *world.elsewhere) if planting.live else ():
            planting.live(area, say)
    _this_morning(world)
    return world, [row for planting in plantings if planting.count for row in planting.count(COUNTY)]


def _this_morning(world):
    """What has just happened: a deputy is proposed, somebody left; and the night's timer has been by: old workbooks are gone."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from wanjia.office.pruning.commands import sweep

    from .demo.leaving import somebody_leaves
    from .demo.world import INSTALLER, propose_deputy

    now = timezone.now()
    propose_deputy(world, at=now)
    somebody_leaves(world, by=INSTALLER, hashed=make_password(world.password), at=now)
    sweep(now)


def bring_in(world, template, path, say, at):
    """Import one of the demo's workbooks unless this very file is in already."""
    import hashlib

    from wanjia.registry.applying import commands as applying
    from wanjia.registry.importing import commands
    from wanjia.registry.models import Upload

    body, name = path.read_bytes(), path.name
    if Upload.objects.filter(digest=hashlib.sha256(body).hexdigest(), template=template, state="applied").exists():
        return
    say(f"导入 {name}:核对每一行 / importing {name}")
    who = {"by": world.user(UPLOADER), "at": at}
    upload = commands.receive_upload(template=template, name=name, body=body, **who)
    upload = commands.judge_upload(upload, **who)
    commands.confirm_upload(upload_id=upload.pk, **who)
    upload = applying.apply_upload(upload, **who)
    say(f"  写入 {upload.done} 行,{upload.rows_refused} 行标出待改 / {upload.done} rows written, {upload.rows_refused} marked to be mended")


def _print(world, rows, seconds):
    from wanjia.kernel.brings import gather

    by_id = {row["id"]: row for row in rows}
    print(f"\n永善县(截至 {rows[0]['as_of'] if rows else '—'},用时 {seconds:.1f} 秒)")
    for row in (by_id[one] for planting in gather("DEMO") for one in planting.shown if one in by_id):
        print(f"  {row['zh']:<16} {row['shown']:>9} {row['unit']}  {row['percent'] or '':>8}  {row['en']}")
    print(f"\n演示账号(密码都是 {world.password})/ demo accounts, one password")
    for username, role, unit in world.accounts:
        print(f"  {username:<14} {role}  {unit}")
