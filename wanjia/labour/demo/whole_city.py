"""The invented city in a database of its own: its labourers loaded as a county's file is, its units, and each printed figure beside what the rows say."""

import tempfile
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.orgs.accounts.commands import create_user, give_post
from wanjia.orgs.areas import commands as areas
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.units.commands import keep_organisation
from wanjia.reporting.figures.population import populations
from wanjia.reporting.figures.queries import figures, in_area
from wanjia.verdict import Refused

from ..city import making, page
from ..loading.commands import load_file
from . import units

CITY, BUREAU = "530600000000", "昭通市人力资源和社会保障局"
PASSWORD = "jianjianyouzhu"  # that of every account of a demo: no office has such a one
LISTS = Path(areas.__file__).parent
INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS}))
STAFF = {"shirenshe": ("市人社就业科", Role.LABOUR_OFFICER), "shifenxi": ("市人社统计科", Role.LABOUR_ANALYST)}


def bring_in(people, say, *, processes=None):
    """Make, load and plant the city in an empty database that is migrated. Returns what `loaded` says. Raises Refused where somebody works already."""
    officer, analyst = staff(timezone.now())
    with tempfile.TemporaryDirectory() as folder:
        made = making.make(people, Path(folder), one_file=True, format="parquet")
        say(f"造出 {people} 名劳动力的名册")
        told = load_file(made.files[0][0], by=analyst, processes=processes)
    say(f"装载 {told['rows_ok']} 行")
    units.plant(officer, analyst, timezone.now(), say)
    return loaded()


def staff(at):
    """Return the city's officer and analyst, opened with the areas of the city where the database is empty."""
    if User.objects.exclude(username__in=STAFF).exists():
        raise Refused(_("这个数据库里已有别的账号,不能装虚构的全市名册。请另设 WANJIA_VAR 指向一个空文件夹。"))
    if not Area.objects.filter(pk=CITY).exists():
        for name in ("zhaotong_counties.csv", "zhaotong_villages.csv"):
            areas.load_areas(text=(LISTS / name).read_text(encoding="utf-8"), edition="demo", by=INSTALLER, at=at)
    if not User.objects.exists():
        bureau = keep_organisation(name=BUREAU, area=Area.objects.get(pk=CITY), tier=Tier.COUNTY, phone="0870-0000000", by=INSTALLER, at=at)
        kept = make_password(PASSWORD)
        for username, (name, role) in STAFF.items():
            user = create_user(username=username, name=name, password=kept, hashed=True, must_change_password=False, by=INSTALLER, at=at)
            give_post(user_id=user.pk, organisation=bureau, role=role, from_on=today(at), by=INSTALLER, at=at)
    return [User.objects.get(username=username) for username in STAFF]


def loaded():
    """Return [(the page's words, figure id, what the rows say, what they should)] of the city as it stands."""
    day = today(timezone.now())
    rows = {row["id"]: row for of in populations(None) for row in figures(in_area(of, Area.objects.get(pk=CITY).stem), None, day)}
    return page.table(rows, rows["labour.labourers"]["n"])
