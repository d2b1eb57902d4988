"""The words of the demand side: evidence, complaints, vacancies, agreements, units away. Tables of moves of those that have one."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class ProofState(TextChoices):
    """Where a piece of evidence about an employer stands."""

    ENTERED = "entered", _("待核实佐证")
    STANDS = "stands", _("核实属实")
    REFUSED = "refused", _("不予采信")


PROOF = Machine("proof", initial=[ProofState.ENTERED], moves=[
    Move("confirm", (ProofState.ENTERED,), ProofState.STANDS, _("核实佐证")),
    Move("refuse", (ProofState.ENTERED, ProofState.STANDS), ProofState.REFUSED, _("不采信佐证")),
])  # fmt: skip


class ComplaintState(TextChoices):
    """Where a complaint about an employer stands."""

    RECEIVED = "received", _("待查实投诉")
    JUSTIFIED = "justified", _("查实")
    UNFOUNDED = "unfounded", _("查不实")


COMPLAINT = Machine("complaint", initial=[ComplaintState.RECEIVED], moves=[
    Move("uphold", (ComplaintState.RECEIVED,), ComplaintState.JUSTIFIED, _("查实投诉")),
    Move("dismiss", (ComplaintState.RECEIVED,), ComplaintState.UNFOUNDED, _("查不实投诉")),
])  # fmt: skip


class VacancyState(TextChoices):
    """Where a vacancy stands. Whether it is stale, over or full follows from its days and its starts."""

    DRAFTED = "drafted", _("待核实岗位")
    LIVE = "live", _("已核实岗位")
    WITHDRAWN = "withdrawn", _("已撤下")


VACANCY = Machine("vacancy", initial=[VacancyState.DRAFTED], moves=[
    Move("confirm", (VacancyState.DRAFTED, VacancyState.LIVE), VacancyState.LIVE, _("核实岗位")),
    Move("amend", (VacancyState.DRAFTED, VacancyState.LIVE), VacancyState.DRAFTED, _("改岗位")),
    Move("withdraw", (VacancyState.DRAFTED, VacancyState.LIVE), VacancyState.WITHDRAWN, _("撤下岗位")),
])  # fmt: skip


class PayUnit(TextChoices):
    """What the pay is said for."""

    MONTH = "month", _("元/月")
    HOUR = "hour", _("元/小时")


class Shift(TextChoices):
    """How the work lies in the day (班次)."""

    DAY = "day", _("白班")
    TWO = "two", _("两班倒")
    THREE = "three", _("三班倒")
    NIGHT = "night", _("夜班")
    FLEXIBLE = "flexible", _("时间灵活")


class Boarding(TextChoices):
    """What the employer gives besides pay (食宿)."""

    NONE = "none", _("不包食宿")
    MEALS = "meals", _("包吃")
    LODGING = "lodging", _("包住")
    BOTH = "both", _("包吃住")


class Checked(TextChoices):
    """How somebody satisfied himself that a vacancy or a paper is true (怎么核实的)."""

    VISIT = "visit", _("到单位看过")
    PHONE = "phone", _("打电话问过")
    PAPER = "paper", _("看过营业执照和招聘简章")


class OutpostKind(TextChoices):
    """A unit for workers away or resettled (policy/demand.toml says how many the bureau printed)."""

    STATION = "station", _("驻外就业服务站")
    MOBILE = "mobile", _("流动党员党组织")
    RESETTLED = "resettled", _("安置区基层党组织")


class Consent(TextChoices):
    """How somebody agreed to be looked after by a station (本人同意的方式)."""

    FACE = "face", _("当面同意")
    PHONE = "phone", _("电话里同意")
    PAPER = "paper", _("书面同意")


class Month(IntegerChoices):
    """A month in which seasonal work is wanted."""

    JANUARY = 1, _("1 月")
    FEBRUARY = 2, _("2 月")
    MARCH = 3, _("3 月")
    APRIL = 4, _("4 月")
    MAY = 5, _("5 月")
    JUNE = 6, _("6 月")
    JULY = 7, _("7 月")
    AUGUST = 8, _("8 月")
    SEPTEMBER = 9, _("9 月")
    OCTOBER = 10, _("10 月")
    NOVEMBER = 11, _("11 月")
    DECEMBER = 12, _("12 月")
