"""Peers of candidate generation: brute force over all pairs, polars and DuckDB joins."""

import time

import numpy as np


def brute_force(market, most, digest) -> dict:
    """Look at every pair in one compiled loop; keep the best in order."""
    from numba import njit

    @njit
    def look(rows, lists, columns, steps, out, count):
        region_start, region, skill_start, skill, home, home_by, within, age, floor, held = lists
        lot_region, lot_skill, worth, pay, certificate, low, high, ends, unsafe, places = columns
        for i in range(rows):
            found = 0
            for j in range(len(pay)):
                if places[j] <= 0 or age[i] < 16 or age[i] < low[j] or age[i] > high[j] or (unsafe[j] and age[i] < 18):
                    continue
                if pay[j] < floor[i] or (certificate[j] & ~held[i]) != 0 or ends[j] > home_by[i]:
                    continue
                at_home = lot_region[j] == home[i]
                if not at_home and (within[i] or home_by[i] < 32767):
                    continue
                wish = -1
                for r in range(region_start[i], region_start[i + 1]):
                    if region[r] == lot_region[j]:
                        wish = r - region_start[i]
                        break
                if wish < 0:
                    continue
                trade = 0
                if lot_skill[j] > 0:
                    trade = -1
                    for s in range(skill_start[i], skill_start[i + 1]):
                        if skill[s] == lot_skill[j]:
                            trade = s - skill_start[i]
                            break
                    if trade < 0:
                        continue
                score = worth[j] - wish * steps[0] - trade * steps[1] + (steps[2] if at_home else 0)
                if score < 0 or (found == most and score <= out[i, most - 1]):
                    continue
                p = min(found, most - 1)
                while p > 0 and out[i, p - 1] < score:
                    out[i, p] = out[i, p - 1]
                    p -= 1
                out[i, p] = score
                found = min(found + 1, most)
            count[i] = found

    lots = market.lots
    columns = (
        lots.region, lots.skill, lots.worth, lots.pay, lots.certificate, lots.age_min, lots.age_max, lots.ends, lots.unsafe, lots.places,
    )  # fmt: skip
    n = market.n_claimants
    p = market.people
    lists = (p.region_start, p.region, p.skill_start, p.skill, p.home, p.home_by, p.within, p.age, p.pay_floor, p.certificates)
    out, count = np.zeros((n, most), np.int64), np.zeros(n, np.int64)
    look(1, lists, columns, market.steps, out, count)
    cpu = time.process_time()
    look(n, lists, columns, market.steps, out, count)
    cpu = time.process_time() - cpu
    owner = np.repeat(np.arange(n), count)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return {"cpu": cpu, "sum": digest(owner, rank, out[owner, rank])}


def tables(market):
    """Return (wishes, trades, people, lots) as polars frames: the relational form of the market."""
    import polars as pl

    p, lots, n = market.people, market.lots, market.n_claimants
    wish_of, trade_of = np.repeat(np.arange(n), np.diff(p.region_start)), np.repeat(np.arange(n), np.diff(p.skill_start))
    wishes = pl.DataFrame({"who": wish_of, "region": p.region, "wish": np.arange(len(wish_of)) - p.region_start[wish_of]})
    trades = pl.DataFrame({"who": trade_of, "skill": p.skill, "trade": np.arange(len(trade_of)) - p.skill_start[trade_of]})
    anyone = pl.DataFrame({"who": np.arange(n), "skill": np.zeros(n, np.int16), "trade": np.zeros(n, np.int64)})
    people = pl.DataFrame(
        {"who": np.arange(n), "home": p.home, "home_by": p.home_by, "within": p.within, "age": p.age, "floor": p.pay_floor,
         "held": p.certificates}
    )  # fmt: skip
    columns = {
        name: getattr(lots, name)
        for name in ("region", "skill", "worth", "pay", "certificate", "age_min", "age_max", "ends", "unsafe", "places")
    }
    return wishes, pl.concat([trades, anyone]), people, pl.DataFrame(columns)


def by_polars(market, most, digest) -> dict:
    """Join, filter, rank, in slices of people so that memory holds."""
    import polars as pl

    wishes, trades, people, lots = tables(market)
    step_region, step_skill, bonus = market.steps
    cpu, parts = time.process_time(), []
    for a in range(0, market.n_claimants, 5_000):
        some = pl.col("who").is_between(a, a + 4_999)
        pairs = (
            wishes.lazy().filter(some).join(trades.lazy().filter(some), on="who").join(lots.lazy(), on=["region", "skill"])
            .join(people.lazy().filter(some), on="who")
            .filter(
                (pl.col("places") > 0) & (pl.col("age") >= 16) & (pl.col("age") >= pl.col("age_min"))
                & (pl.col("age") <= pl.col("age_max")) & ~(pl.col("unsafe") & (pl.col("age") < 18))
                & (pl.col("pay") >= pl.col("floor")) & ((pl.col("certificate") & ~pl.col("held")) == 0)
                & (pl.col("ends") <= pl.col("home_by"))
                & ((pl.col("region") == pl.col("home")) | ~(pl.col("within") | (pl.col("home_by") < 32767)))
            )
            .with_columns(
                score=pl.col("worth") - pl.col("wish") * step_region - pl.col("trade") * step_skill
                + pl.when(pl.col("region") == pl.col("home")).then(bonus).otherwise(0)
            )
            .filter(pl.col("score") >= 0).select("who", "score")
        )  # fmt: skip
        parts.append(pairs.sort(["who", "score"], descending=[False, True]).group_by("who", maintain_order=True).head(most).collect())
    cpu = time.process_time() - cpu
    return {"cpu": cpu, "sum": _ranked(pl.concat(parts), digest)}


def by_duckdb(market, most, digest) -> dict:
    """The same in SQL, in the same slices."""
    import duckdb
    import polars as pl

    wishes, trades, people, lots = tables(market)
    step_region, step_skill, bonus = market.steps
    base = duckdb.connect(config={"threads": 1})
    for name, frame in (("wishes", wishes), ("trades", trades), ("people", people), ("lots", lots)):
        base.register(name + "_", frame.to_arrow())
        base.execute(f"create table {name} as select * from {name}_")
    sentence = f"""
        select who, score from (
          select p.who, l.worth - w.wish * {step_region} - t.trade * {step_skill}
                 + case when l.region = p.home then {bonus} else 0 end as score
          from people p join wishes w using (who) join trades t using (who)
               join lots l on l.region = w.region and l.skill = t.skill
          where p.who between ? and ? and w.who between ? and ? and t.who between ? and ?
            and l.places > 0 and p.age >= 16 and p.age between l.age_min and l.age_max and not (l.unsafe and p.age < 18)
            and l.pay >= p.floor and (l.certificate & ~p.held) = 0 and l.ends <= p.home_by
            and (l.region = p.home or not (p.within or p.home_by < 32767))) where score >= 0
        qualify row_number() over (partition by who order by score desc) <= {most}"""
    cpu, parts = time.process_time(), []
    for a in range(0, market.n_claimants, 5_000):
        parts.append(base.execute(sentence, [a, a + 4_999] * 3).fetchnumpy())
    cpu = time.process_time() - cpu
    return {"cpu": cpu, "sum": _ranked(pl.concat([pl.DataFrame(part) for part in parts]), digest)}


def _ranked(found, digest) -> int:
    found = found.sort(["who", "score"], descending=[False, True])
    who = found["who"].to_numpy()
    count = np.bincount(who)
    rank = np.arange(len(who)) - (np.cumsum(count) - count)[who]
    return digest(who, rank, found["score"].to_numpy())


WAYS = {"lists: brute force": brute_force, "lists: polars": by_polars, "lists: DuckDB": by_duckdb}
