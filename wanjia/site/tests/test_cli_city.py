"""`wanjia demo labour`: what it writes, counts and refuses."""

import json

import pytest

from wanjia.labour.city import margins
from wanjia.site.cli import main


def test_the_command_writes_counts_and_says_that_nobody_exists(tmp_path, capsys):
    assert main(["demo", "labour", "--people", "3010", "--out", str(tmp_path), "--faulty", "0.02", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["invented"] and told["counts"] == margins.counts_of(3_010) and len(told["files"]) == 11 and len(told["faulty"]) == 10
    assert main(["demo", "labour", "--people", "3010"]) == 0
    assert "2,616" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "said"), [
    (["--people", "10"], "至少"), (["--people", "99999999"], "至多"), (["--faulty", "2"], "百分之二"), (["--one-file", "--format", "xlsx"], "工作表"), (["--month", "--faulty", "0.1"], "下一个月"),
])  # fmt: skip
def test_what_cannot_be_made_is_refused_in_a_sentence(asked, said, capsys):
    assert main(["demo", "labour", "--json", *asked]) == 2
    assert said in json.loads(capsys.readouterr().out)["error"]["zh"]
