"""A child's own telephone is shown at no door: the need's page and the sheet refused it, and the paper that hands the need over gave it out."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.registry.models import Person
from wanjia.reporting.papers.commands import print_document
from wanjia.reporting.papers.sheets import sheet_of

from ..exporting.columns import HEADER, lines
from ..models import Need
from ..papers.kinds import PAPERS
from .factories import later
from .walk import bring

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture(params=["child", "grown up"])
def need(request, world):
    """A need asked for by somebody with a telephone; `shown`: whether it may be."""
    born = date(2016, 5, 20) if request.param == "child" else date(1980, 5, 20)
    asks = Person.objects.create(name="王小雨", village=world.datong, birth_on=born, sex="女", registered_at=timezone.now())
    need = bring(world, "assigned", requester=asks, requester_phone=PHONE)
    need.shown = request.param != "child"
    return need


def test_on_the_page(as_user, world, need):
    page = as_user(world.clerk).post(f"/needs/{need.pk}/reveal/", {"reason": "办理需要"}).content.decode()
    assert "这次查看已记入操作日志" in page
    assert (PHONE in page) == need.shown


def test_on_a_paper(world, need):
    paper = print_document(subject_id=need.pk, kind="assignment", by=world.clerk, at=later(1))
    said = str(sheet_of(PAPERS, paper, world.clerk, later(1)).rows)
    assert (PHONE in said) == (PHONE[-4:] in said) == need.shown


def test_on_a_sheet(world, need):
    (line,) = lines(Need.objects.filter(pk=need.pk), sensitive=["联系电话"])
    assert dict(zip(HEADER, line, strict=True))["联系电话"] == (PHONE if need.shown else "")


@pytest.mark.parametrize("involves", [True, False])
def test_what_is_typed_about_a_childs_need_lies_on_no_device(world, as_user, involves):
    """ADR 97: the reason for which it is declined, what was done for it, what the household said."""
    registered, working = (bring(world, state, involves_child=involves) for state in ("registered", "in_progress"))
    pages = [(world.clerk, "decline", registered), (world.handler, "note", working), (world.handler, "report_done", working)]
    for user, name, need in pages:
        html = as_user(user).get(reverse(f"casework:{name}", args=[need.pk])).content.decode()
        main = html[html.index("<main") :]
        assert 'name="key"' in main and ('data-draft="none"' in main) == involves, name
