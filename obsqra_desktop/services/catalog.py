"""What can be chosen: rules, models, policies."""

from pathlib import Path

from obsqra_desktop.domain.errors import NotFound
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.risk import RULES, RiskRule, rule_by_name
from obsqra_desktop.services.ports import ModelStore, PolicyStore


class CatalogService:
    """Lists and finds; small files, so nothing here is asynchronous."""

    def __init__(self, policies: PolicyStore, models: ModelStore) -> None:
        self._policies = policies
        self._models = models

    def rules(self) -> tuple[RiskRule, ...]:
        """Every risk rule, the default first."""
        return RULES

    def rule(self, name: str) -> RiskRule:
        """A rule by name; raises NotFound."""
        found = rule_by_name(name)
        if found is None:
            known = ", ".join(rule.name for rule in RULES)
            raise NotFound(f"There is no risk rule {name!r}.", hint=f"There are: {known}.")
        return found

    def models(self) -> tuple[Model, ...]:
        """Every model that can be read, shipped ones first."""
        return tuple(self._models.load(name) for name in self._models.names())

    def model(self, name: str) -> Model:
        """A model by name, or from a file if the text looks like a path."""
        if name not in self._models.names() and looks_like_a_path(name):
            return self._models.load_file(Path(name))
        return self._models.load(name)

    def presets(self) -> tuple[Policy, ...]:
        """The shipped policies."""
        return tuple(self._policies.load(name) for name in self._policies.presets())

    def saved(self) -> tuple[str, ...]:
        """The names of the policies saved here."""
        return self._policies.names()

    def policy(self, name: str) -> Policy:
        """A preset, a saved policy, or a file if the text looks like a path."""
        known = (*self._policies.presets(), *self._policies.names())
        if name not in known and looks_like_a_path(name):
            return self._policies.load_file(Path(name))
        return self._policies.load(name)

    def save_policy(self, policy: Policy) -> str:
        """Keep a new policy; gives the name that it is found by."""
        return self._policies.save(policy)


def looks_like_a_path(text: str) -> bool:
    """Whether a person means a file: it has a separator or an ending."""
    return any(mark in text for mark in "/\\.")
