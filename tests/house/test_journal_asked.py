"""The journal grows to millions of lines: whoever asks it names a column that one of its indexes begins with."""

import ast

import pytest

from .test_walls import HOUSE, python_files

LEADING = {"pk", "seq", "at", "by_id", "subject"}


def asked_whole(text):
    """Yield the line of each question that names columns of the journal and none of these: it reads the table from end to end."""
    for one in ast.walk(ast.parse(text)):
        if isinstance(one, ast.Call) and ast.unparse(one.func) in ("Entry.objects.filter", "Entry.objects.get", "Entry.objects.exclude"):
            named = {word.arg.partition("__")[0] for word in one.keywords if word.arg}
            if named and not named & LEADING:
                yield one.lineno


@pytest.mark.parametrize("path", [path for path in python_files() if "Entry.objects" in path.read_text(encoding="utf-8")], ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_question_reads_the_whole_journal(path):
    assert list(asked_whole(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(("text", "whole"), [
    ('Entry.objects.filter(act="upload.confirm", subject_id="7").first()', [1]),
    ('Entry.objects.filter(subject="registry.upload", subject_id="7").first()', []),
    ("Entry.objects.filter(mine)", []),
])  # fmt: skip
def test_a_question_without_an_index_is_seen(text, whole):
    """Negative control: a key alone is no beginning of the index on what a line is about."""
    assert list(asked_whole(text)) == whole
