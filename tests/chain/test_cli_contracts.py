"""From the command line on a real practice chain: the verifier is declared, deployed and asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain import oab
from obsqra_desktop.storage.bundle import BundleArchive
from tests.chain.program import Program

pytestmark = pytest.mark.loopback

OPEN = {"--passphrase-fd": "hen-coop-passphrase-71"}
NAME = "DecisionVerifier"
DECLARE = ("contracts", "declare", NAME)
DEPLOY = ("contracts", "deploy", NAME)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """With the practice chain up and a deployed account that has play money."""
    one = Program(tmp_path_factory.mktemp("contracts"))
    try:
        one.good("practice", "up")
        one.good("vault", "create", "passphrase", secrets=OPEN)
        one.good("account", "new", "--label", "Main", secrets=OPEN)
        one.good("practice", "faucet")
        one.good("account", "deploy", "--yes", secrets=OPEN)
        yield one
    finally:
        one.run("practice", "down")


def balance(program: Program) -> int:
    return int(program.good("account", "balance", "Main")["balances"]["STRK"])


def sent(program: Program) -> list[Any]:
    found: list[Any] = program.good("tx", "list")["transactions"]
    return found


def decided(program: Program) -> tuple[str, Path]:
    """A decision, proved, and its bundle."""
    target = program.folder / "decision.oab.zip"
    made = program.good("prove", "--snapshot", "sample", "--policy", "balanced", "--out", target)
    return made["id"], target


def test_from_nothing_to_a_verdict_of_the_contract(program: Program) -> None:
    decision, bundle = decided(program)
    known = program.good("contracts", "show", NAME)
    before, listed = balance(program), sent(program)

    # Nothing is there yet: said, with the way; nothing is sent by asking.
    missing = program.refused(2, "contract_unfit", "verify", decision, "--on-chain")
    assert "obsqra contracts deploy" in missing.err
    program.refused(1, "invalid_input", *DEPLOY, "--yes", secrets=OPEN)

    # The cost is told before, and a cap of one's own is obeyed.
    plan = program.good(*DECLARE, "--dry-run", secrets=OPEN)
    assert 0 < int(plan["likely_fee"]) <= int(plan["max_fee"])
    assert plan["changes"] == []
    program.refused(1, "over_cap", *DECLARE, "--max-fee", "0.000001", "--yes", secrets=OPEN)
    program.good("tx", "limits", "--max-fee", "0.000001")
    program.refused(1, "over_cap", *DECLARE, "--yes", secrets=OPEN)
    program.good("tx", "limits", "--max-fee", "none")
    program.refused(2, "vault_locked", *DECLARE, "--yes")
    assert program.run(*DECLARE, "--json", secrets=OPEN).code == 1, "nobody said yes"
    assert (balance(program), sent(program)) == (before, listed)

    declared = program.good(*DECLARE, "--yes", secrets=OPEN)
    assert (declared["state"], declared["kind"]) == ("accepted on L2", "declare")
    assert int(declared["actual_fee"]) <= int(declared["max_fee"])
    program.refused(1, "invalid_input", *DECLARE, "--yes", secrets=OPEN)
    program.refused(2, "contract_unfit", "verify", decision, "--on-chain")
    program.refused(1, "over_cap", *DEPLOY, "--max-fee", "0.000001", "--yes", secrets=OPEN)
    deployed = program.good(*DEPLOY, "--yes", secrets=OPEN)
    assert deployed["state"] == "accepted on L2"
    program.refused(1, "invalid_input", *DEPLOY, "--yes", secrets=OPEN)
    paid = int(declared["actual_fee"]) + int(deployed["actual_fee"])
    assert balance(program) == before - paid
    assert [one["id"] for one in sent(program)[:2]] == [deployed["id"], declared["id"]]

    for what in (decision, bundle):
        found = program.good("verify", what, "--on-chain")
        assert found["verdict"] == "VALID"
        assert (found["accepted"], found["disagree"]) == (True, False)
        assert found["here"]["accepted"] is True
        assert found["here"]["bundle"] == ("VALID" if what is bundle else None)
        assert (found["contract"], found["class_hash"]) == (known["address"], known["class_hash"])
        assert found["network"] == "Practice chain"
        assert found["different"] == []
        assert found["compared"] > 20
    said = program.run("verify", bundle, "--on-chain")
    assert said.code == 0
    for words in ("Verified here and by a contract", known["address"], "nothing was sent"):
        assert words in said.out
    assert balance(program) == before - paid, "asking costs nothing"


@pytest.fixture(scope="module")
def there(program: Program) -> None:
    """The verifier, if the test above has not put it there."""
    for step in (DECLARE, DEPLOY):
        done = program.run(*step, "--yes", "--json", secrets=OPEN)
        assert done.code == 0 or done.error == "invalid_input", done.out + done.err


def bent(bundle: Path, name: str, at: int) -> Path:
    """One byte of one file of a bundle changed, packed as strictly as before."""
    archive = BundleArchive()
    entries = archive.unpack(bundle.read_bytes())
    raw = bytearray(entries[name])
    raw[at] ^= 1
    target = bundle.with_name("bent.oab.zip")
    target.write_bytes(archive.pack({**entries, name: bytes(raw)}))
    return target


@pytest.mark.parametrize(
    ("name", "at", "refusal"),
    [
        (oab.PROOF, -32, "merkle: a root does not match"),
        (oab.STATEMENT, 120, "grinding: insufficient"),
    ],
)
@pytest.mark.usefixtures("there")
def test_a_bent_bundle_is_refused_here_and_there(
    program: Program, name: str, at: int, refusal: str
) -> None:
    _, bundle = decided(program)
    done = program.run("verify", bent(bundle, name, at), "--on-chain", "--json")
    assert done.code == 1
    found = done.json
    assert (found["verdict"], found["agreement"]) == ("INVALID", "both refuse")
    assert found["here"]["bundle"] == "INVALID"
    assert found["here"]["failed"]
    assert found["refusal"] == refusal


def test_what_is_no_statement_is_not_asked_about(program: Program) -> None:
    _, bundle = decided(program)
    spoilt = bent(bundle, oab.STATEMENT, 200)
    done = program.refused(1, "proof_rejected", "verify", spoilt, "--on-chain")
    assert "no contract was asked" in done.err


def test_what_the_practice_chain_has_not_is_said(program: Program) -> None:
    program.refused(1, "invalid_input", "integrity", "0xfac7")
    decision, _ = decided(program)
    program.refused(2, "contract_unfit", "verify", decision, "--on-chain", "--contract", "0x1234")
    program.refused(1, "invalid_input", "verify", decision, "--on-chain", "--key", "ab" * 32)
