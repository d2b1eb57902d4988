"""强制报告: few questions, in the order in which a frightened person can answer them."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm, Moment
from wanjia.kernel.calendar import CHINA
from wanjia.orgs.fields import FoundField, ToldReason
from wanjia.orgs.models import Area, Level, Organisation

# The ten situations that the law's guidance names (国家监委等九部门 2020 opinion; provincial lists).
SITUATIONS = [
    _("隐私部位受伤"), _("不满 14 岁:遭性侵、怀孕、流产"), _("14 岁以上:因性侵怀孕、流产"), _("多处受伤、严重营养不良、意识不清,疑似被打、被欺凌、被虐待"),
    _("自杀、自残、中毒、工伤、被殴打致残致死"), _("被遗弃或长期无人照料"), _("来源不明、失踪、疑似被拐卖"), _("被组织乞讨"), _("热线或他人反映的侵害线索"),
    _("正在面临危险或其他严重伤害"),
]  # fmt: skip


class ReportChild(ActForm):
    """What the sealed record needs at once; the rest follows."""

    area = FoundField(label=_("孩子在哪里(村、社区)"), help_text=_("写村名里的几个字,从列表里选;只知道乡镇的,写乡镇。"))
    child_words = forms.CharField(label=_("孩子是谁"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("姓名、大概年龄、家里是谁、现在在哪。不知道的写“不知道”。"))
    situation = forms.ChoiceField(label=_("是哪种情形"), choices=[("", _("请选择")), *((words, words) for words in SITUATIONS)])
    facts = forms.CharField(label=_("看到、听到了什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("写事实,不用下结论。不要自己去问孩子细节。"))
    discovered_at = forms.DateTimeField(label=_("什么时候发现的"), widget=Moment)
    called_police_at = forms.DateTimeField(label=_("什么时候打的 110"), widget=Moment, required=False, help_text=_("还没打,请现在打:点上面的 110。"))
    reported_to = forms.CharField(label=_("还报告了哪些机关"), max_length=120, required=False, help_text=_("派出所、民政、教育、妇联……"))
    receipt_no = forms.CharField(label=_("接警或回执编号"), max_length=60, required=False)
    suspects_unit = FoundField(
        label=_("涉嫌的人在哪个单位"), required=False,
        help_text=_("不知道或没有单位的不填。写单位名里的几个字,从列表里选;选了以后,这个单位的人谁也看不到这份记录。"),
    )  # fmt: skip

    def __init__(self, *args, actor, here="", **kwargs):
        super().__init__(*args, actor=actor, **kwargs)
        rows, own = places(actor)
        self.fields["area"].offer(rows, next((area for area, _words in rows if area.code == here), own))
        self.fields["suspects_unit"].offer(units(actor, self.day))
        self.fields["discovered_at"].initial = timezone.now().astimezone(CHINA).replace(second=0, microsecond=0)


def places(actor):
    """Return ([(area, words)] of the villages and townships of the actor's county, the own ones first, the own village or None)."""
    here, county = _here(actor)
    found = Area.objects.filter(code__startswith=county, level__in=(Level.TOWNSHIP, Level.VILLAGE), to_on=None).select_related("parent")
    rows = sorted(found, key=lambda area: (_far(area.code, here), area.code))
    words = [(area, f"{area.parent.short_name} · {area.short_name}" if area.level == Level.VILLAGE else area.name) for area in rows]
    return words, next((area for area in rows if area.level == Level.VILLAGE and area.code == here), None)


def units(actor, day):
    """Return [(unit, words)] of the county's living units, those of the own village and township first."""
    here, county = _here(actor)
    found = Organisation.objects.on(day).filter(area__code__startswith=county).select_related("area")
    rows = sorted(found, key=lambda unit: (_far(unit.area_id, here), unit.name))
    return [(unit, f"{unit.area.short_name} · {unit.name}") for unit in rows]


def _here(actor):
    here = max((post.reach.code for post in actor.live_posts), key=lambda code: len(code.rstrip("0")), default="-")
    return here, here[:6]


def _far(code, here):
    """0 in the same village, 1 in the same township, 2 elsewhere in the county."""
    return 0 if code == here else 1 if code[:9] == here[:9] else 2


class OpenReport(ToldReason):
    """Why the sealed record is opened."""

    USUAL = (_("第一次打开,准备处置"), _("跟进处置进展"), _("配合公安、检察、民政等机关"), _("补记回执或处置结果"))
    HELP = _("点一个,或者自己写(至少 4 个字)。每次打开都先记入日志。")
