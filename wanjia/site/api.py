"""The HTTP API at /api/: the same commands and queries as the pages, for a signed-in user. OpenAPI at /api/openapi.json.

A refusal is 403 with its sentence, a conflict 409, what is missing or out of reach 404, a broken body 422 with one sentence a
field. Acts take the CSRF token as pages do, and a header Idempotency-Key (UUID): sent again with the same key nothing is done twice.
Every problem is `error` in the caller's language and `said` in both. How it is used: docs/api.md.
"""

import functools
import re
from copy import deepcopy

from django.http import Http404
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wanjia import __doc__ as about
from wanjia.doors.dialect import SignedIn
from wanjia.doors.guard import SIGNED_IN, guarded
from wanjia.doors.lists import routers
from wanjia.doors.words import both, in_both
from wanjia.kernel.brings import gather
from wanjia.verdict import Refused

from .errors import problem

lazystr = lazy(lambda says: says(), str)

KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "format": "uuid"},
    "description": both(gettext_lazy("这一次提交的编号,由您在发送前生成。断线重发时带同一个编号,得到同一个答复,不会做第二遍。")),
}  # fmt: skip


class Api(NinjaAPI):
    """The root; its description says that every act takes a key, and what a call is in both languages."""

    def get_openapi_schema(self, *, path_prefix=None, path_params=None):
        """Return the OpenAPI document, a copy of one's own: making it is a second's work, and it is the same for everybody until the next start."""
        return deepcopy(self._document(self.get_root_path(path_params or {}) if path_prefix is None else path_prefix))

    @functools.cache  # noqa: B019 (there is one API, which lives as long as the process)
    def _document(self, path_prefix):
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        for path in schema["paths"].values():
            if "post" in path:
                path["post"].setdefault("parameters", []).append(KEY)
            for call in path.values():
                call["description"] = "\n\n".join([call["summary"], call.get("description", "")])
        return schema


api = Api(
    title="万家 Wanjia", version="1", description=(about or "").strip(), auth=SignedIn(), docs_url=None, docs_decorator=guarded(),
    openapi_url="/openapi.json", urls_namespace="api",
)  # fmt: skip
for prefix, router in sorted(gather("ROUTERS"), reverse=True):  # what has no prefix of its own stands last
    api.add_router(prefix, router)
for made in routers():
    api.add_router("", made)

DAY = gettext_lazy("“%(field)s”应当是 2026-11-23 这样的日期。")
MOMENT = gettext_lazy("“%(field)s”应当是 2026-11-23T08:30 这样的日期和时间。")
WHOLE_NUMBER = gettext_lazy("“%(field)s”应当是一个整数。")
OBJECT = gettext_lazy("“%(field)s”应当是一个 JSON 对象。")
YES_NO = gettext_lazy("“%(field)s”应当是 true 或 false。")
UUID = gettext_lazy("“%(field)s”应当是一个 UUID。")
# By the kind of fault: what the frame itself says of it is English, and stands in no sentence of ours.
SENTENCES = {
    "missing": gettext_lazy("缺少“%(field)s”。"),
    "string_too_long": gettext_lazy("“%(field)s”最多 %(max_length)s 个字。"),
    "string_too_short": gettext_lazy("请填写“%(field)s”。"),
    "enum": gettext_lazy("“%(field)s”只能是 %(expected)s。"),
    "literal_error": gettext_lazy("“%(field)s”只能是 %(expected)s。"),
    "string_type": gettext_lazy("“%(field)s”应当是文字。"),
    "string_pattern_mismatch": gettext_lazy("“%(field)s”的写法应当符合 %(pattern)s。"),
    "list_type": gettext_lazy("“%(field)s”应当是一个列表。"),
    "value_error": gettext_lazy("“%(field)s”不对:%(error)s"),
    "greater_than_equal": gettext_lazy("“%(field)s”不能小于 %(ge)s。"),
    "less_than_equal": gettext_lazy("“%(field)s”不能大于 %(le)s。"),
    **dict.fromkeys(("uuid_parsing", "uuid_type"), UUID),
    **dict.fromkeys(("date_parsing", "date_type", "date_from_datetime_parsing", "date_from_datetime_inexact"), DAY),
    **dict.fromkeys(("datetime_parsing", "datetime_type", "datetime_from_date_parsing", "datetime_object_invalid"), MOMENT),
    **dict.fromkeys(("bool_parsing", "bool_type"), YES_NO),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), WHOLE_NUMBER),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), OBJECT),
}

FRAME = {
    400: gettext_lazy("请求的正文读不出来:应当是 UTF-8 的 JSON。什么都没有改动。"),
    403: gettext_lazy("请求里缺少页面给的校验码,或者它过期了。请在 X-CSRFToken 里带上 csrf 这个 Cookie 的值再试。"),
}


@api.exception_handler(Refused)
def refused(request, refusal):
    """Say why not: 403, 409 for a conflict, 422 for a key that is none."""
    return problem(refusal.reason, refusal.status, getattr(refusal, "said", None))


@api.exception_handler(Http404)
def missing(request, _error):
    """Missing and out of reach are one answer."""
    return problem(gettext_lazy("没有找到。可能不存在,或者不在您的辖区。"), 404)


@api.exception_handler(AuthenticationError)
def nobody(request, _error):
    """Nobody is signed in."""
    return problem(gettext_lazy("请先登录。"), 401)


@api.exception_handler(HttpError)
def plain(request, error):
    """What the frame itself refuses: the CSRF token, a broken JSON body; what else it may say stands in its own words."""
    return problem(FRAME.get(error.status_code) or error.message, error.status_code)


@api.exception_handler(ValidationError)
def broken(request, error):
    """Say of each field what is wrong with it."""
    found = [{"where": ".".join(map(str, one["loc"])), "sentence": _sentence(one), "said": in_both(lazystr(lambda one=one: _sentence(one)))} for one in error.errors]
    return problem(found[0]["sentence"], 422, found[0]["said"], found)


def _sentence(one):
    facts = {"field": str(one["loc"][-1]) if one["loc"] else "", **one.get("ctx", {})}
    if "expected" in facts:
        facts["expected"] = ", ".join(re.findall(r"'([^']*)'", facts["expected"]))  # it lists them with an English "or"
    return SENTENCES.get(one["type"], gettext_lazy("“%(field)s”的写法不对,请对照 /api/openapi.json。")) % facts


urls = api.urls
for pattern in urls[0]:
    # The house's test asks every address who may open it: here every caller is signed in, and the commands judge the rest.
    if not hasattr(pattern.callback, "guard"):
        pattern.callback.guard = SIGNED_IN
