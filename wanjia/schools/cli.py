"""`wanjia schools roster`: what stands at the gates in a month, or a new version of it."""

import json

from wanjia.doors.terminal import fail


def add_commands(commands):
    """Add the subcommands to the top parser."""
    schools = commands.add_parser("schools", help="校园安全 / schools").add_subparsers(required=True, metavar="ACT")
    roster = schools.add_parser("roster", help="一个月的护学岗:应有、排到、空岗、报警、违规 / the guard posts of a month: due, held, uncovered, told, rules broken")
    roster.add_argument("--month", required=True, metavar="YYYY-MM")
    roster.add_argument("--area", metavar="CODE", help="哪个县(只有一个时不用写) / the county, where there are several")
    roster.add_argument("--draw", action="store_true", help="先测算一版,看过再启用 / have a version worked first; a person puts it in force")
    roster.add_argument("--by", metavar="USER", help="谁要测算的(账号) / account of the person who asks for it")
    roster.add_argument("--json", action="store_true")
    roster.set_defaults(run=run_roster)


def run_roster(args):
    """Tell how a month stands; exit code 1 when a rule is broken or an uncovered seat has no alarm."""
    import django

    django.setup()
    from django.utils import timezone

    from wanjia.orgs.models import Area, User
    from wanjia.verdict import Refused

    from .models import School
    from .rostering import told
    from .rostering.commands import days_of

    at = timezone.now()
    counties = sorted({code[:6] for code in School.objects.values_list("area", flat=True)})
    code = (args.area or (counties[0] if len(counties) == 1 else "")).ljust(12, "0")[:12]
    area = Area.objects.filter(pk=code).first()
    if area is None:
        return fail(args, "没有找到这个县,或者还没有登记学校;几个县的用 --area 写明。", "No such county, or no schools yet; where there are several, name one by --area.")
    try:
        first, end = days_of(area, args.month, timezone.localdate(at))
        if args.draw:
            user = User.objects.filter(username=args.by or "", is_active=True).first()
            if user is None:
                return fail(args, "测算要用 --by 写明是谁要的。", "Who asks for it? Name an account by --by.")
            plan, counts = told.draw(area, args.month, by=user, at=at)
            print(json.dumps(counts, ensure_ascii=False) if args.json else _drawn(plan, counts))
            return 0 if plan.state == "ready" else 1
        found = told.told(area, first, end, at)
    except Refused as refusal:
        return fail(args, str(refusal.reason), "Refused.")
    print(json.dumps(found) if args.json else _words(found))
    return 1 if found["breaches"] or found["alarms"] < found["uncovered"] else 0


def _words(found):
    zh = "应有 {seats} 岗,有人 {covered},空岗 {uncovered}(已报警或到时报警 {alarms}),违规 {breaches}。".format(**found)
    return f"{zh}\n{found['seats']} seats due, {found['covered']} held, {found['uncovered']} uncovered ({found['alarms']} told or to be told), {found['breaches']} rules broken."


def _drawn(plan, counts):
    if plan.state != "ready":
        return f"没有算成:{plan.fault}"
    return "第 {number} 版:应有 {seats} 岗,空岗 {uncovered},引擎 {seconds} 秒,共 {whole_seconds} 秒。看过再启用。".format(number=plan.number, **counts)
