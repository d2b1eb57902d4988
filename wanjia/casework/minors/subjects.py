"""What the act on the yearly audit is about: a report, once it is published."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from .queries import visible_audits

AUDITS = Subject(
    "audit", "casework.minorsaudit", "minors-audit", seen=visible_audits, take=None, page="", over=("casework:minors", _("未成年人信息审计")),
    about=lambda audit: audit.number,
)  # fmt: skip
