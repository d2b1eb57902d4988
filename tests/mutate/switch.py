"""The switches while tests run: which guard is off, which have refused; and the importer that lays them."""

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

from .guards import COMMANDS, HOUSE, RULES, switched


class State:
    """off: the key of the one guard that does not refuse now; told: the keys of those that refused since it was emptied."""

    off = None
    told = set()


class Refusing:
    """A condition that does not hold, and of which guard."""

    def __init__(self, key):
        self.key = key

    def __bool__(self):
        return False


def stands(key, condition):
    """The condition of a pair, or True where its guard is off."""
    if condition:
        return condition
    return True if key == State.off else Refusing(key)


def refuses(key):
    """Whether a raise raises: not where its guard is off."""
    if key == State.off:
        return False
    State.told.add(key)
    return True


def noting(first_refusal):
    """first_refusal, which also notes whose sentence is said: only that guard can be missed by switching it off."""

    def first(*checks):
        unmet = next((condition for condition, *_said in checks if not condition), None)
        if isinstance(unmet, Refusing):
            State.told.add(unmet.key)
        return first_refusal(*checks)

    return first


class _Loader(SourceFileLoader):
    def get_code(self, fullname):
        path = self.get_filename(fullname)
        tree = switched(self.get_data(path).decode(), Path(path).relative_to(HOUSE).as_posix())
        return compile(tree, path, "exec", dont_inherit=True)

    def exec_module(self, module):
        module.__dict__.update(__stands__=stands, __refuses__=refuses)
        super().exec_module(module)


class _Finder(MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if not fullname.startswith("wanjia.") or fullname.rsplit(".", 1)[-1] not in (RULES, COMMANDS):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec and spec.origin and spec.origin.startswith(str(HOUSE)):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def lay():
    """From now on every rules.py and commands.py is imported with its switches. Before any of them is."""
    early = [name for name in sys.modules if name.startswith("wanjia.") and name.endswith((f".{RULES}", f".{COMMANDS}"))]
    if early:
        raise RuntimeError(f"imported before the switches were laid: {early}")
    import wanjia.verdict

    wanjia.verdict.first_refusal = noting(wanjia.verdict.first_refusal)
    sys.meta_path.insert(0, _Finder())
