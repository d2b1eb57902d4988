"""`wanjia keys add`, `wanjia keys rotate`: what the keeper of an installation does by hand."""

import json
import sys


def add_commands(commands):
    """Hang the subcommands under the parser."""
    keys = commands.add_parser("keys", help="密钥 / the key ring").add_subparsers(required=True, metavar="ACT")
    add = keys.add_parser("add", help="添加新密钥并启用,旧密钥留作解密 / add a key and use it")
    add.add_argument("role", choices=["encrypt", "index"], help="encrypt: 加密, index: 盲索引")
    add.add_argument("--suite", choices=["AES-GCM", "SM4-GCM", "HMAC-SHA256", "HMAC-SM3"], help="默认沿用现用套件")
    _finish(add, keys_add)
    rotate = keys.add_parser("rotate", help="用现用密钥重新加密,可中断续做 / seal everything anew, resumable")
    rotate.add_argument("--batch", type=int, default=500, metavar="ROWS")
    _finish(rotate, keys_rotate)


def _finish(parser, run):
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    parser.set_defaults(run=lambda args: _with_django(run, args))


def _with_django(run, args):
    import django

    django.setup()
    answer, words, code = run(args)
    print(json.dumps(answer, ensure_ascii=False) if args.json else words)
    return code


def keys_add(args):
    """Add a key of the given suite, or of the suite in use."""
    from wanjia.kernel import keys

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
    from wanjia.kernel import fields

    done = {}
    for model in fields.rotated_models():
        last, rows = None, 0
        while batch := fields.rotate(model, batch=args.batch, after=last):
            last, rows = batch.last, rows + batch.rows
            if not args.json:
                print(f"\r{model._meta.verbose_name} {rows}", end="", file=sys.stderr, flush=True)
        done[model._meta.label_lower] = rows
    total = sum(done.values())
    return {"rows": total, "models": done}, f"\n已重新加密 {total} 行。", 0
