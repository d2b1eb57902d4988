"""The roles that the labour app brings: whoever serves labourers and employers, and whoever answers for the city's register and figures."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [
    NewRole("LABOUR_OFFICER", "labour_officer", _("就业服务员"), whole_area=True, apart=("callback_officer",)),
    NewRole("LABOUR_ANALYST", "labour_analyst", _("人社统计分析员"), whole_area=True, apart=("callback_officer",)),
]
