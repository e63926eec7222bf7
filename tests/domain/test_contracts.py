"""Which networks take a class, by the versions that both name."""

from pathlib import Path

import pytest

from obsqra_desktop.domain.chain_errors import NetworkTooOld, NodeAnswerInvalid
from obsqra_desktop.domain.contracts import ContractFacts, check_network_takes
from obsqra_desktop.storage.contracts import ContractClasses

VERIFIER = ContractClasses(Path()).facts("DecisionVerifier")


def of_sierra(version: str) -> ContractFacts:
    return VERIFIER.model_copy(update={"sierra_version": version})


@pytest.mark.parametrize(
    ("sierra", "needed"),
    [
        ("1.7.0", "0.14.1"),
        ("1.8.0", "0.14.2"),
        ("1.8.9", "0.14.2"),
        ("1.9.0", "0.14.3"),
        ("1.9.3", "0.14.3"),
        ("1.10.0", "0.14.3"),
        ("2.0.0", "0.14.3"),
    ],
)
def test_each_sierra_has_its_first_network(sierra: str, needed: str) -> None:
    assert of_sierra(sierra).starknet_needed == needed


def test_the_verifier_that_ships_needs_what_the_documents_say() -> None:
    assert (VERIFIER.sierra_version, VERIFIER.starknet_needed) == ("1.9.3", "0.14.3")


@pytest.mark.parametrize("found", ["0.14.3", "0.14.3.1", "0.14.4", "0.14.10", "0.15.0", "1.0.0"])
def test_networks_of_that_version_and_newer_ones_are_taken(found: str) -> None:
    check_network_takes(VERIFIER, found, "Mainnet")


@pytest.mark.parametrize("found", ["0.14.2", "0.14.2.9", "0.14.1", "0.13.6", "0.9.9"])
def test_an_older_one_is_told_with_both_versions(found: str) -> None:
    with pytest.raises(NetworkTooOld) as told:
        check_network_takes(VERIFIER, found, "Mainnet")
    words = str(told.value)
    assert f"Mainnet runs Starknet {found}," in words
    assert "Sierra 1.9.3" in words
    assert "from Starknet 0.14.3 on" in words
    assert "Nothing was signed, sent or paid." in words


@pytest.mark.parametrize("found", ["", "0.14", "new", "0.14.x", "0.14.3-rc", "v0.14.3", "٠.١٤.٣"])
def test_no_version_is_no_permission(found: str) -> None:
    with pytest.raises(NodeAnswerInvalid, match="Nothing was signed or sent"):
        check_network_takes(VERIFIER, found, "Mainnet")
