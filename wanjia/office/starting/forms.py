"""Forms of opening an office: they read input and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import User

EMPTY = _("没有选人,或选的人刚才已经登录过。请重新勾选。")


class Chosen(forms.Form):
    """Whose slips are printed."""

    user = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), error_messages={"required": EMPTY, "invalid_choice": EMPTY, "invalid_pk_value": EMPTY}
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = waiting
