"""Why a file of mediation is opened."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.fields import ToldReason


class OpenCase(ToldReason):
    """Why the sealed file is opened."""

    USUAL = (_("准备调解"), _("起草、核对协议"), _("回访、督促履行"), _("配合法院、公安"))
    HELP = _("点一个,或者自己写(至少 4 个字)。每次打开都先记入日志。")
