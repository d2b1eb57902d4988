"""A kind of import contract: a room's own files. `forms.py` is known in its room alone, whichever room that is (see pyproject.toml)."""

from importlinter import Contract, ContractCheck, fields, output


class PrivateContract(Contract):
    """names: the last names of modules that only their own package may import (a package's tests: those of its app too)."""

    names = fields.ListField(subfield=fields.StringField())

    def check(self, graph, verbose):
        """Find every import of such a module from another room."""
        private = sorted(module for module in graph.modules if module.rpartition(".")[2] in self.names)
        strangers = [(by, module) for module in private for by in sorted(graph.find_modules_that_directly_import(module)) if not at_home(by, module)]
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check):
        """Say who looks into whose room, and what to do."""
        for by, module in check.metadata["strangers"]:
            output.print_error(f"{by} -> {module}")
        output.new_line()
        output.print("What a room asks on the pages of others stands in its asking.py; what it tells them, in its queries.py.")


def at_home(by, module):
    """Tell whether one module stands in the room of another, or among the tests of its app."""
    room = module.rpartition(".")[0]
    return by.startswith((f"{room}.", f"{'.'.join(module.split('.')[:2])}.tests."))
