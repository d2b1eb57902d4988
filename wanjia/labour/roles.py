"""The roles that the labour app brings: whoever serves labourers and employers, whoever answers for the city's register and figures, and whoever
works at a station away: that post reaches nobody by its area, but those who chose the station.
"""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [
    NewRole("LABOUR_OFFICER", "labour_officer", _("就业服务员"), whole_area=True, apart=("callback_officer",)),
    NewRole("LABOUR_ANALYST", "labour_analyst", _("人社统计分析员"), whole_area=True, apart=("callback_officer",)),
    NewRole("STATION_AWAY", "station_away", _("驻外服务站工作人员"), own_unit=True, apart=("callback_officer",)),
]
