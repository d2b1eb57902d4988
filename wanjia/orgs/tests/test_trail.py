"""Who reads the journal, and which lines of it."""

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext, override

from wanjia.kernel import journal, triggers
from wanjia.kernel.models import Entry
from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.roles import Role
from wanjia.orgs.trail import queries

from .factories import START, act, again, area


def look(by, code, reason="核对"):
    return journal.record_reading(
        act="child.open_file", subject=area("大同村"), by=by, at=timezone.now(), reason=reason, area_code=code
    )


def test_a_line_is_read_by_those_whose_area_it_lies_in(world):
    line = look(world["xisha"], "530625202202")
    inspector = world["makou"]
    accounts.give_post(user_id=inspector.pk, organisation=inspector.org, role=Role.INSPECTOR, from_on=START, **act())

    assert line in queries.entries(world["shenji"])
    assert line not in queries.entries(again(inspector))


def test_a_line_without_a_place_is_read_by_those_who_keep_its_writer(world):
    accounts.keep_own_profile(name="新名", phone="", large_text=True, by=world["huatan"], at=timezone.now())
    accounts.keep_own_profile(name="又新名", phone="", large_text=True, by=world["xisha"], at=timezone.now())

    seen = queries.entries(world["shenji"], act="orgs.keep_own_profile")
    assert {line.by_id for line in seen} == {world["xisha"].pk}


def test_the_page_answers_who_looked_at_a_file(signed_in, world):
    look(world["xisha"], "530625202202", "核对监护人情况")
    page = signed_in("shenji").get("/journal?readings=1").content.decode()

    assert "核对监护人情况" in page
    assert "打开儿童档案" in page
    assert page.count("<td") < 12  # one line: readings only


def test_the_page_is_for_readers_of_the_journal(signed_in):
    assert signed_in("xisha").get("/journal").status_code == 403


def test_filters_narrow(world):
    at = timezone.now()
    line = look(world["xisha"], "530625202202")
    day = timezone.localdate(at).isoformat()

    assert list(queries.entries(world["shenji"], readings=True, person=world["xisha"].name, since=day, until=day)) == [line]
    assert not queries.entries(world["shenji"], readings=True, until="2020-01-01").exists()
    assert not queries.entries(world["shenji"], readings=True, person="没有这个人").exists()
    assert list(queries.entries(world["shenji"], readings=True, since="not a day")) == [line]


def test_the_button_says_whether_the_chain_is_whole(signed_in):
    client = signed_in("shenji")
    assert "日志完整" in client.post("/journal/verify", follow=True).content.decode()

    triggers.lift(models=[Entry])
    Entry.objects.filter(seq=3).update(reason="改")
    assert "第 3 条内容被改动过" in client.post("/journal/verify", follow=True).content.decode()


def test_no_two_acts_of_the_list_are_called_the_same_and_each_names_its_matter():
    words = [words for _about, some in queries.acts() for _act, words in some]

    assert sorted(words) == sorted(set(words))
    assert not {"取消", "批准", "不批准", "下载", "核对", "受理", "退回", "撤回", "回访", "抽查"} & set(words)


def test_what_a_line_is_about_has_a_name_in_english():
    with override("en"):
        for model in (one for one in apps.get_models() if one.__module__.startswith("wanjia.") and queries._bracketed(one)[0] > "\u2e80"):
            assert not any("\u4e00" <= sign <= "\u9fff" for sign in str(gettext(queries._bracketed(model)))), model
