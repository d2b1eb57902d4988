"""`wanjia labour load`: files of labourers into the register; `wanjia demo labour`: the invented city."""

import json
import sys
from pathlib import Path

from wanjia.doors.terminal import a_day, fail

from .cli_city import add_city


def add_commands(commands):
    """Add the subcommands to the top parser."""
    add_city(commands)
    labour = commands.add_parser("labour", help="劳动力台账 / the register of labourers").add_subparsers(required=True, metavar="ACT")
    load = labour.add_parser("load", help="装载劳动力名册(CSV、Parquet、XLSX) / load files of labourers")
    load.add_argument("files", type=Path, nargs="+", metavar="FILE")
    load.add_argument("--by", required=True, metavar="USER", help="装载人的账号 / account of the person who answers for it")
    load.add_argument("--as-of", type=a_day, metavar="DAY", help="名册截至哪天(默认今天) / the day that the file speaks of")
    load.add_argument("--dry-run", action="store_true", help="只核对,不写入 / judge, write nothing")
    load.add_argument("--faults", type=Path, metavar="CSV", help="把有问题的行连同原因写到这里(仅本人可读) / where a marked copy of refused rows goes")
    load.add_argument("--processes", type=int, metavar="N", help="几个进程一起做 / how many processes beside the loader")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=run_load)
    job = commands.add_parser("roll-job", help="处理一份上传的名册(由网页启动) / work one file that was sent; started by the pages")
    job.add_argument("roll", metavar="ROLL")
    job.add_argument("--json", action="store_true")
    job.set_defaults(run=run_roll_job)


def run_roll_job(args):
    """Judge or write one file, in the name of whoever sent it."""
    import django

    django.setup()
    from wanjia.solving.runs.process import limit

    from .loading.start import give_way
    from .models import Roll
    from .rolls import process
    from .rolls.rules import MEMORY_MB

    give_way()
    limit(MEMORY_MB)  # what somebody uploaded is read here: it may cost this process its life, never the machine
    roll = Roll.objects.filter(pk=args.roll).first()
    if roll is None:
        return 2
    return 1 if process.run(roll).state == "failed" else 0


def run_load(args):
    """Load files one after the other; stop at the first that cannot be. Ctrl-C leaves the last whole part, and the same command goes on from there."""
    import django

    django.setup()
    from wanjia.orgs.models import User
    from wanjia.sheets.codes import sentence
    from wanjia.sheets.limits import Reject
    from wanjia.verdict import Refused

    from .loading.commands import load_file
    from .loading.start import give_way

    give_way()
    user = User.objects.filter(username=args.by, is_active=True).first()
    if user is None:
        return fail(args, f"没有“{args.by}”这个账号。", f"There is no account {args.by}.")
    answers = []
    for path in args.files:
        if not path.is_file():
            return fail(args, f"找不到文件 {path}。", f"File {path} not found.")
        try:
            faults = args.faults and (args.faults if len(args.files) == 1 else args.faults.with_name(f"{args.faults.stem}-{path.stem}{args.faults.suffix}"))
            answer = load_file(path, by=user, as_of=args.as_of, dry_run=args.dry_run, say=None if args.json else _say, faults=faults, processes=args.processes)
        except Reject as refusal:
            return fail(args, f"《{path.name}》:{sentence(refusal.code, 'zh', refusal.detail)}", f"{path.name}: {sentence(refusal.code, 'en', refusal.detail)}")
        except Refused as refusal:
            return fail(args, str(refusal.reason), "Refused.")
        except KeyboardInterrupt:
            return fail(args, "已停下。写完的部分是完整的,再运行同一条命令就接着装。", "Stopped. What is written is whole; the same command goes on from there.", 130)
        answers.append({"file": path.name, **answer})
        if not args.json:
            print(_told(answers[-1]))
    if args.json:
        print(json.dumps(answers, ensure_ascii=False))
    return 0


def _say(word, done, of):
    if sys.stderr.isatty():
        words = {"judged": "核对", "written": "写入"}[word]
        print(f"\r{words} {done}/{of}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _told(answer):
    if answer["known"]:
        return f"{answer['file']}  这份名册装载过了,没有写入。 / loaded before; nothing written."
    head = f"{answer['file']}  {answer['rows']} 行,可装载 {answer['rows_ok']} 行,退回 {answer['rows_refused']} 行"
    lines = [f"  {code}  {n}" for code, n in sorted(answer["findings"].items(), key=lambda one: -one[1])]
    counts = "  ".join(f"{name} {n}" for name, n in answer["counts"].items())
    return "\n".join([head, *lines, *([f"  {counts}"] if counts else [])])
