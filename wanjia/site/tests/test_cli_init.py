"""`wanjia init` asks little and says of each question why it asks, in both languages, before it waits for the answer."""

import re

import pytest

from wanjia.site import cli_init
from wanjia.site.cli import main

CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


@pytest.fixture
def asked(monkeypatch, tmp_path, capsys):
    """Run `wanjia init` before a keyboard; returns what stood on the screen at each question. Nothing is opened."""
    screens, answers = [], iter([str(tmp_path / "var"), "永善县"])

    def answer(prompt):
        screens.append(capsys.readouterr().out)
        return next(answers, "某")

    monkeypatch.setenv("WANJIA_VAR", "")  # noted, to be put back: the command sets it
    monkeypatch.delenv("WANJIA_VAR")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(cli_init, "_open", lambda *told: 0)

    def run():
        assert main(["init"]) == 0
        return screens

    return run


def test_every_question_says_why_in_both_languages(asked):
    screens = asked()
    assert len(screens) == len(cli_init.QUESTIONS) <= 9  # little is asked
    for question, screen in zip(cli_init.QUESTIONS, screens, strict=True):
        said, why_zh, why_en = screen.strip().splitlines()
        assert said == f"{question.zh} / {question.en}"
        assert CHINESE.search(why_zh), question.key
        assert len(why_en.split()) >= 3 and not re.search(r"[\u4e00-\u9fff]", why_en), question.key


def test_a_question_without_its_reason_would_be_seen(asked, monkeypatch):
    """The control: one question that does not say why."""
    bare = cli_init.QUESTIONS[2]
    bare = cli_init.Question(bare.key, bare.zh, bare.en, "", "")
    monkeypatch.setattr(cli_init, "QUESTIONS", (*cli_init.QUESTIONS[:2], bare, *cli_init.QUESTIONS[3:]))
    with pytest.raises(ValueError, match="unpack"):
        test_every_question_says_why_in_both_languages(asked)


def test_without_a_county_nothing_is_written_so_that_a_second_run_asks_everything(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WANJIA_VAR", str(tmp_path))
    for named in ([], ["--county", "永山县"]):
        assert main(["init", "--no-input", *named]) == 2
        assert "--county" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_enter_takes_what_is_proposed_and_a_dash_leaves_the_auditor_for_later(monkeypatch):
    by_key = {question.key: question for question in cli_init.QUESTIONS}
    said = iter(["", "-", "", "", "王安全"])
    monkeypatch.setattr("builtins.input", lambda _words: next(said))
    assert cli_init._answer(by_key["auditor"], None, "shenji", True) == "shenji"
    assert cli_init._answer(by_key["auditor"], None, "shenji", True) == ""
    assert cli_init._answer(by_key["admin_name"], None, "", True) == "王安全"  # the journal names who acted: asked until it is said
