"""The roles that care brings: whoever answers for it in a county, and whoever accompanies children and holds no other post.

A helper's post reaches nobody by its area: only the children who are paired with the one who holds it.
"""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.brought import NewRole

ROLES = [
    NewRole("CARE_OFFICER", "care_officer", _("关爱服务专员"), tiers=("county",), whole_area=True, apart=("callback_officer",)),
    NewRole("HELPER", "helper", _("帮扶联系人"), own_unit=True),
]
