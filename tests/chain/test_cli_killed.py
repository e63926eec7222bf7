"""`obsqra send`, and `contracts declare`, are killed while they pay; `obsqra tx resume` settles it
and pays once."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.chain.fault_proxy import Fault, Handler, Server, honest, proxy_of
from tests.chain.program import PATIENCE, Program
from tests.devnet import Devnet, running

pytestmark = pytest.mark.loopback

SECRET = {"--passphrase-fd": "hen-coop-passphrase-71"}
STRK = 10**18
SEND = "starknet_addInvokeTransaction"
DECLARE = "starknet_addDeclareTransaction"


@dataclass(frozen=True)
class Road:
    """A program with a deployed account on a network whose only node is behind a proxy."""

    program: Program
    proxy: Server

    def balance(self, account: str = "Main") -> int:
        return int(self.program.good("account", "balance", account)["balances"]["STRK"])


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    program = Program(tmp_path_factory.mktemp("killed"))
    with running("--chain-id", "OBSQRA_MINE") as chain, proxy_of(chain.url) as proxy:
        program.good(
            "network", "add", "mine", "--chain-id", "OBSQRA_MINE", secrets={"--url-fd": proxy.url}
        )
        program.good("network", "use", "mine", "--real-money")
        program.good("vault", "create", "passphrase", secrets=SECRET)
        account = program.good("account", "new", "--label", "Main", secrets=SECRET)
        fund(chain, int(account["address"], 16))
        program.good("account", "deploy", "--yes", secrets=SECRET)
        yield Road(program, proxy)


def fund(chain: Devnet, address: int) -> None:
    chain.mint(address, 100 * STRK)


def held(forward: bool) -> Fault:
    """Never answers; the node gets the request, or does not."""

    def fault(handler: Handler, body: bytes) -> None:
        if forward:
            handler.forward(body)
        handler.server.arrived.set()
        handler.server.waiting.wait(PATIENCE)

    return fault


@pytest.mark.parametrize(
    ("method", "forward", "written"),
    [
        ("starknet_simulateTransactions", True, False),
        (SEND, False, True),
        (SEND, True, True),
        ("starknet_getTransactionStatus", True, True),
    ],
)
def test_a_killed_send_pays_once(road: Road, method: str, forward: bool, written: bool) -> None:
    program, proxy = road.program, road.proxy
    friend = f"0x{int.from_bytes(os.urandom(16)):064x}"
    program.good("account", "watch", friend, "--label", friend[-8:], "--network", "mine")
    known = {one["id"] for one in program.good("tx", "list")["transactions"]}
    before = road.balance()
    proxy.arrived.clear()
    proxy.faults = {method: held(forward)}
    with program.started(
        "send", "--to", friend, "--amount", "2", "--yes", "--json", secrets=SECRET
    ) as process:
        assert proxy.arrived.wait(PATIENCE), "the program never asked"
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    proxy.faults = {method: honest}

    new = [one for one in program.good("tx", "list")["transactions"] if one["id"] not in known]
    assert len(new) == written
    if not written:
        assert (road.balance(), road.balance(friend[-8:])) == (before, 0)
        return
    (record,) = new
    settled = program.good("tx", "resume", record["id"], "--resend")
    assert (settled["hash"], settled["state"]) == (record["hash"], "accepted on L2")
    assert road.balance(friend[-8:]) == 2 * STRK
    assert road.balance() == before - 2 * STRK - int(settled["actual_fee"])
    again = program.good("tx", "resume", record["id"], "--resend")
    assert again == settled
    assert road.balance(friend[-8:]) == 2 * STRK


@pytest.mark.parametrize(
    ("name", "method", "forward", "written"),
    [
        ("PracticeToken", "starknet_simulateTransactions", True, False),
        ("PracticeToken", DECLARE, False, True),
        ("DecisionVerifier", DECLARE, True, True),
        ("PracticeVesuPool", "starknet_getTransactionStatus", True, True),
    ],
)
def test_a_killed_declaration_pays_once(
    road: Road, name: str, method: str, forward: bool, written: bool
) -> None:
    program, proxy = road.program, road.proxy
    known = {one["id"] for one in program.good("tx", "list")["transactions"]}
    before = road.balance()
    proxy.arrived.clear()
    proxy.faults = {method: held(forward)}
    with program.started(
        "contracts", "declare", name, "--yes", "--json", secrets=SECRET
    ) as process:
        assert proxy.arrived.wait(PATIENCE), "the program never asked"
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    proxy.faults = {method: honest}

    new = [one for one in program.good("tx", "list")["transactions"] if one["id"] not in known]
    assert len(new) == written
    if not written:
        assert road.balance() == before
        return
    (record,) = new
    again = program.run("contracts", "declare", name, "--yes", "--json", secrets=SECRET)
    assert again.code != 0, "what is not settled is not signed anew"
    settled = program.good("tx", "resume", record["id"], "--resend")
    assert (settled["hash"], settled["state"]) == (record["hash"], "accepted on L2")
    assert road.balance() == before - int(settled["actual_fee"])
    assert program.good("tx", "resume", record["id"], "--resend") == settled
    program.refused(1, "invalid_input", "contracts", "declare", name, "--yes", secrets=SECRET)
    assert road.balance() == before - int(settled["actual_fee"])
