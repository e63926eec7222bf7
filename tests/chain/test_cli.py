"""The command line over a real practice chain, from an empty folder to a payment and beyond."""

import json
import secrets as random_secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CURVE_ORDER, AccountKind
from tests.chain.pipeline import KEY as PUBLIC_KEY
from tests.chain.practice_bench import killed
from tests.chain.program import Program

pytestmark = pytest.mark.loopback

WORDS = "hen-coop-passphrase-71"
OPEN = {"--passphrase-fd": WORDS}
FILE_WORDS = "another-for-the-file-5"
URL_KEY = "s3cr3t-access-k3y"
STRK = 10**18
FRIEND = "0x00000000000000000000000000000000000000000000000000000000000abc12"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """With the practice chain up, a vault with a passphrase and a deployed account `Main`."""
    one = Program(tmp_path_factory.mktemp("road"))
    try:
        status = one.good("practice", "up")
        assert status["state"] == "up"
        one.good("vault", "create", "passphrase", secrets=OPEN)
        account = one.good("account", "new", "--label", "Main", secrets=OPEN)
        assert (account["network"], account["deployed"]) == ("practice", False)
        one.refused(2, "vault_locked", "account", "deploy", "--yes")
        money = one.good("practice", "faucet")
        assert money["address"] == account["address"]
        assert int(money["balance"]) == 1000 * STRK
        deployed = one.good("account", "deploy", "--yes", secrets=OPEN)
        assert (deployed["state"], deployed["kind"]) == ("accepted on L2", "deploy account")
        assert one.good("account", "show")["deployed"] is True
        yield one
    finally:
        one.run("practice", "down")


def balance(program: Program, account: str = "Main") -> int:
    return int(program.good("account", "balance", account)["balances"]["STRK"])


def test_send_and_the_history(program: Program) -> None:
    before = balance(program)
    plan = program.good("send", "--to", FRIEND, "--amount", "2.5", "--dry-run", secrets=OPEN)
    assert {"title", "nonce", "likely_fee", "max_fee", "calls", "changes"} <= plan.keys()
    assert plan["changes"][0]["amount"] == str(-5 * STRK // 2)
    assert int(plan["likely_fee"]) <= int(plan["max_fee"])
    assert balance(program) == before

    pay = ("send", "--to", FRIEND, "--amount", "2.5", "--yes")
    sent = program.good(*pay, secrets=OPEN, alone=True)
    assert (sent["state"], sent["settled"]) == ("accepted on L2", True)
    assert sent["spends"][0]["amount"] == str(5 * STRK // 2)
    assert int(sent["actual_fee"]) <= int(sent["max_fee"])
    assert balance(program) == before - 5 * STRK // 2 - int(sent["actual_fee"])
    assert [one["state"] for one in sent["events"]][:2] == ["signed", "received"]

    listed = program.good("tx", "list")
    assert listed["damaged"] == []
    assert listed["transactions"][0] == sent
    assert program.good("tx", "list", "--open")["transactions"] == []
    assert program.good("tx", "list", "--network", "sepolia")["transactions"] == []
    assert program.good("tx", "show", sent["id"]) == sent
    assert program.good("tx", "show", sent["hash"][:14]) == sent
    labelled = program.good("tx", "label", sent["id"], "eggs for April")
    assert labelled == {**sent, "label": "eggs for April"}
    found = program.good("tx", "list", "--search", "EGGS")["transactions"]
    assert [one["id"] for one in found] == [sent["id"]]
    table = program.folder / "history.csv"
    program.good("tx", "list", "--csv", table)
    assert sent["hash"] in table.read_text("utf-8-sig").lower()
    program.refused(2, "not_found", "tx", "show", "abcdef")

    again = program.good("tx", "resume", sent["id"], "--resend")
    assert (again["state"], again["hash"]) == (sent["state"], sent["hash"])
    assert balance(program) == before - 5 * STRK // 2 - int(sent["actual_fee"])
    program.refused(1, "invalid_input", "tx", "cancel", sent["id"], "--yes", secrets=OPEN)


def test_send_without_waiting(program: Program) -> None:
    sent = program.good("send", "--to", FRIEND, "--amount", "1", "--yes", "--no-wait", secrets=OPEN)
    assert sent["state"] == "received"
    assert program.good("tx", "list", "--open")["transactions"] == [sent]
    assert program.good("tx", "resume", sent["id"])["state"] == "accepted on L2"
    assert program.good("tx", "list", "--open")["transactions"] == []


def test_nothing_is_sent(program: Program) -> None:
    before, listed = balance(program), program.good("tx", "list")
    send = ("send", "--to", FRIEND, "--amount")
    program.refused(1, "not_enough", *send, "5000", "--yes", secrets=OPEN)
    program.refused(1, "invalid_input", *send, "-1", "--yes", secrets=OPEN)
    program.refused(1, "invalid_input", *send, "1.0000000000000000001", "--yes", secrets=OPEN)
    program.refused(1, "invalid_input", *send, "1", "--token", "DOGE", "--yes", secrets=OPEN)
    program.refused(1, "over_cap", *send, "1", "--max-fee", "0.000001", "--yes", secrets=OPEN)
    program.refused(2, "vault_locked", *send, "1", "--yes")
    wrong = {"--passphrase-fd": WORDS + "x"}
    program.refused(1, "wrong_passphrase", *send, "1", "--yes", secrets=wrong)
    program.refused(1, "invalid_input", *send, "1", "--passphrase-fd", "77", "--yes", alone=True)
    # Nobody can say yes: no success, so that a script does not take it for a payment.
    program.refused(1, "invalid_input", *send, "1", secrets=OPEN)
    assert program.run(*send, "1", "--network", "sepolia", "--yes", secrets=OPEN).code == 2
    assert balance(program) == before
    assert program.good("tx", "list") == listed


def test_limits_hold(program: Program) -> None:
    limits = program.good("tx", "limits", "--per-transaction", "3", "--max-fee", "1")
    assert limits["max_fee"] == str(STRK)
    assert limits["tokens"][0]["per_transaction"] == str(3 * STRK)
    send = ("send", "--to", FRIEND, "--yes", "--amount")
    program.refused(1, "over_cap", *send, "3.1", secrets=OPEN)
    program.refused(1, "over_cap", *send, "3", secrets=OPEN)  # with its highest fee
    program.good(*send, "2.9", secrets=OPEN)
    spent = sum(
        int(part["amount"]) + int(one["actual_fee"])
        for one in program.good("tx", "list")["transactions"]
        for part in one["spends"]
    )
    day = f"{spent // STRK + 1}"
    program.good("tx", "limits", "--per-transaction", "none", "--per-day", day)
    program.refused(1, "over_cap", *send, "1", secrets=OPEN)
    program.good("tx", "limits", "--per-day", "none", "--max-fee", "0.000001")
    program.refused(1, "over_cap", *send, "0.5", secrets=OPEN)
    cleared = program.good("tx", "limits", "--max-fee", "none")
    assert cleared["max_fee"] is None
    program.good(*send, "0.5", secrets=OPEN)


def test_accounts(program: Program) -> None:
    key = random_secrets.randbelow(CURVE_ORDER - 1) + 1
    brought = program.good(
        "account", "import", "--label", "Brought", secrets={**OPEN, "--key-fd": hex(key)}
    )
    crypto = StarkCrypto()
    public = crypto.public_key(key)
    expected = crypto.account_address(AccountKind.OPENZEPPELIN, public, public)
    assert int(brought["address"], 16) == expected
    assert brought["public_key"] == hex(public)

    kept = program.folder / "backup.json"
    backup = ("account", "backup", "Main", "--out", kept)
    main = program.good(*backup, secrets={**OPEN, "--file-passphrase-fd": FILE_WORDS})
    assert main["backed_up"] is True
    assert kept.stat().st_mode & 0o777 == 0o600
    secrets = {**OPEN, "--file-passphrase-fd": FILE_WORDS}
    program.refused(1, "invalid_input", *backup, secrets=secrets)
    bring = ("account", "import", "--keystore", kept, "--network")
    wrong = {**OPEN, "--file-passphrase-fd": WORDS}
    program.refused(1, "wrong_passphrase", *bring, "sepolia", secrets=wrong)
    program.refused(1, "invalid_input", *bring, "practice", secrets=secrets)
    copy = program.good(*bring, "sepolia", "--label", "Copy", secrets=secrets)
    assert (copy["address"], copy["public_key"]) == (main["address"], main["public_key"])

    known = {**OPEN, "--key-fd": hex(PUBLIC_KEY)}
    for real in ("mainnet", "sepolia"):
        program.refused(
            1, "public_key_refused", "account", "import", "--network", real, secrets=known
        )
    watched = program.good("account", "watch", FRIEND, "--label", "Friend")
    assert (watched["watch_only"], watched["public_key"]) == (True, None)
    program.refused(
        2, "watch_only", "send", "--from", "Friend", "--to", FRIEND, "--amount", "1", "--yes",
        secrets=OPEN,
    )  # fmt: skip
    assert balance(program, "Friend") >= 0
    here = {
        one["label"] for one in program.good("account", "list", "--network", "practice")["accounts"]
    }
    assert here == {"Main", "Brought", "Friend"}

    assert program.good("account", "use", "Brought")["id"] == brought["id"]
    assert program.good("account", "show")["id"] == brought["id"]
    program.good("account", "use", "Main")
    paid = program.good("practice", "faucet", "--to", "Brought", "--token", "ETH", "--amount", "2")
    assert paid["token"] == "ETH"
    assert program.good("account", "balance", "Brought")["balances"]["ETH"] == paid["balance"]
    program.refused(1, "invalid_input", "account", "remove", "Brought")
    program.good("account", "remove", "Brought", "--yes")
    program.refused(2, "not_found", "account", "show", "Brought")
    for _, raw in program.everything_kept():
        assert f"{key:x}".encode() not in raw
        assert key.to_bytes(32, "big") not in raw


def test_vault(program: Program) -> None:
    status = program.good("vault", "status")
    assert (status["method"], status["locked"]) == ("passphrase", True)
    change = ("vault", "change", "passphrase")
    wrong = {"--passphrase-fd": FILE_WORDS, "--new-passphrase-fd": FILE_WORDS}
    program.refused(1, "wrong_passphrase", *change, secrets=wrong)
    program.refused(2, "vault_locked", *change)
    program.good(*change, secrets={**OPEN, "--new-passphrase-fd": FILE_WORDS})
    send = ("send", "--to", FRIEND, "--amount", "0.1", "--dry-run")
    program.refused(1, "wrong_passphrase", *send, secrets=OPEN)
    program.good(*send, secrets={"--passphrase-fd": FILE_WORDS})
    program.good(*change, secrets={"--passphrase-fd": FILE_WORDS, "--new-passphrase-fd": WORDS})
    assert program.refused(2, "storage", "vault", "create", "passphrase", secrets=OPEN)


def test_networks(program: Program) -> None:
    before = program.good("network", "list")
    assert (before["selected"], before["offline"], before["proxy"]) == ("practice", False, None)
    (node,) = program.good("network", "test")["nodes"]
    assert (node["health"], node["chain_id"]) == ("good", "OBSQRA_PRACTICE")

    program.refused(1, "invalid_input", "network", "use", "mainnet")
    assert program.good("network", "list")["selected"] == "practice"
    assert program.good("network", "use", "mainnet", "--real-money")["selected"] == "mainnet"
    assert program.good("network", "use", "practice")["selected"] == "practice"

    hidden = {"--url-fd": f"http://user:{URL_KEY}@127.0.0.1:1/rpc/{URL_KEY}?key={URL_KEY}"}
    program.refused(2, "not_found", "network", "use", "mine")
    program.refused(1, "invalid_input", "network", "add", "mine", secrets=hidden)
    program.good("network", "add", "mine", "--chain-id", "OBSQRA_MINE", secrets=hidden)
    far = {"--url-fd": f"https://node.example.org/{URL_KEY}"}
    added = program.good("network", "add", "mine", "--provider", secrets=far)
    (mine,) = [one for one in added["networks"] if one["id"] == "mine"]
    assert mine["nodes"] == [
        {"label": "127.0.0.1:1", "own": True},
        {"label": "node.example.org", "own": False},
    ]
    for bad in (
        f"http://node.example.org/{URL_KEY}",
        f"ftp://h/{URL_KEY}",
        f"https://h:x/{URL_KEY}",
    ):
        done = program.refused(
            1, "invalid_input", "network", "add", "mine", secrets={"--url-fd": bad}
        )
        assert URL_KEY not in done.out + done.err
    assert program.good("network", "first", "mine", "--node", "2")["selected"] == "practice"

    assert program.good("network", "proxy", "127.0.0.1:1")["proxy"] == "127.0.0.1:1"
    tested = program.run("network", "test", "mine", "--json")
    assert tested.code == 2
    health = {one["label"]: one["health"] for one in tested.json["nodes"]}
    assert health.keys() == {"127.0.0.1:1", "node.example.org"}
    assert "good" not in health.values()
    for bad in ("127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", f"user:{URL_KEY}@h:9x"):
        program.refused(1, "invalid_input", "network", "proxy", bad)
    assert program.good("network", "proxy", "none")["proxy"] is None

    assert program.good("network", "offline", "on")["offline"] is True
    assert program.run("network", "test", "mine", "--json").code == 2
    assert balance(program) > 0  # this computer's own chain is nobody outside
    assert program.good("network", "offline", "off")["offline"] is False

    lines = program.good("network", "connections")["connections"]
    assert {one["host"] for one in lines} <= {"127.0.0.1", "node.example.org"} | {
        one["host"] for one in lines if one["host"].startswith("127.0.0.1:")
    }
    assert any(one["failures"] for one in lines)
    assert program.good("network", "connections", "--forget")["connections"] == []
    program.good("network", "cross-check", "mine", "on")
    program.good("network", "remove", "mine", "--node", "1")
    program.good("network", "remove", "mine")
    assert program.good("network", "list") == before
    program.refused(1, "invalid_input", "network", "remove", "practice")
    assert program.run("network", "list").code == 0
    assert not [text for text in program.said if URL_KEY in text]


def test_practice_down_up_crash_and_reset(program: Program) -> None:
    before = balance(program)
    status = program.good("practice", "status")
    again = program.good("practice", "up")
    assert (again["pid"], again["url"]) == (status["pid"], status["url"])
    down = program.run("practice", "down", "--json")
    assert (down.code, down.json["state"]) == (0, "down")
    assert program.run("practice", "status", "--json").code == 2
    program.refused(2, "practice_down", "account", "balance")
    program.refused(2, "practice_down", "practice", "faucet")
    program.refused(
        2, "practice_down", "send", "--to", FRIEND, "--amount", "1", "--yes", secrets=OPEN
    )
    program.good("practice", "up")
    assert balance(program) == before

    killed(program.good("practice", "status")["pid"])
    crashed = program.run("practice", "status", "--json")
    assert (crashed.code, crashed.json["state"]) == (2, "crashed")
    program.good("practice", "up")
    assert balance(program) == before

    program.refused(1, "invalid_input", "practice", "reset")
    assert balance(program) == before
    assert program.good("practice", "reset", "--yes")["state"] == "up"
    assert balance(program) == 0
    assert program.good("account", "show")["deployed"] is False
    assert program.good("practice", "faucet", "--amount", "7")["balance"] == str(7 * STRK)


def test_no_secret_is_kept_or_said(program: Program) -> None:
    """Last: over everything that the tests before have made."""
    status = program.good("practice", "status")
    child = Path("/proc") / str(status["pid"])
    kept = program.everything_kept()
    if child.is_dir():
        kept += [(name, (child / name).read_bytes()) for name in ("cmdline", "environ")]
    assert len(kept) > 20
    for name, raw in kept:
        for secret in (WORDS, FILE_WORDS):
            assert secret.encode() not in raw, name
    accounts = json.loads((program.data_dir / "accounts.json").read_bytes())
    assert accounts["accounts"]
