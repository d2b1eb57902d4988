"""200 clean workbooks of many makes: no refusal, no remark, the same values. And one planted fault in each make is found.

`make prove-clean` prints the table; tests/bring/test_clean.py runs a quick cut. Needs no database.
"""

import os
import random
import sys
from collections import Counter

from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file

from . import makes, resaved
from .clean import TABLES, WORLD, plant
from .templates import TEMPLATES

MAKES = makes.MAKES | resaved.MAKES
RESAVED_EACH = 6  # each opens LibreOffice two to four times


def read(make, template, header, rows, dice):
    """(Rejection or Report, the file's name) of a table written by a make."""
    name, data = MAKES[make](header, rows, dice)
    sheet = read_file(data, name, TEMPLATES[template])
    return sheet if isinstance(sheet, Rejection) else judge(sheet, TEMPLATES[template], WORLD)


def alarms(make, template, seed):
    """What a clean table of this make is wrongly told: nothing, if all is well."""
    dice = random.Random(f"{make}|{template}|{seed}")
    header, rows = TABLES[template][0], TABLES[template][1](dice, dice.randrange(3, 30))
    report = read(make, template, header, rows, dice)
    if isinstance(report, Rejection):
        return [f"refused: {report.code}"]
    found = report.messages()
    taken = [values for _row, values in sorted(report.normalised.items(), key=lambda item: int(item[0]))]
    wanted = [{column: value for column, value in zip(header, line, strict=True) if value} for line in rows]
    if len(taken) != len(wanted):
        return [*found, f"{len(taken)} rows of {len(wanted)}"]
    for given, kept in zip(wanted, taken, strict=True):
        found += [f"{column}: {given[column]!r} → {kept.get(column)!r}" for column in given if kept.get(column) != given[column]]
        found += [f"{column}: nothing → {kept[column]!r}" for column in kept if column not in given and column in header]
    return found


def found_planted(make, template, seed):
    """Whether one spoilt cell sends its row back, and only its row."""
    dice = random.Random(f"spoilt|{make}|{template}|{seed}")
    header, rows = TABLES[template][0], TABLES[template][1](dice, dice.randrange(4, 12))
    at, spoilt, column = plant(header, rows, dice)
    report = read(make, template, header, spoilt, dice)
    return not isinstance(report, Rejection) and report.rows_refused >= 1 and any(f.column == column for f in report.findings), column


def main(count):
    """Print a line for each make; the exit code says whether anything was amiss."""
    wrong, missed, looked = Counter(), Counter(), 0
    templates = list(TABLES)
    for make in MAKES:
        each = RESAVED_EACH if make in resaved.MAKES else -(-(count - RESAVED_EACH * len(resaved.MAKES)) // len(makes.MAKES))
        looked += each
        for seed in range(each):
            template = templates[seed % 3]
            if told := alarms(make, template, seed):
                wrong[make] += 1
                print(f"  {make}, {template}, {seed}: {told[:3]}")
            hit, column = found_planted(make, template, seed)
            if not hit:
                missed[make] += 1
                print(f"  {make}, {template}, {seed}: the fault in {column} was not found")
        print(f"{make}: {each} clean, {wrong[make]} false alarms; {each} spoilt, {missed[make]} not found", flush=True)
    if not resaved.SOFFICE:
        print("LibreOffice itself is not installed here: its files are made as it writes them")
    print(f"{looked} clean workbooks of {len(MAKES)} makes: {sum(wrong.values())} false alarms, {sum(missed.values())} planted faults missed")
    return 1 if wrong or missed or taken_otherwise() else 0


def taken_otherwise():
    """Other formats than .xlsx, as LibreOffice saves them, that are not refused by the sentence with the way out."""
    dice, wrong = random.Random("other formats"), []
    for suffix, name in resaved.OTHERS.items() if resaved.SOFFICE else ():
        header, rows = TABLES["household"][0], TABLES["household"][1](dice, 4)
        data = resaved.resaved(makes.MAKES["WPS by hand"](header, rows, dice)[1], suffix)
        told = read_file(data, f"名单.{suffix}", TEMPLATES["household"])
        if not isinstance(told, Rejection) or (told.code, told.detail) != ("file.old_format", name):
            wrong.append(suffix)
            print(f"  .{suffix}: {told}")
    print(f"LibreOffice's own formats: {len(wrong)} of {', '.join(resaved.OTHERS)} without the way out" if resaved.SOFFICE else "no other formats tried")
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(os.environ.get("WANJIA_CLEAN", "200"))))
