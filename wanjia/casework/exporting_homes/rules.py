"""Who may take the numbers of people along."""

from django.utils.translation import gettext_lazy as _

from wanjia.registry.exporting.rules import may_take_numbers
from wanjia.verdict import first_refusal


def can_take_numbers(actor, columns):
    """Decide whether a sheet of homes for the actor may bear these sealed columns."""
    return first_refusal(
        (not columns or may_take_numbers(actor), _("您的岗位不能导出身份证号和电话。请不勾选“带身份证号”,或请有权限的同事导出。")),
    )  # fmt: skip
