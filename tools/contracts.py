"""The import contract for every feature, so that a new feature needs no line in pyproject.toml."""

from typing import Any

import grimp
from importlinter import ContractCheck, fields
from importlinter.contracts.layers import LayersContract
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


class FeatureContract(LayersContract):
    """`layers`, with every package that `containers` matches, but those in `no_features`."""

    type_name = "features"

    # import-linter puts the parsed values where the class has the fields.
    containers: Any = fields.ListField(subfield=fields.ModuleExpressionField())
    no_features: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        packages = {
            module.name
            for module in module_expressions_to_modules(graph, self.containers)
            if graph.find_children(module.name)
        }
        self.containers = [ModuleExpression(name) for name in sorted(packages - self.no_features)]
        return super().check(graph, verbose)
