"""A paper and an export that another app brings: homes of the register here. The engines know no needs, and ask for nothing more than the row."""

import io
from dataclasses import replace

import pytest
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from wanjia.kernel.brings import gather
from wanjia.kernel.models import Entry
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.registry.duties import Duty
from wanjia.registry.households.rules import visible_households
from wanjia.registry.households.subjects import HOMES
from wanjia.registry.models import Household
from wanjia.registry.tests.factories import NOW, World
from wanjia.reporting.exporting.commands import ask_export
from wanjia.reporting.kinds import ExportKind, PaperKind, Papers
from wanjia.reporting.models import Paper
from wanjia.reporting.papers.commands import print_document
from wanjia.reporting.papers.sheets import Sheet
from wanjia.verdict import Refused

pytestmark = pytest.mark.django_db
LETTER = PaperKind("home_letter", "致家庭的信", "户信", (Duty.KEEP_REGISTER,), fits=lambda home, _standing: (bool(home.number), "没有户编号。"), leaves=True)
PAPERS = Papers(
    HOMES, (LETTER,), seen=lambda actor: visible_households(actor, duty=Duty.KEEP_REGISTER), whole=lambda pk: Household.objects.get(pk=pk), near=lambda *_row: (True, ""), standing=lambda *_row: None,
    occasion=lambda *_row: 0, write=lambda _paper, home, _actor, _at: Sheet("致家庭的信", "", says=[home.number]), area=lambda home: home.village,
    unit=lambda actor, _home: actor.org, told=lambda *_row: {}, hard=lambda *_row: [], card="parts/sent.html",
    numbered=lambda number: Q(subject=HOMES.label, subject_id__in=Household.objects.filter(number=number).values("pk")),
)  # fmt: skip
NUMBERS = ExportKind(
    "home_numbers", "户编号", forms.Form, "", asks=("village",), sensitive=(), place="village",
    rows=lambda actor, query, _at: Household.objects.filter(village_id=query["village"]), phrased=lambda exports: {}, header=lambda _export: ["户编号"],
    lines=lambda _actor, _export, rows: ([home.number] for home in rows), sheet="户", named=lambda _export: "户编号",
)  # fmt: skip


@pytest.fixture
def world():
    """The register, to which one app more brings a paper and an export."""
    before = {kind: list(gather(kind)) for kind in ("PAPERS", "EXPORTS")}
    gather("PAPERS").append(PAPERS)
    gather("EXPORTS").append(NUMBERS)
    yield World()
    for kind, rows in before.items():
        gather(kind)[:] = rows


def test_a_letter_to_a_home_is_numbered_and_drawn(world, client):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("reporting:papers", args=[world.home.pk])).content.decode()
    assert "致家庭的信" in page and world.home.number in page
    for _turn in range(2):
        answer = client.post(reverse("reporting:print_paper", args=[world.home.pk, "home_letter"]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    paper = Paper.objects.get()
    assert (paper.subject, paper.subject_id, "户信〔" in paper.number, str(paper.words)) == ("registry.household", world.home.pk, True, "致家庭的信")
    assert Entry.objects.filter(act="paper.print", subject_id=str(paper.pk)).count() == 2


def test_whoever_has_not_its_duty_prints_none(world):
    gather("PAPERS")[-1] = replace(PAPERS, seen=lambda _actor: Household.objects.all())
    with pytest.raises(Refused, match="您的岗位不出具这种文书"):
        print_document(subject_id=world.home.pk, kind="home_letter", by=world.leader, at=NOW)


def test_its_kind_says_when_it_fits(world):
    gather("PAPERS")[-1] = replace(PAPERS, kinds=(replace(LETTER, fits=lambda *_row: (False, "这一户不用写信。")),))
    with pytest.raises(Refused, match="这一户不用写信"):
        print_document(subject_id=world.home.pk, kind="home_letter", by=world.clerk, at=NOW)


def test_what_another_app_lets_out_goes_the_same_way(world, client):
    assert world.clerk.has_duty(OrgsDuty.EXPORT)
    export = ask_export(kind="home_numbers", purpose="核对户数用", query={"village": world.home.village_id}, by=world.clerk, at=timezone.now())
    assert (export.state, export.rows, str(export.words)) == ("approved", Household.objects.filter(village=world.home.village).count(), "户编号")
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("reporting:take_export", args=[export.pk]))
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows()]
    assert rows[0] == ["户编号"] and [world.home.number] in rows
    assert client.post(reverse("reporting:take_export", args=[export.pk])).status_code in (403, 409, 410)
