"""Uploads attacked: a Parquet file of some hundred kilobytes that unfolds into gigabytes."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from wanjia.sheets.limits import Reject

from ..loading import reading
from ..loading.tests.sheets import HEADER, sound_rows
from ..workbook import LABOURERS

ROWS = 200_000


def bomb(path):
    """So many rows that all say the same: a few kilobytes."""
    alike = pa.DictionaryArray.from_arrays(pa.array(np.zeros(ROWS, np.int8)), pa.array(["甲" * 60]))
    pyarrow.parquet.write_table(pa.table(dict.fromkeys(HEADER, alike)), path, row_group_size=ROWS, compression="zstd")
    return path


def test_rows_that_are_all_alike_are_refused_before_they_unfold(tmp_path):
    path = bomb(tmp_path / "x.parquet")
    assert path.stat().st_size < ROWS * reading.LEAST
    with pytest.raises(Reject, match="zip_ratio"):
        reading.cut(path, LABOURERS, 50_000)


def test_without_the_bound_it_unfolds(tmp_path, monkeypatch):
    """Negative control: a thousandfold."""
    path = bomb(tmp_path / "x.parquet")
    monkeypatch.setattr(reading, "FEW", 1 << 40)
    source = reading.cut(path, LABOURERS, 50_000)
    assert reading.read(source, source.parts[0], LABOURERS).cells["姓名"].nbytes > 100 * path.stat().st_size // len(HEADER)


def test_a_sound_file_is_read(tmp_path):
    rows = sound_rows(12_000)
    path = tmp_path / "y.parquet"
    pyarrow.parquet.write_table(pa.table({name: [row[name] for row in rows] for name in HEADER}), path, compression="zstd")
    assert path.stat().st_size > 12_000 * reading.LEAST and sum(part.rows for part in reading.cut(path, LABOURERS, 5_000).parts) == 12_000


@pytest.mark.django_db
def test_the_process_of_a_page_takes_no_more_memory_than_its_own(monkeypatch):
    """What passes the bound and still unfolds ends that process alone."""
    from uuid import uuid4

    from wanjia.labour.cli import run_roll_job
    from wanjia.solving.runs import process

    asked = []
    monkeypatch.setattr(process, "limit", asked.append)
    assert run_roll_job(SimpleNamespace(roll=uuid4())) == 2 and asked == [8192]
