"""The page of a refusal is called by what happened, and nobody is sent to himself for help."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse

from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.tests import factories
from wanjia.site.middleware import RefusalMiddleware
from wanjia.verdict import Conflict, NoRight, NotFound, Refused, TooLate


@pytest.fixture
def as_user(client, db):
    people = factories.build_world()

    def enter(name):
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.mark.parametrize("name", ["casework:rechecks", "casework:callbacks", "registry:households", "reporting:dashboard", "journal"])
def test_an_administrator_is_told_what_he_may_do_instead_of_to_ask_the_administrator(as_user, name):
    answer = as_user("admin").get(reverse(name))

    said = answer.content.decode()
    assert answer.status_code == 403
    assert "联系本单位的系统管理员" not in said and "联系本单位管理员" not in said
    assert "用户与岗位" in said and "安排相应的岗位" in said


def test_everybody_else_is_told_which_right_it_takes_and_whom_to_ask(as_user):
    said = as_user("datong").get(reverse("journal")).content.decode()

    assert "查看操作日志" in said and "联系本单位的系统管理员" in said
    assert not Post.objects.filter(user__username="datong", role=Role.ADMINISTRATOR).exists()


@pytest.mark.parametrize(
    ("refusal", "method", "title"),
    [
        (NoRight("……"), "get", "您的岗位没有这项权限"),
        (NotFound("……"), "post", "没有找到"),
        (TooLate("……"), "post", "现在已经晚了"),
        (Conflict(), "post", "有人先办了"),
        (Refused("……"), "get", "这一页不能打开"),
        (Refused("……"), "post", "这一步没有办成"),
    ],
)
def test_the_page_of_a_refusal_is_called_by_what_happened(as_user, refusal, method, title):
    request = getattr(RequestFactory(), method)("/needs/")
    request.user, request.session = as_user("datong").get("/").wsgi_request.user, {}

    page = RefusalMiddleware(None).process_exception(request, refusal)

    assert page.status_code == refusal.status
    assert re.findall(r"<(?:title|h1)>\s*(.*?)\s*</", page.content.decode()) == [title, title]
