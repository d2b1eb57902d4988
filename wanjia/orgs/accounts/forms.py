"""The one form of accounts of its own design: it reads input and never saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm


class OwnPassword(ActForm):
    """Change one's own password."""

    old = forms.CharField(label=_("原密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}))
    new = forms.CharField(
        label=_("新密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符,不要用姓名、账号或常见密码。"),
    )  # fmt: skip
    again = forms.CharField(
        label=_("再写一次新密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text=_("改完以后,其他设备上的登录都会结束。")
    )

    def clean(self):
        """Compare the two spellings; hand the command only what it asks for."""
        found = super().clean()
        if found.pop("again", None) != found.get("new"):
            self.add_error("again", _("两次写的新密码不一样。"))
        return found
