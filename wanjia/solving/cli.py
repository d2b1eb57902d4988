"""`wanjia plan-job`: one run of an engine; started by the pages."""


def add_commands(commands):
    """Add the subcommand to the top parser."""
    job = commands.add_parser("plan-job", help="计算一版方案(由网页启动) / work one plan; started by the pages")
    job.add_argument("plan", metavar="PLAN")
    job.add_argument("--json", action="store_true")
    job.set_defaults(run=run_plan_job)


def run_plan_job(args):
    """Work one plan in the name of whoever asked for it."""
    import django

    django.setup()
    from wanjia.solving.kinds import kind_of
    from wanjia.solving.models import Plan
    from wanjia.solving.runs import process

    plan = Plan.objects.filter(pk=args.plan).first()
    if plan is None:
        return 2
    process.limit(kind_of(plan).memory_mb)
    return 0 if process.run(plan).state == "ready" else 1
