"""Shards held by Ray actors: on this machine, or on a cluster that RAY_ADDRESS names. Ray is loaded here only, and late.

Ray listens on every address of a machine and does what it is told by whoever reaches it. What is started here therefore asks for
a token that nobody else has, and a cluster that asks for none is refused.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from wanjia.planning.allocation.crew import Args, Crew, Died
from wanjia.planning.allocation.shards import Held, Shard, ShardSource
from wanjia.planning.allocation.worlds import invented_market
from wanjia.planning.contract import BadInput

if TYPE_CHECKING:
    Handle: TypeAlias = Any  # Ray's own types are not there where Ray is not

QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
MODE, TOKEN = "RAY_AUTH_MODE", "RAY_AUTH_TOKEN"


def has_ray() -> bool:
    """Tell whether the extra `wanjia[scale]` is installed."""
    return importlib.util.find_spec("ray") is not None


def need_ray() -> None:
    """Refuse, with what to do, where Ray is not installed."""
    if not has_ray():
        raise BadInput(
            "--ray",
            "这台机器没有安装 Ray。请运行 pip install --require-hashes -r requirements-scale.lock，或去掉 --ray，在本进程里分片计算。",
            "Ray is not installed here. Run pip install --require-hashes -r requirements-scale.lock, or leave --ray out: the shards are then held in this process",
        )


def settings() -> dict[str, str]:
    """Return the environment under which Ray is started or joined. Refuses a cluster that lets everybody in."""
    if not os.environ.get("RAY_ADDRESS"):
        return QUIET | {MODE: "token", TOKEN: secrets.token_hex(32)}
    if os.environ.get(MODE) != "token":
        raise BadInput(
            MODE,
            "这个 Ray 集群不验证身份，谁能连上谁就能在上面执行程序、读人员数据。请在每台机器上设 RAY_AUTH_MODE=token 后重新启动集群。",
            "this Ray cluster lets everybody in who reaches it, to run programs and read claimants. Set RAY_AUTH_MODE=token on every machine and start it again",
        )
    return QUIET


class Keeper:
    """What runs in the actor: it holds one shard and answers with ("said", answer) or ("refused", why)."""

    def __init__(self) -> None:
        self.shard: Shard | None = None

    def build(self, source: ShardSource, unit: float | None) -> int:
        """Remember what to build; it is built with the first question, so that all shards read at once. Returns the process id."""
        self.source, self.unit = source, unit
        return os.getpid()

    def answer(self, question: str, args: Args) -> tuple[str, Any]:
        """Put one question to the shard."""
        try:
            if self.shard is None:
                Shard.warm_up(Held(invented_market(400, 30, 1.1)))
                self.shard = Shard(self.source, self.unit)
            return "said", getattr(self.shard, question)(*args)
        except BadInput as refusal:
            return "refused", refusal

    def used(self) -> tuple[int, float, int]:
        """Return (process id, CPU seconds, peak memory in bytes) of this process."""
        import resource

        mine = resource.getrusage(resource.RUSAGE_SELF)
        return os.getpid(), mine.ru_utime + mine.ru_stime, mine.ru_maxrss * 1024


class RayCrew(Crew):
    """A shard an actor. Close it: actors hold their claimants until then."""

    def __init__(self, sources: Sequence[ShardSource], workers: int | None = None) -> None:
        """Make actors for the sources. workers: how many processors a cluster started here has (None: all of the machine's)."""
        need_ray()
        os.environ.update(settings())  # before Ray is loaded, which reads them then
        import ray

        super().__init__(sources)
        self.ray = ray
        self.started = not ray.is_initialized()
        if self.started:
            where = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": workers, "include_dashboard": False}
            ray.init(log_to_driver=False, logging_level="error", **where)
        # no processor is asked for: with more shards than processors, or beside other work, an actor would wait for ever unheard
        self._make = ray.remote(Keeper).options(num_cpus=0, scheduling_strategy="SPREAD", max_restarts=0)
        self._actors: dict[int, Handle] = {}

    def make(self, k: int) -> None:
        """Start an actor for shard k; the one there was is let go."""
        self._let_go(k)
        actor = self._make.remote()
        actor.build.remote(self.sources[k], self.unit)
        self._actors[k] = actor

    def send(self, k: int, question: str, args: Args) -> Any:
        """Put a question to the actor; large arrays go through Ray's store of objects."""
        try:
            return self._actors[k].answer.remote(question, args)
        except self.ray.exceptions.RayActorError as death:
            raise Died from death

    def receive(self, k: int, sent: Any) -> Any:
        """Wait for the answer."""
        try:
            how, answer = self.ray.get(sent)
        except (self.ray.exceptions.RayActorError, self.ray.exceptions.OutOfMemoryError, self.ray.exceptions.ObjectLostError) as death:
            raise Died from death
        if how == "refused":
            raise answer
        return answer

    def used(self) -> list[tuple[int, float, int]]:
        """Return what each actor's process used: (process id, CPU seconds, peak bytes)."""
        found: list[tuple[int, float, int]] = self.ray.get([actor.used.remote() for actor in self._actors.values()])
        return found

    def close(self) -> None:
        """Let actors go, and the cluster if it was started here."""
        for k in list(self._actors):
            self._let_go(k)
        if self.started:
            self.ray.shutdown()

    def _let_go(self, k: int) -> None:
        actor = self._actors.pop(k, None)
        if actor is not None:
            self.ray.kill(actor)
