"""Markets in shards: the same plan wherever claimants are cut, a true bound, and shards that die on the way."""

import argparse
import dataclasses
import itertools
import json
import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanjia.planning.allocation import crew as crews
from wanjia.planning.allocation import ray_market, shard_market
from wanjia.planning.allocation.candidates import build_index
from wanjia.planning.allocation.check_market import check_market, pair_scores
from wanjia.planning.allocation.cli import add_commands
from wanjia.planning.allocation.crew import Died, Here, ShardLost
from wanjia.planning.allocation.market import solve_market
from wanjia.planning.allocation.shard_market import solve_shards
from wanjia.planning.allocation.shards import Held, Shard, cuts, held, rows_of, sort_again
from wanjia.planning.allocation.worlds import invented_market
from wanjia.planning.contract import BadInput

WORLDS = st.builds(
    lambda n, m, ratio, seed: invented_market(n, m, ratio, seed=seed, regions=5, skills=4),
    st.integers(1, 300), st.integers(1, 40), st.sampled_from((0.3, 0.8, 1.0, 1.5)), st.integers(0, 999),
)  # fmt: skip


def same(plan, other) -> bool:
    """Tell whether two plans are the same in every figure that they publish."""
    return (
        plan.choice.tolist() == other.choice.tolist() and plan.price.tolist() == other.price.tolist()
        and (plan.value, plan.bound) == (other.value, other.bound)
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(WORLDS, st.lists(st.floats(0, 1), max_size=6), st.integers(0, 5))
def test_wherever_the_claimants_are_cut_the_plan_is_the_same_and_its_bound_true(market, shares, seed):
    n = market.n_claimants
    edges = [0, *sorted(int(share * n) for share in shares), n]  # some shards are empty
    plan = solve_shards(Here(held(market, edges)), seed=seed)
    found = check_market(market, plan)
    assert found.valid, found.breaches
    assert plan.value <= solve_market(market).value <= plan.bound + 1e-6
    assert same(plan, solve_shards(Here(held(market, [0, n])), seed=seed))


@settings(max_examples=25, deadline=None)
@given(WORLDS, st.data())
def test_any_division_of_claimants_gives_a_valid_plan(market, data):
    n = market.n_claimants
    owner = np.array(data.draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)))
    rows = [np.flatnonzero(owner == k) for k in range(4)]
    first = itertools.accumulate((len(some) for some in rows), initial=0)
    plan = solve_shards(Here([Held(rows_of(market, some), a) for some, a in zip(rows, first, strict=False)]))
    choice = np.empty(n, np.int32)
    choice[np.concatenate(rows)] = plan.choice
    found = check_market(market, dataclasses.replace(plan, choice=choice))
    assert found.valid, found.breaches
    assert plan.value <= solve_market(market).value <= plan.bound + 1e-6


@pytest.mark.parametrize("ratio", [0.3, 0.8, 1.0, 1.3, 2.0])
def test_the_gap_is_reached_and_the_value_is_that_of_one_process(ratio):
    market = invented_market(25_000, 300, ratio, seed=5, regions=8, skills=6)
    plan, one = solve_shards(Here(held(market, cuts(25_000, 3)))), solve_market(market)
    found = check_market(market, plan)
    assert found.valid, found.breaches
    assert found.gap <= 1e-3 and plan.gap == pytest.approx(found.gap, abs=1e-6)
    assert plan.value >= one.value * (1 - 1e-3) and plan.bound >= one.value


def test_the_referee_sees_a_shard_that_leaves_lots_out(monkeypatch):
    """Negative control: were a shard to bound over some of its lots only, the bound would be false and the referee say so."""
    market = invented_market(2_000, 60, 0.8, seed=3, regions=5, skills=4)
    dual = Shard.dual
    monkeypatch.setattr(Shard, "dual", lambda self, price: dual(self, price) * 9 // 10)
    assert any("claims the bound" in words for words in check_market(market, solve_shards(Here(held(market, cuts(2_000, 2))))).breaches)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.integers(1, 5))
def test_the_order_of_lots_depends_on_prices_alone(seed, times):
    market, random = invented_market(20, 80, 0.8, seed=seed, regions=3, skills=3), np.random.default_rng(seed)
    shard = Shard(Held(market))
    for _ in range(times):
        price = random.integers(0, 4, 80).astype(np.int32) * shard.core.mul * 500
        sort_again(shard.core.source, price, shard.core.mul)
    fresh = build_index(market.lots, price.astype(np.int64), shard.core.mul, 3, 3)
    assert (shard.core.source[4] == fresh.rows).all()


@settings(max_examples=30, deadline=None)
@given(WORLDS, st.integers(0, 999), st.integers(1, 400), st.integers(0, 99))
def test_a_bid_leaves_the_bidder_within_eps_of_his_best_and_is_above_the_price(market, seed, yuan, salt):
    random = np.random.default_rng(seed)
    shard = Shard(Held(market))
    mul, ids = shard.core.mul, shard.core.ids
    eps, price = yuan * mul, random.integers(0, 6000 * mul, market.n_lots).astype(np.int32)
    lots, amount = shard.offer(price, eps, salt, ids)
    score, fits = pair_scores(market, ids)
    left = np.where(fits, score * mul - price, -(1 << 40))
    for t in range(len(ids)):
        if lots[t] == np.iinfo(shard.at).max:
            assert left[t].max() <= 0
            continue
        others = np.delete(left[t], lots[t]).max(initial=0)
        after = score[t, lots[t]] * mul - amount[t]
        assert fits[t, lots[t]] and amount[t] > price[lots[t]]
        assert after >= others - eps and after >= 0


class Mortal(Here):
    """A crew whose shards die at given questions: {(shard, how many questions it has answered)}."""

    def __init__(self, sources, deaths):
        super().__init__(sources)
        self.deaths, self.count = set(deaths), [0] * len(sources)

    def receive(self, k, sent):
        """Die, or answer."""
        self.count[k] += 1
        if (k, self.count[k]) in self.deaths:
            del self._shards[k]
            raise Died
        return super().receive(k, sent)


MARKET = invented_market(700, 40, 0.9, seed=6, regions=5, skills=4)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 2), st.integers(1, 60)), max_size=4).filter(lambda d: max([sum(k == s for k, _ in d) for s in range(3)]) <= 3))
def test_a_lost_shard_is_built_again_and_the_plan_is_the_same(deaths):
    undisturbed = solve_shards(Here(held(MARKET, cuts(700, 3))))
    crew = Mortal(held(MARKET, cuts(700, 3)), deaths)
    assert same(solve_shards(crew), undisturbed)
    assert len(crew.deaths) >= sum(crew._rebuilds)


def test_a_shard_built_again_without_its_short_lists_would_spoil_the_plan(monkeypatch):
    """Negative control of the `fill` that is put again: without it a rebuilt shard answers from unwritten lists."""
    monkeypatch.setattr(crews.Shard, "__init__", _with_blank_lists(Shard.__init__))
    undisturbed = solve_shards(Here(held(MARKET, cuts(700, 3))))
    crew = Mortal(held(MARKET, cuts(700, 3)), {(1, 3)})  # known, fill, and dies as it is asked for demand
    assert same(solve_shards(crew), undisturbed)

    class Forgetful(Mortal):
        def _sent(self, k, question, args):
            sent = super()._sent(k, question, args)
            self._last_fill[k] = None
            return sent

    assert not same(solve_shards(Forgetful(held(MARKET, cuts(700, 3)), {(1, 3)})), undisturbed)


def _with_blank_lists(made):
    def init(self, source, unit=None):
        made(self, source, unit)
        self.short[:] = -1

    return init


def test_a_shard_that_dies_again_and_again_ends_the_run_with_a_sentence():
    crew = Mortal(held(MARKET, cuts(700, 3)), {(1, at) for at in range(5, 60)})
    with pytest.raises(ShardLost, match=r"shard 2 of 3: its process was lost 4 times; there is no plan"):
        solve_shards(crew)


class Changing(Held):
    """A source that reads other claimants the second time."""

    def read(self, unit):
        """Read."""
        object.__setattr__(self, "times", getattr(self, "times", 0) + 1)
        return self.market if self.times == 1 else rows_of(self.market, np.arange(self.market.n_claimants)[::-1])


def test_other_claimants_are_not_taken_for_those_that_were_lost(monkeypatch):
    def crew():
        first, second = held(MARKET, cuts(700, 2))
        return Mortal([Changing(first.market, 0), second], {(0, 9)})

    with pytest.raises(ShardLost, match="not those of the beginning"):
        solve_shards(crew(), anybody=Held(MARKET))
    monkeypatch.setattr(crews.Shard, "known", lambda self, known=Shard.known: dataclasses.replace(known(self), digest=0))
    solve_shards(crew(), anybody=Held(MARKET))  # negative control: without the digest half a plan would have gone out


def test_nobody_of_working_age_is_refused_and_a_stop_gives_the_best_so_far():
    young = dataclasses.replace(MARKET, people=dataclasses.replace(MARKET.people, age=np.full(700, 15, np.int16)))
    with pytest.raises(BadInput, match="16 or older"):
        solve_shards(Here(held(young, cuts(700, 2))))
    plan = solve_shards(Here(held(MARKET, cuts(700, 2))), time_limit=0.0)
    assert plan.stopped and check_market(MARKET, plan).valid


@pytest.fixture
def tables(tmp_path):
    """Claimants in one file and in a folder of two, and lots."""
    random, n = np.random.default_rng(1), 900
    places, trades = [f"R{k}" for k in range(6)], ["焊工", "厨师", "司机"]
    claimants = pl.DataFrame({
        "regions": [[places[k] for k in random.permutation(6)[:3]] for _ in range(n)], "age": random.integers(14, 60, n),
        "skills": [[trades[k] for k in random.permutation(3)[:2]] for _ in range(n)],
        "pay_floor": np.where(np.arange(n) == n - 1, 1999.5, random.integers(1500, 4000, n)),
    })  # fmt: skip
    lots = pl.DataFrame({
        "region": random.choice(places, 40), "pay": random.integers(2500, 8000, 40), "places": random.integers(1, 30, 40),
        "skill": random.choice([*trades, None], 40),
    })  # fmt: skip
    claimants.write_parquet(tmp_path / "all.parquet")
    (tmp_path / "counties").mkdir()
    claimants[:300].write_parquet(tmp_path / "counties" / "a.parquet")
    claimants[300:].write_parquet(tmp_path / "counties" / "b.parquet")
    lots.write_parquet(tmp_path / "lots.parquet")
    return tmp_path


def ask(capsys, *words) -> dict:
    """Run the command; return what it says as JSON."""
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    args = parser.parse_args(["market", *map(str, words), "--json"])
    args.run(args)
    return json.loads(capsys.readouterr().out)


def test_the_command_cuts_a_file_or_a_folder_and_says_what_travelled(tables, capsys):
    files = tables / "all.parquet", tables / "lots.parquet"
    one = ask(capsys, *files, "--out", tables / "one.npz")
    three = ask(capsys, *files, "--shards", 3, "--out", tables / "three.npz", "--explain", 0, 899)
    folder = ask(capsys, tables / "counties", files[1], "--shards", 2, "--out", tables / "folder.npz")
    assert three["gap"] <= 1e-3 and three["value"] >= one["value"] * (1 - 1e-3)
    assert three["shards"] == 3 and three["asked"] > 10 and three["up"] > 900 and three["rebuilt"] == 0
    got = [np.load(tables / f"{name}.npz")["choice"] for name in ("three", "folder")]
    assert (got[0] == got[1]).all() and folder["value"] == three["value"]
    for row, options in three["explain"].items():
        assert [option["lot"] for option in options if option["held"]] == [lot for lot in got[0][[int(row)]] if lot >= 0]


def test_a_refusal_names_the_row_of_the_whole_file(tables, capsys):
    bad = pl.read_parquet(tables / "all.parquet").with_columns(pay_floor=pl.when(pl.int_range(pl.len()) == 700).then(-5.0).otherwise(2000.0))
    bad.write_parquet(tables / "bad.parquet")
    said = ask(capsys, tables / "bad.parquet", tables / "lots.parquet", "--shards", 3)
    assert said["error"]["place"] == "claimants, row 700, field pay_floor"
    assert ask(capsys, tables / "nowhere", tables / "lots.parquet", "--shards", 2)["error"]["place"] == "file"
    assert ask(capsys, tables / "all.parquet", tables / "lots.parquet", "--shards", 0)["error"]["place"] == "--shards"


def test_without_ray_the_command_says_what_to_do(tables, capsys, monkeypatch):
    monkeypatch.setattr(ray_market, "has_ray", lambda: False)
    said = ask(capsys, tables / "all.parquet", tables / "lots.parquet", "--shards", 2, "--ray")["error"]
    assert said["place"] == "--ray" and "requirements-scale.lock" in said["en"] and "没有安装 Ray" in said["zh"]


def test_a_cluster_that_lets_everybody_in_is_refused(tables, capsys, monkeypatch):
    monkeypatch.setattr(ray_market, "has_ray", lambda: True)
    monkeypatch.setenv("RAY_ADDRESS", "192.0.2.1:6379")
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    said = ask(capsys, tables / "all.parquet", tables / "lots.parquet", "--shards", 2, "--ray")["error"]
    assert said["place"] == "RAY_AUTH_MODE" and "token" in said["en"]
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    assert "RAY_AUTH_TOKEN" not in ray_market.settings()  # whoever keeps the cluster gives it
    monkeypatch.delenv("RAY_ADDRESS")
    assert ray_market.settings()["RAY_AUTH_TOKEN"] != ray_market.settings()["RAY_AUTH_TOKEN"]


def test_nothing_of_the_product_loads_ray():
    words = (
        "import sys, wanjia.planning.allocation.cli, wanjia.planning.allocation.shard_cli, wanjia.planning.allocation.warming; "
        "sys.exit('ray' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0


@pytest.mark.timeout(900)  # the stranger is told so only after half a minute of tries
def test_ray_carries_the_same_plan_and_a_killed_actor_changes_nothing(monkeypatch):
    if not ray_market.has_ray():
        pytest.skip("Ray is not installed (wanjia[scale], requirements-scale.lock)")
    sources = held(MARKET, cuts(700, 2))
    undisturbed = solve_shards(Here(sources))
    crew = ray_market.RayCrew(sources, workers=2)
    try:
        fill = shard_market.AfarLevels.fill
        killed: list[int] = []

        def fill_and_kill(self, ids):
            fill(self, ids)
            if not killed:
                killed.append(1)
                crew.ray.kill(crew._actors[1])

        monkeypatch.setattr(shard_market.AfarLevels, "fill", fill_and_kill)
        assert same(solve_shards(crew), undisturbed)
        assert killed and crew.traffic.rebuilt == 1
        assert len({pid for pid, _, _ in crew.used()}) == 2
        stranger = f"import ray; ray.init(address={crew.ray.get_runtime_context().gcs_address!r}, log_to_driver=False)"
        keyless = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
        assert "Failed to connect" in subprocess.run([sys.executable, "-c", stranger], env=keyless, capture_output=True, text=True, check=False).stderr
    finally:
        crew.close()
