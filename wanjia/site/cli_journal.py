"""`wanjia journal verify` and `wanjia journal anchor`: is the journal whole, and what was it when."""

from pathlib import Path

from .cli_kernel import finish


def add_commands(commands):
    """Hang the subcommands under the parser."""
    journal = commands.add_parser("journal", help="操作日志 / the journal").add_subparsers(required=True, metavar="ACT")
    verify = journal.add_parser("verify", help="逐条核对日志链 / walk the chain")
    verify.add_argument("--since", type=int, default=0, metavar="SEQ", help="从第几条之后查起 / start after this line")
    verify.add_argument("--anchor", nargs="+", default=[], metavar="CODE", help="月度通报上印的锚码 / codes printed on notices")
    verify.add_argument("--anchors", type=Path, metavar="FILE", help="审计单位保存的锚文件 / the anchors' file kept by the auditors")
    verify.add_argument("--public-key", default="", metavar="HEX", help="锚定时记下的公钥 / the public key noted at an anchor")
    finish(verify, journal_verify)
    finish(journal.add_parser("anchor", help="锚定日志:签名、记入锚文件 / sign and anchor the journal as it stands"), journal_anchor)


def journal_verify(args):
    """Verify the chain, and hold it against anchors. Exit code 1 when it is broken, 2 when the anchors' file is missing."""
    from wanjia.kernel import journal
    from wanjia.kernel.models import Head
    from wanjia.orgs.trail import anchor

    if args.anchors and not args.anchors.is_file():
        return {"error": "anchors"}, f"找不到锚文件 {args.anchors}。/ The anchors' file {args.anchors} is missing.", 2
    read, fault = journal.verify(args.since)
    faults = [str(fault)] if fault else []
    faults += anchor.faults(args.anchor, args.anchors.read_text().splitlines() if args.anchors else None, args.public_key)
    head = Head.objects.filter(pk=1).first()
    answer = {
        "ok": not faults, "lines": read, "fault": faults[0] if faults else None, "faults": faults,
        "head": {"seq": head.seq, "digest": head.digest} if head else None, "code": anchor.code() if head else None,
    }  # fmt: skip
    if faults:
        return answer, "\n".join(f"日志有问题:{one}" for one in faults), 1
    return answer, f"日志完整,共核对 {read} 条。锚码 {answer['code'] or '无'}", 0


def journal_anchor(args):
    """Anchor the journal as it stands; print the code and the public key."""
    from django.utils import timezone

    from wanjia.kernel.command import SystemActor
    from wanjia.orgs.trail import anchor
    from wanjia.orgs.trail.commands import anchor_journal
    from wanjia.verdict import Refused

    try:
        made = anchor_journal(by=SystemActor(name="系统"), at=timezone.now())
    except Refused as refusal:
        return {"error": str(refusal.reason)}, str(refusal.reason), 2
    answer = {"code": made.code, "seq": made.seq, "digest": made.digest, "public_key": anchor.public_key()}
    return answer, f"已锚定:{made.code}\n公钥 {answer['public_key']}", 0
