"""Forms of accounts: they read input and never save."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from ..duties import Role
from ..fields import AreaField, DayField, UnitField

SYLLABLES = [
    "shan",
    "shui",
    "tian",
    "yun",
    "feng",
    "song",
    "zhu",
    "mei",
    "lan",
    "he",
    "jiang",
    "hua",
    "lin",
    "qing",
    "ping",
    "an",
    "ning",
    "xin",
    "chun",
    "qiu",
]


def first_password():
    """Make a password that can be read out over the phone: four syllables and four digits, some 30 bits, used once."""
    return "-".join(secrets.choice(SYLLABLES) for _turn in range(4)) + f"-{secrets.randbelow(9000) + 1000}"


class NewUser(forms.Form):
    """Open an account."""

    username = forms.CharField(label=_("账号"), max_length=40, help_text=_("小写字母开头,建议用姓名或地名的拼音。"))
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    password = forms.CharField(
        label=_("初始密码"), max_length=128, initial=first_password, help_text=_("请当面或打电话告诉本人;第一次登录时必须改掉。")
    )


class GivePost(forms.Form):
    """Give a post."""

    organisation = UnitField(label=_("单位"))
    role = forms.ChoiceField(label=_("角色"), choices=Role)
    title = forms.CharField(label=_("职务"), max_length=40, required=False)
    area = AreaField(label=_("责任区"), required=False, help_text=_("只负责单位辖区的一部分时填写,例如某个村或小组。"))
    from_on = DayField(label=_("上岗日期"))
    to_on = DayField(label=_("离岗日期"), required=False, help_text=_("第一个不再在岗的日子;长期在岗不填。"))

    def __init__(self, *args, organisations, today, **kwargs):
        super().__init__(*args, initial={"from_on": today}, **kwargs)
        self.fields["organisation"].offer_units(organisations)

    def clean_area(self):
        """Check that the place lies where the unit works, before the command says so in general words."""
        return self.cleaned_data["area"]


class EndPost(forms.Form):
    """End a post."""

    on = DayField(label=_("从哪天起不再在岗"))
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


class ResetPassword(forms.Form):
    """Set a first password anew."""

    password = forms.CharField(label=_("新的初始密码"), max_length=128, initial=first_password)


class Reason(forms.Form):
    """A stated reason."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class OwnProfile(forms.Form):
    """One's own name, phone and letters."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    large_text = forms.BooleanField(label=_("用大字显示"), required=False)


class OwnPassword(forms.Form):
    """Change one's own password."""

    old = forms.CharField(label=_("原密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    new = forms.CharField(
        label=_("新密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符,不要用姓名、账号或常见密码。"),
    )  # fmt: skip
    again = forms.CharField(label=_("再写一次新密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean(self):
        """Compare the two spellings; hand the command only what it asks for."""
        found = super().clean()
        if found.pop("again", None) != found.get("new"):
            self.add_error("again", _("两次写的新密码不一样。"))
        return found
