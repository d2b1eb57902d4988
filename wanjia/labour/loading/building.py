"""From accepted rows to the rows of six tables, column by column: keys, seals, indexes, sounds of names, digests. No database is asked here."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wanjia.sealing import keys

from ..states import Evidence, How, Place
from . import row_keys, words
from .columns import ONE_BY_ONE
from .encoding import Col, boxed, copied
from .sounds import sounds_all

PERSON, HOME, MEMBER, STATUS, WORKER, SPELL = (
    "registry_person", "registry_household", "registry_membership", "registry_datedstatus", "labour_worker", "labour_spell",
)  # fmt: skip
TABLES = (HOME, PERSON, MEMBER, STATUS, WORKER, SPELL)  # in the order of their foreign keys
# {table: columns that a load tells}; the other columns say the same in every row.
TOLD = {
    HOME: ("id", "number", "village_id", "group_name"),
    PERSON: (
        "id", "village_id", "name", "pinyin", "initials", "sex", "birth_on", "ethnicity", "citizen_id", "citizen_index", "citizen_last4", "phone",
        "phone_index", "education", "political", "work",
    ),
    MEMBER: ("person_id", "household_id", "relation"),
    STATUS: ("id", "household_id", "scheme", "scheme_version", "code", "review_on"),
    WORKER: (
        "person_id", "village_id", "lifted", "watched", "relocated", "trade", "certificate", "wants_place", "wants_trade", "wants_pay", "free_on", "care",
        "place", "since_on", "how", "carried", "verified_on", "line_digest",
    ),
    SPELL: ("id", "worker_id", "from_on", "to_on", "place", "area", "employer_name", "trade", "pay", "how", "carried", "evidence"),
}  # fmt: skip
COUNTED = {PERSON: "people", HOME: "homes", STATUS: "statuses", SPELL: "spells"}
DIGEST_BYTES = 16
FOLLOWING = ("性别", "出生日期", "乡镇(街道)", "村(社区)")  # what the number and the code of the village say


@dataclass(frozen=True)
class Plan:
    """What every part of a load must know. millis: the load's moment; same: {table: [encoding.Same]}; words: the codes of the homes' marks by
    position; statuses: {code: (scheme, version, code, day of review or None)}; minors_after: yyyymmdd, whoever was born later is a child."""

    secret: bytes
    millis: int
    as_of: date
    vendor: str
    same: dict
    words: list
    statuses: dict
    minors_after: int


@dataclass
class Standing:
    """What the register holds of the people and homes of a part. people: {index of the number: (key, digest of the line or None)};
    homes: {number: key}."""

    people: dict = field(default_factory=dict)
    homes: dict = field(default_factory=dict)


@dataclass
class Built:
    """One part, ready to be written. bodies: {table: bytes of a COPY} for PostgreSQL, {"": bytes of a database} for SQLite; columns: {table: those of
    the moving statement}; sums: Counters of the new labourers by TALLIED, by (county, place, since_on) and by (township, verified_on), days since
    1970; digest: of the part; met: [(row, values, key of the person, digest)] of those who stand already and whose line differs; keys: of the new people."""

    number: int
    first_row: int
    last_row: int
    bodies: dict
    columns: dict
    counts: dict
    sums: tuple
    digest: str
    met: list


def tokens(told):
    """Return the indexes of the people's numbers, a list."""
    return keys.blind_all(f"{PERSON}.citizen_id", numbers_of(told))


def numbers_of(told):
    """Return the citizen numbers, a list of texts."""
    text = np.ascontiguousarray(told.citizen).tobytes().decode()
    return [text[at : at + 18] for at in range(0, len(text), 18)]


def build(final, plan, standing, found=None):
    """Return the Built of one part. found: its `tokens`, where they are known already."""
    told, found = final.told, found or tokens(final.told)
    lines = line_digests(told)
    n, first = len(told), int(told.numbers[0]) if len(told) else final.part.row
    last = int(told.numbers[-1]) if n else final.part.row
    digest = keys.blind("labour.chunk", hashlib.sha256(b"".join(lines)).hexdigest())
    homes = _home_keys(final, plan, standing)
    stands = np.array([token in standing.people for token in found], bool) if standing.people else np.zeros(n, bool)
    met = _met(final, standing, np.flatnonzero(stands), found, lines)
    counts = {"rows": n, "same": int(stands.sum()) - len(met), "met": len(met)}
    full, own = final, homes
    if stands.any():
        fresh = ~stands
        final = type(final)(final.part, told.take(fresh), final.home_row[fresh], final.marks[fresh])
        homes, found, lines = homes[fresh], [token for token, s in zip(found, stands, strict=True) if not s], [line for line, s in zip(lines, stands, strict=True) if not s]
    made = _homes(full, plan, standing, own)
    sums = (Counter(), Counter(), Counter())
    if len(final.told):
        people, sums = _people(final, plan, homes, found, lines)
        made |= people
    counts |= {name: made[table][1] if table in made else 0 for table, name in COUNTED.items()}
    tables = {name: ([*made[name][0], *plan.same[name]], made[name][1]) for name in TABLES if name in made}
    tables = {name: made for name, made in tables.items() if made[1]}
    if not tables:
        bodies, columns = {}, {}
    elif plan.vendor == "postgresql":
        bodies, columns = {name: copied(*made) for name, made in tables.items()}, {name: [c.name for c in made[0]] for name, made in tables.items()}
    else:
        bodies, columns = {"": boxed(tables)}, {name: [_bare(c) for c in made[0]] for name, made in tables.items()}
    return Built(final.part.number, first, last, bodies, columns, counts, sums, digest, met)


def _bare(column):
    return Col(column.name, column.kind, None) if isinstance(column, Col) else column


# Keys


def _home_keys(final, plan, standing):
    made = row_keys.ordered(plan.secret, row_keys.HOME, final.home_row, plan.millis)
    if standing.homes:
        numbers = final.told.home.dictionary_encode()
        known = [standing.homes.get(number) for number in numbers.dictionary.to_pylist()]
        there = np.array([one is not None for one in known], bool)
        index = numbers.indices.to_numpy(zero_copy_only=False)
        if there.any():
            bodies = np.frombuffer(b"".join(one.bytes if one else bytes(16) for one in known), np.uint8).reshape(-1, 16)
            made[there[index]] = bodies[index[there[index]]]
    return made


def _met(final, standing, at, found, lines):
    """Return those who stand already and of whom this line says something else."""
    told, some = final.told, []
    for row in at.tolist():
        key, known = standing.people[found[row]]
        if known is not None and bytes(known) == lines[row]:
            continue
        some.append((int(told.numbers[row]), told.values(row), key, lines[row]))
    return some


# Columns


def _homes(final, plan, standing, homes):
    """Return {table: (columns, n)} of the homes whose first row stands here and that the register does not know, and of their statuses."""
    told = final.told
    new = final.home_row == told.numbers
    if standing.homes:
        new &= ~np.array([number in standing.homes for number in told.home.to_pylist()], bool)
    which = pa.array(new)
    villages = words.texts(told.village[1], told.village[0])
    home = [
        Col("id", "uuid", homes[new]), Col("number", "text", told.home.filter(which)), Col("village_id", "text", villages.filter(which)),
        Col("group_name", "text", words.said(told, "村民小组").filter(which)),
    ]  # fmt: skip
    return {HOME: (home, int(new.sum())), STATUS: _statuses(final, plan, homes, new)}


def _people(final, plan, homes, found, lines):
    """Return ({table: (columns, n)}, sums) of new people, their membership and work."""
    told = final.told
    n, born = len(told), words.ymd(told)
    people = row_keys.of_people(plan.secret, told.numbers, plan.millis, born > plan.minors_after)
    villages = words.texts(told.village[1], told.village[0])
    sounds, initials = sounds_all(told.name)
    sexes = pa.array(["女", "男"]).take(pa.array((told.citizen[:, 16] % 2).astype(np.int8)))
    spelt = row_keys.spelt(people)
    has_phone = pc.binary_length(told.phone).to_numpy(zero_copy_only=False) > 0
    phone, phone_index = _phones(told.phone, spelt, has_phone)
    numbers = numbers_of(told)
    sealed = keys.encrypt_all(numbers, [f"{PERSON}|citizen_id|{key}" for key in spelt])
    person = [
        Col("id", "uuid", people), Col("village_id", "text", villages), Col("name", "text", told.name), Col("pinyin", "text", sounds), Col("initials", "text", initials),
        Col("sex", "text", sexes), Col("birth_on", "date", words.days(born)), Col("ethnicity", "text", words.said(told, "民族")),
        Col("citizen_id", "bytea", words.bytes_of(sealed)), Col("citizen_index", "text", words.texts_joined(found)), Col("citizen_last4", "text", words.last4(told)),
        Col("phone", "bytea", phone), Col("phone_index", "text", phone_index, has_phone), Col("education", "text", words.said(told, "文化程度")),
        Col("political", "text", words.said(told, "政治面貌")), Col("work", "text", words.said(told, "就业状态")),
    ]  # fmt: skip
    member = [Col("person_id", "uuid", people), Col("household_id", "uuid", homes), Col("relation", "text", words.said(told, "与户主关系"))]
    worker, spell, spells, key = _work(final, plan, people, villages, lines)
    made = {PERSON: (person, n), MEMBER: (member, n), WORKER: (worker, n), SPELL: (spell, spells)}
    return made, (_tallied(told, key), *_dated(told, key[3], worker))


def _statuses(final, plan, homes, new):
    """Return (columns, n): one row for each mark of each new home."""
    found = {"id": [], "household_id": [], "code": []}
    for at, kind in enumerate((row_keys.LIFTED, row_keys.WATCHED, row_keys.RELOCATED)):
        codes = plan.words[at]
        stands = new & np.array([bool(code) for code in codes], bool)[final.marks[:, at]]
        found["id"].append(row_keys.ordered(plan.secret, kind, final.home_row[stands], plan.millis))
        found["household_id"].append(homes[stands])
        found["code"] += [codes[mark] for mark in final.marks[stands, at].tolist()]
    what = [plan.statuses[code] for code in found["code"]]
    review = [one[3] for one in what]
    return [
        Col("id", "uuid", np.concatenate(found["id"])), Col("household_id", "uuid", np.concatenate(found["household_id"])),
        *(Col(name, "text", pa.array([one[at] for one in what], pa.string())) for at, name in enumerate(("scheme", "scheme_version", "code"))),
        Col("review_on", "date", np.array([day or date(2000, 1, 1) for day in review], "datetime64[D]").astype(np.int32), np.array([day is not None for day in review], bool)),
    ], len(what)  # fmt: skip


def _work(final, plan, people, villages, lines):
    """Return (columns of workers, columns of spells, how many spells, the parts of the tally's key)."""
    told = final.told
    place, left, back = words.coded(told, "务工区域"), words.dates(told, "外出时间"), words.dates(told, "返回时间")
    place = words.instead_of(place, Place.NONE.value)
    away = pc.not_equal(place, Place.NONE.value).to_numpy(zero_copy_only=False)
    runs = away & ~back[1]
    at_work, how = pa.array(runs), words.instead_of(words.coded(told, "输出方式"), How.SELF.value)
    carried = words.flags(told, "是否点对点")
    place_now = pc.if_else(at_work, place, Place.NONE.value)
    how_now, carried_now = pc.if_else(at_work, how, ""), carried & runs
    marks = [np.array([bool(code) for code in plan.words[at]], bool)[final.marks[:, at]] for at in range(3)]
    pay, wants_pay, free, verified = words.whole(told, "月均收入"), words.whole(told, "期望月薪"), words.dates(told, "可外出时间"), words.dates(told, "最近核实")
    verified = np.where(verified[1], verified[0], np.datetime64(plan.as_of, "D").astype(np.int32))
    worker = [
        Col("person_id", "uuid", people), Col("village_id", "text", villages), Col("lifted", "bool", marks[0]), Col("watched", "bool", marks[1]),
        Col("relocated", "bool", marks[2]), Col("trade", "text", words.coded(told, "技能(工种)")), Col("certificate", "text", words.said(told, "技能证书")),
        Col("wants_place", "text", words.coded(told, "想去区域")), Col("wants_trade", "text", words.coded(told, "意愿工种")), Col("wants_pay", "int4", *wants_pay),
        Col("free_on", "date", *free), Col("care", "text", words.coded(told, "照看家人")), Col("place", "text", place_now), Col("since_on", "date", left[0], runs),
        Col("how", "text", how_now), Col("carried", "bool", carried_now), Col("verified_on", "date", verified), Col("line_digest", "bytea", words.bytes_of(lines)),
    ]  # fmt: skip
    which = pa.array(away)
    spell = [
        Col("id", "uuid", row_keys.ordered(plan.secret, row_keys.SPELL, told.numbers[away], plan.millis)), Col("worker_id", "uuid", people[away]),
        Col("from_on", "date", left[0][away]), Col("to_on", "date", back[0][away], back[1][away]), Col("place", "text", place.filter(which)),
        Col("area", "text", words.said(told, "务工地").filter(which)), Col("employer_name", "text", words.said(told, "单位名称").filter(which)),
        Col("trade", "text", words.coded(told, "工种").filter(which)), Col("pay", "int4", pay[0][away], pay[1][away]), Col("how", "text", how.filter(which)),
        Col("carried", "bool", carried[away]), Col("evidence", "text", words.instead_of(words.coded(told, "佐证"), Evidence.LISTED.value).filter(which)),
    ]  # fmt: skip
    return worker, spell, int(away.sum()), (*marks, place_now, how_now, carried_now)


def _tallied(told, key):
    lifted, watched, relocated, place, how, carried = key
    combined, known = told.village[0].astype(np.int64), []
    for texts in (place, how):
        code = texts.dictionary_encode()
        known.append(code.dictionary.to_pylist())
        combined = combined * len(known[-1]) + code.indices.to_numpy(zero_copy_only=False)
    for flag in (lifted, watched, relocated, carried):
        combined = combined * 2 + flag
    found = Counter()
    for one, n in zip(*(some.tolist() for some in np.unique(combined, return_counts=True)), strict=True):
        flags, rest = [], one
        for _flag in range(4):
            flags.append(bool(rest % 2))
            rest //= 2
        rest, at_how = divmod(rest, len(known[1]))
        village, at_place = divmod(rest, len(known[0]))
        c, r, w, li = flags
        found[told.village[1][village], li, w, r, known[0][at_place], known[1][at_how], c] += n
    return found


def _dated(told, place, worker):
    """Return the sums of counties by the day since when, and of townships by the day of the last look."""
    since, verified = (next(column for column in worker if column.name == name) for name in ("since_on", "verified_on"))
    code = place.dictionary_encode()
    townships = sorted({(village or "")[:9] for village in told.village[1]})
    town = np.array([townships.index((village or "")[:9]) for village in told.village[1]] or [0], np.int64)[told.village[0]]
    places, found = code.dictionary.to_pylist(), (Counter(), Counter())
    keys_ = (town * len(places) + code.indices.to_numpy(zero_copy_only=False)) << 20 | since.values.astype(np.int64)
    for one, n in zip(*(some.tolist() for some in np.unique(keys_[since.there], return_counts=True)), strict=True):
        at, where = divmod(one >> 20, len(places))
        found[0][townships[at][:6].ljust(12, "0"), places[where], one & 0xFFFFF] += n
    for one, n in zip(*(some.tolist() for some in np.unique(town << 20 | verified.values.astype(np.int64), return_counts=True)), strict=True):
        found[1][townships[one >> 20].ljust(12, "0"), one & 0xFFFFF] += n
    return found


def _phones(phones, spelt, has):
    """Return (sealed, index) of the telephones; b"" and "" where there is none."""
    at = np.flatnonzero(has).tolist()
    texts = phones.filter(pa.array(has)).to_pylist()
    sealed = keys.encrypt_all(texts, [f"{PERSON}|phone|{spelt[k]}" for k in at])
    index = keys.blind_all(f"{PERSON}.phone", texts)
    if len(at) == len(has):
        return words.bytes_of(sealed), words.texts_joined(index)
    bodies, marks = [b""] * len(has), [""] * len(has)
    for k, body, mark in zip(at, sealed, index, strict=True):
        bodies[k], marks[k] = body, mark
    return words.bytes_of(bodies), words.texts_joined(marks)


def line_digests(told):
    """Return 16 bytes for each row, keyed: of everything that it says, in whatever order the file's columns come. The same row again has the same."""
    secret = bytes.fromhex(keys.blind("labour.line", "key").partition(":")[2])
    columns = sorted(name for name in told.few if name not in (*ONE_BY_ONE, *FOLLOWING))
    # A column that says nothing is as one that is not there.
    texts = [words.texts_of([f"{name}={value}" if value else "" for value in told.few[name][1]], told.few[name][0]) for name in columns]
    villages = words.texts(told.village[1], told.village[0])
    whole = pc.binary_join_element_wise(told.home, told.name, pa.array(numbers_of(told)), told.phone, villages, *texts, "\x1f")
    start, found = hashlib.blake2b(key=secret, digest_size=DIGEST_BYTES).copy, []  # the key is taken in once
    for line in words.pieces(whole):
        digest = start()
        digest.update(line)
        found.append(digest.digest())
    return found
