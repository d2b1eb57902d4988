"""Whatever an import may say is said in both languages, by whoever's code it is, and stands on the page of the mechanism."""

import ast
import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

import wanjia
from wanjia.registry.importing.words import SENTENCES
from wanjia.sheets.template import Column, Template

from .templates import TEMPLATES

HOUSE = Path(wanjia.__file__).parent
SAID = {code: both for template in TEMPLATES.values() for code, both in template.sentences.items()} | SENTENCES
# Where codes are found: the interpreter, and what the apps bring to it.
JUDGES = [*(HOUSE / "sheets").glob("*.py"), *(HOUSE / "registry/workbooks").glob("*.py"), *(HOUSE / "registry/importing").glob("*.py"), HOUSE / "policy/identity.py",
          *(HOUSE / "casework/importing").glob("*.py")]  # fmt: skip
CODE = re.compile(r"(?:warn\.)?(?:file|sheet|column|row|cell|word|unit|household|id|name|date|number|phone|account|amount|village|scope|need|dup|subsidy)\.[a-z_0-9]+")


def found():
    """Return {code: file} of every text that is a code and no name of a file or an act."""
    codes = {}
    for file in JUDGES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                codes[node.value] = file.name
    return codes


def test_every_code_that_is_found_has_its_sentence():
    assert {code: file for code, file in found().items() if code not in SAID} == {}


def test_every_sentence_is_said_in_both_languages():
    assert [code for code, (zh, en) in SAID.items() if not zh or not en or zh == en] == []


def test_one_code_says_the_same_in_every_workbook():
    assert [code for template in TEMPLATES.values() for code, both in template.sentences.items() if SAID[code] != both] == []


def test_the_page_of_the_mechanism_lists_every_code_with_its_sentence():
    page = (HOUSE.parent / "docs" / "mechanisms" / "import.md").read_text(encoding="utf-8")
    assert [code for code, (zh, en) in SAID.items() if f"| `{code}` | {zh} | {en} |" not in page] == []


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda one: one.name)
def test_a_template_says_whatever_its_kinds_and_rules_find(template):
    """A kind or rule without its sentences would break the page that tells of a row."""
    judges = [one for column in template.kept for one in (column.kind.judge, column.kind.note) if one]
    codes = {code for one in (*judges, *template.rules) for code in re.findall('"((?:warn[.])?[a-z]+[.][a-z_0-9]+)"', inspect.getsource(one))}
    codes |= {column.kind.lacking for column in template.kept if column.required}
    assert codes and codes <= set(template.sentences)


def test_a_kind_whose_sentences_are_forgotten_is_found():
    """Negative control."""
    phone = replace(TEMPLATES["staff"].column("手机号").kind, sentences={})
    with pytest.raises(AssertionError):
        test_a_template_says_whatever_its_kinds_and_rules_find(Template("t", (Column("手机号", phone),)))
