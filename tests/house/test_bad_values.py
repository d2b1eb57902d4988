"""One sealed value that does not open stops nothing: pages, exports, imports and acts name it and go on; nothing is lost."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

from wanjia.casework.exporting.columns import HEADER, lines
from wanjia.casework.models import Callback, Evidence, Need, Slip
from wanjia.registry.applying import commands as applying
from wanjia.registry.duplicates.commands import undo_merge
from wanjia.registry.exporting.queries import exported_homes
from wanjia.registry.exporting.queries import lines as home_lines
from wanjia.registry.importing import commands, queries
from wanjia.registry.models import Household, Person, Upload, UploadRow, VisitSheet
from wanjia.registry.people.children import file_of
from wanjia.registry.people.commands import open_child_file
from wanjia.registry.tests import factories
from wanjia.sealing import keys
from wanjia.sealing.columns import rotated_models
from wanjia.sealing.fields import UNOPENED, EncryptedText, Sealed, rotate
from wanjia.verdict import Refused

from .acts import DAY, MONDAY, World, merge, nth, upload, visit
from .worlds import evidence

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def world():
    return World()


def spoil(row, name):
    """Damage one sealed value as a disk would; return what it was."""
    before = bytes(type(row)._base_manager.filter(pk=row.pk).values_list(name, flat=True).get().body)
    type(row)._base_manager.filter(pk=row.pk).update(**{name: Sealed(before[:-1] + bytes([before[-1] ^ 1]))})
    return before


def test_nothing_opens_a_sealed_value_but_the_kernel():
    """A reader of its own would raise on the first bad row. What opens the ballots of a poll reads no sealed column: they are sealed to the poll's own key."""
    found = []
    for path in sorted((HOUSE / "wanjia").rglob("*.py")):
        if "tests" in path.parts or path.parts[-2:] == ("polls", "secret.py") or path.parts[-2] in ("kernel", "sealing", "sealing"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "decrypt":
                found.append(path.name)
    assert found == []


def test_every_column_that_carries_more_than_words_is_read_through_opened():
    """JSON or a file in a sealed column: json.loads(row.column) or b64decode(row.column) meets the sentence and breaks."""
    sealed = {field.name for model in rotated_models() for field in model._meta.concrete_fields if isinstance(field, EncryptedText)}
    found = []
    for path in sorted((HOUSE / "wanjia").rglob("*.py")):
        if "tests" in path.parts or path.parts[-2:] == ("polls", "secret.py") or path.parts[-2] in ("kernel", "sealing", "backing", "upgrading", "migrations"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("loads", "b64decode", "unpacked"):
                inner = {one.attr for arg in node.args for one in ast.walk(arg) if isinstance(one, ast.Attribute)}
                if inner & sealed and not inner & {"open_sealed", "read_text"}:
                    found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_an_export_of_needs_says_it_in_the_cell_and_in_the_remark(world):
    first, second = world.need(requester_phone="13887000005"), world.need(requester_phone="13887000006", summary="停水")
    spoil(first, "requester_phone")
    rows = [dict(zip(HEADER, line, strict=True)) for line in lines(Need.objects.order_by("number"), sensitive=["联系电话"])]
    assert [row["联系电话"] for row in rows] == [UNOPENED, second.requester_phone]
    assert "打不开的:联系电话" in rows[0]["备注"]
    assert "打不开" not in rows[1]["备注"]


def test_an_export_of_homes_says_it_in_the_cell_and_in_the_remark(world):
    spoil(world.register.head, "citizen_id")
    from wanjia.registry.exporting.queries import header

    rows = [dict(zip(header(True), line, strict=True)) for line in home_lines(exported_homes(world.clerk), numbers=True)]
    bad = next(row for row in rows if row["姓名"] == world.register.head.name)
    assert bad["身份证号"] == UNOPENED
    assert "打不开的:身份证号" in bad["备注"]
    assert next(row for row in rows if row["姓名"] == world.register.wife.name)["身份证号"] == world.register.wife.citizen_id


CSV = "户编号,姓名,身份证号,与户主关系,村(社区)\nH001,王大明,{a},户主,大同村\nH002,赵二明,{b},户主,大同村\n"


def test_an_import_names_the_row_that_does_not_open_and_writes_the_others(world):
    body = CSV.format(a=factories.number(factories.date(1990, 1, 1), 17), b=factories.number(factories.date(1991, 1, 1), 19))
    who = {"by": world.clerk, "at": MONDAY}
    one = commands.receive_upload(template="household", name="户.csv", body=body.encode(), **who)
    one = commands.judge_upload(one, **who)
    spoil(one.rows.get(number=2), "values")
    one = commands.forecast_upload(one, **who)
    commands.confirm_upload(upload_id=one.pk, **who)
    applying.apply_upload(Upload.objects.get(pk=one.pk), **who)
    one = Upload.objects.get(pk=one.pk)
    assert (one.state, one.counts["rows_unopened"], one.counts["people_new"]) == ("applied", 1, 1)
    assert Household.objects.filter(number="H002").exists()
    assert not Household.objects.filter(number="H001").exists()
    assert [(number, code) for number, code, _said in queries.sentences(one)] == [(2, "row.unopened")]
    assert UploadRow.objects.get(upload=one, number=2).ok is False


def test_the_pages_of_an_import_go_on(client, world):
    one = upload(world, "judged")["upload_id"]
    commands.forecast_upload(Upload.objects.get(pk=one), by=world.clerk, at=MONDAY)
    row = UploadRow.objects.filter(upload=one).first()
    spoil(row, "values")
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("registry:import_upload", args=[one]), {"show": "all"})
    assert page.status_code == 200
    assert "这一行在系统里存的内容打不开" in page.content.decode()


def test_a_childs_file_says_which_note_does_not_open(client, world):
    from wanjia.policy.visit_form import questions
    from wanjia.registry.visits.commands import record_visit

    child = world.register.child
    code = next(q.code for q in questions().values() if q.about == "child")
    record_visit(visit_id=visit(world).pk, done_on=DAY, method="home", visitor_ids=[world.visitor.pk, world.register.yang.pk],
                 children={str(child.pk): {code: {"choice": "", "words": "作业没人管"}}}, by=world.visitor, at=MONDAY)  # fmt: skip
    spoil(VisitSheet.objects.get(child=child), "answers")
    assert [words for _day, words in file_of(open_child_file(child_id=child.pk, reason="走访前了解", by=world.visitor, at=MONDAY), DAY)["notes"]] == [None]
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(reverse("registry:child_file", args=[child.pk]), {"reason": "走访前了解"})
    assert "打不开,请联系管理员" in page.content.decode()


def test_a_paper_that_does_not_open_is_a_sentence(client, world):
    paper = Evidence.objects.get(pk=evidence(world))
    paper.body, paper.digest, paper.name = "aGVsbG8=", "0" * 64, "签字表.pdf"
    paper.save()
    spoil(paper, "body")
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("casework:open_evidence", args=[paper.pk]), {"reason": "核对"})
    assert (answer.status_code, "打不开" in answer.content.decode()) == (503, True)


def test_a_merge_whose_record_does_not_open_is_not_undone(world):
    one = merge(world)
    if not one.__dict__["filled"]:
        one.filled = "{}"
        one.save()
    spoil(one, "filled")
    with pytest.raises(Refused, match="不能撤销"):
        undo_merge(merge_id=one.pk, reason="并错了人", by=world.clerk, at=MONDAY)


@pytest.mark.parametrize("model", [Person, Need, Callback, Slip], ids=lambda model: model.__name__)
def test_rotation_names_the_bad_value_and_seals_the_rest_anew(world, model, own_ring):
    from wanjia.casework.callback.commands import call_back
    from wanjia.casework.tests.walk import reported_with_slip

    need, _code = reported_with_slip(world, requester_phone="13887000005")
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", words="修好了", by=world.caller, at=nth(5))
    world.need(requester_phone="13887000006", summary="停电")
    rows = [row for row in model.objects.all() if any(isinstance(row.__dict__.get(f.attname), Sealed) for f in model._meta.concrete_fields)]
    name = next(f.name for f in model._meta.concrete_fields if isinstance(f, EncryptedText) and isinstance(rows[0].__dict__[f.attname], Sealed))
    spoil(rows[0], name)
    fresh = keys.add_key("current", "SM4-GCM")
    done = rotate(model)
    assert [place.split("|")[1:] for place in done.faults] == [[name, str(rows[0].pk)]]
    assert done.rows == len(rows) - 1
    assert getattr(model.objects.get(pk=rows[0].pk), name) == UNOPENED
    if len(rows) > 1:
        other = model.objects.get(pk=rows[1].pk)
        assert other.__dict__[name].body.startswith(fresh.encode() + b":")
