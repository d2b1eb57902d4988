"""`wanjia people`: the office's own units and people from one workbook, and a first sign-in slip anew."""

import json
import sys
from pathlib import Path

from wanjia.doors.terminal import fail


def add_commands(commands):
    """Add `people` to the top parser."""
    people = commands.add_parser("people", help="单位与人员 / units and people").add_subparsers(required=True, metavar="ACT")
    blank = people.add_parser("template", help="写出空白工作簿 / write the empty workbook")
    blank.add_argument("file", type=Path)
    blank.add_argument("--json", action="store_true")
    blank.set_defaults(run=run_template)
    bring = people.add_parser("import", help="核对工作簿;加 --confirm 才写入 / check a workbook; --confirm writes it")
    bring.add_argument("file", type=Path)
    bring.add_argument("--confirm", action="store_true")
    bring.add_argument("--marked", type=Path, help="标好问题的工作簿写到哪里 / where to write the marked workbook")
    bring.add_argument("--slips", type=Path, help="首次登录条写到 .html 或 .pdf / where to write the slips")
    bring.add_argument("--json", action="store_true")
    bring.set_defaults(run=run_import)
    slip = people.add_parser("slip", help="重发首次登录条 / a first sign-in slip anew")
    slip.add_argument("username")
    slip.add_argument("--totp", action="store_true", help="同时设好新的动态口令 / with a new second factor")
    slip.add_argument("--slips", type=Path)
    slip.add_argument("--json", action="store_true")
    slip.set_defaults(run=run_slip)
    vouch = people.add_parser("vouch", help="没有第二人时确认账号在本人手里 / confirm an account where no second person is")
    vouch.add_argument("username")
    vouch.add_argument("--json", action="store_true")
    vouch.set_defaults(run=run_vouch)


def run_template(args):
    """Write the empty workbook."""
    import django

    django.setup()
    from wanjia.office.starting.template import workbook

    try:
        args.file.write_bytes(workbook())
    except OSError as error:
        return fail(args, f"写不到 {args.file}:{error.strerror}。", f"Cannot write {args.file}: {error.strerror}.")
    print(json.dumps({"file": str(args.file)}) if args.json else f"已写到 {args.file} / written")
    return 0


def run_import(args):
    """Judge the workbook and say what it would bring; write it only with --confirm and without a fault."""
    import django

    django.setup()
    from wanjia.office.starting import marked, opening
    from wanjia.verdict import Refused

    from .cli_init import tell_slips

    if not args.file.is_file():
        return fail(args, f"找不到文件 {args.file}。", f"File {args.file} not found.")
    data = args.file.read_bytes()
    bringing = opening.Bringing(data, args.file.name)
    roster = bringing.roster
    if args.marked:
        args.marked.write_bytes(marked.workbook(data, roster.faults))
    if roster.faults or not args.confirm:
        return _preview(args, roster)
    try:
        return tell_slips(args, bringing.confirm())
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")


def _preview(args, roster):
    counts = {"areas": len(roster.areas), "units": len(roster.units), "people": len(roster.people)}
    if args.json:
        print(json.dumps({**counts, "left": roster.left, "faults": [str(fault) for fault in roster.faults]}, ensure_ascii=False))
    else:
        for fault in roster.faults:
            print(f"✗ {fault}", file=sys.stderr)
        print(f"区划 {counts['areas']} 个,单位 {counts['units']} 个,人员岗位 {counts['people']} 条;要改的 {len(roster.faults)} 处 / areas, units, people, faults")
        if roster.left:
            print(f"现有、名单里没有写的单位 {len(roster.left)} 个,保持不变 / units that stand and are not named stay: {'、'.join(roster.left)}")
        if not roster.faults:
            print("没有写入;加 --confirm 写入 / nothing written yet: add --confirm")
    return 2 if roster.faults else 0


def run_slip(args):
    """Give one account a slip anew: for whoever is locked out."""
    import django

    django.setup()
    from wanjia.office.starting import opening
    from wanjia.verdict import Refused

    from .cli_init import tell_slips

    try:
        return tell_slips(args, [opening.slip_anew(args.username, factor=args.totp)])
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")


def run_vouch(args):
    """Confirm an account on the machine itself."""
    import django

    django.setup()
    from wanjia.office.starting import opening
    from wanjia.verdict import Refused

    try:
        n = opening.vouch(args.username)
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps({"confirmed": n}) if args.json else f"已确认 {n} 项 / confirmed")
    return 0
