"""`wanjia keys add`, `wanjia keys rotate`: what the keeper of an installation does by hand."""

import json
import sys
from pathlib import Path


def add_commands(commands):
    """Hang the subcommands under the parser."""
    keys = commands.add_parser("keys", help="密钥 / the key ring").add_subparsers(required=True, metavar="ACT")
    add = keys.add_parser("add", help="添加新密钥并启用,旧密钥留作解密 / add a key and use it")
    add.add_argument("role", choices=["encrypt", "index"], help="encrypt: 加密, index: 盲索引")
    add.add_argument("--suite", choices=["AES-GCM", "SM4-GCM", "HMAC-SHA256", "HMAC-SM3"], help="默认沿用现用套件")
    finish(add, keys_add)
    rotate = keys.add_parser("rotate", help="用现用密钥重新加密,可中断续做 / seal everything anew, resumable")
    rotate.add_argument("--batch", type=int, default=500, metavar="ROWS")
    finish(rotate, keys_rotate)
    recovery = keys.add_parser("recovery", help="打印恢复单,两人各管一半 / print the recovery sheet in two halves")
    recovery.add_argument("--html", type=Path, metavar="FILE", help="写成可打印的网页 / as a page to print")
    finish(recovery, keys_recovery)
    restore = keys.add_parser("restore", help="用两半恢复单恢复密钥环 / restore the ring from the two halves")
    restore.add_argument("halves", nargs="*", type=Path, help="两个文件;不写则从标准输入读")
    finish(restore, keys_restore)


def finish(parser, run):
    """Give the subcommand its --json and its function; a refusal becomes its sentence and exit code 2."""
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    parser.set_defaults(run=lambda args: _with_django(run, args))


def _with_django(run, args):
    import django

    django.setup()
    from django.db import DatabaseError

    from wanjia.verdict import Refused

    from .faults import HELD, QUICKER, WAITED, fault_of

    try:
        answer, words, code = run(args)
    except Refused as refusal:
        return _refused(args, refusal.reason)
    except DatabaseError as error:
        fault = fault_of(error)
        if fault is None or fault is QUICKER:  # a fault of ours, not of the machine: nobody could act on a sentence
            raise
        return _refused(args, HELD if fault is WAITED else fault.sentence)
    print(json.dumps(answer, ensure_ascii=False) if args.json else words)
    return code


def _refused(args, reason):
    from django.utils.translation import override

    from wanjia.doors.words import wide

    with override("zh-hans"):
        zh = wide(str(reason))
    with override("en"):
        en = str(reason)
    print(json.dumps({"error": {"zh": zh, "en": en}}, ensure_ascii=False) if args.json else f"{zh}\n{en}")
    return 2


def keys_add(args):
    """Add a key of the given suite, or of the suite in use."""
    from wanjia.sealing import keys

    role = "current" if args.role == "encrypt" else "index"
    ring = keys.ring()
    suite = args.suite or ring["keys"][ring[role]]["suite"]
    try:
        name = keys.add_key(role, suite)
    except ValueError:
        return {"error": "suite"}, f"{suite} 不能用于 {args.role}。加密用 AES-GCM 或 SM4-GCM,盲索引用 HMAC-SHA256 或 HMAC-SM3。", 2
    return {"role": args.role, "key": name, "suite": suite}, f"已添加并启用密钥 {name}({suite})。请备份密钥环,再运行 wanjia keys rotate。", 0


def keys_rotate(args):
    """Seal every row anew that an older key sealed. Stop it when you like: the next run goes on."""
    from wanjia.sealing import columns, fields

    done, faults = {}, []
    for model in columns.rotated_models():
        last, rows = None, 0
        while batch := fields.rotate(model, batch=args.batch, after=last):
            last, rows = batch.last, rows + batch.rows
            faults += batch.faults
            if not args.json:
                print(f"\r{model._meta.verbose_name} {rows}", end="", file=sys.stderr, flush=True)
        done[model._meta.label_lower] = rows
    total = sum(done.values())
    places = [dict(zip(("table", "column", "row"), place.split("|"), strict=True)) for place in faults]
    words = [f"\n已重新加密 {total} 行。"]
    words += [f"打不开,没有动:表 {p['table']},列 {p['column']},行 {p['row']}" for p in places]
    return {"rows": total, "models": done, "faults": places}, "\n".join(words), 1 if faults else 0


def keys_recovery(args):
    """Print the two halves of the recovery sheet. Neither says anything alone."""
    from wanjia.office.keeping import commands as recovery

    halves = recovery.split()
    if args.html:
        args.html.write_text(recovery.page(halves), encoding="utf-8")
        args.html.chmod(0o600)
        return {"file": str(args.html)}, f"恢复单在 {args.html}。打印后两半分给两个人保管,并删掉这个文件。", 0
    return {"halves": halves}, "\n\n\f\n".join(halves), 0


def keys_restore(args):
    """Put the ring back from the two halves, once it is proved against the database."""
    from wanjia.office.keeping import commands as recovery

    texts = [path.read_text() for path in args.halves] if args.halves else sys.stdin.read().split("\f")
    recovery.restore(texts)
    return {"restored": True}, "密钥环已恢复,并与数据库核对相符。", 0
