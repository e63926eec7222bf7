"""From an empty folder to a proof over real contracts' metrics, by the command line alone: the
practice market, a snapshot, a proof, its evidence, and one changed byte."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.pools import METRIC_NAMES
from obsqra_desktop.storage.market import pack, unpack
from tests.chain.program import Program
from tests.conftest import ROOT
from tests.devnet import PATIENCE

pytestmark = pytest.mark.loopback


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    one = Program(tmp_path_factory.mktemp("proof"))
    try:
        one.good("practice", "market")
        yield one
    finally:
        one.run("practice", "down")


@pytest.fixture(scope="module")
def taken(program: Program) -> Any:
    return program.good("snapshot", "take")


@pytest.fixture(scope="module")
def bundle(program: Program, taken: Any) -> Path:
    path = program.folder / "decision.oab.zip"
    program.good(
        "prove", "--snapshot", taken["id"][:12], "--policy", "aggressive", "--out", str(path)
    )
    return path


def test_a_snapshot_of_everything(program: Program, taken: Any) -> None:
    assert taken["round_trips"] <= 10, "eight pools, the first time"
    assert taken["warnings"] == []
    venues = {one["pool"]["venue"] for one in taken["pools"]}
    assert venues == {"ekubo", "jediswap_v1", "jediswap_v2", "vesu_v2"}
    two = [one["id"] for one in taken["pools"] if one["pool"]["venue"] == "ekubo"][:2]
    words = [word for one in two for word in ("--pool", one)]
    again = program.good("snapshot", "take", *words)
    assert sorted(one["id"] for one in again["pools"]) == sorted(two)
    assert again["round_trips"] <= 8


def test_the_proof_is_over_what_was_measured(program: Program, taken: Any, bundle: Path) -> None:
    checked = program.good("verify", str(bundle))
    assert checked["verdict"] == "VALID"
    plain = [sys.executable, "-I", "-S", str(ROOT / "resources" / "verify_bundle.py"), str(bundle)]
    assert subprocess.run(plain, capture_output=True, timeout=PATIENCE).returncode == 0
    decision = program.good("decisions", "list")["decisions"][0]
    proved = program.good("decisions", "show", decision["id"])["snapshot"]
    assert proved["evidence"]["digest"] == taken["id"] == taken["evidence_digest"]
    assert proved["block_number"] == taken["block_number"]
    measured = {one["id"]: one for one in taken["pools"]}
    assert proved["pools"]
    for pool in proved["pools"]:
        mine = {one["metric"]: one["value"] for one in measured[pool["id"]]["metrics"]}
        assert {name: pool["metrics"][name] for name in METRIC_NAMES} == mine
        kinds = {name: pool["sources"][name]["kind"] for name in METRIC_NAMES}
        assert kinds.pop("audit_score") == "assumed"
        assert set(kinds.values()) == {"measured"}


def test_others_compute_it_again(
    program: Program, taken: Any, bundle: Path, tmp_path: Path
) -> None:
    path = tmp_path / "replies.json"
    program.good("snapshot", "export", taken["id"], "--out", str(path))
    auditor = Program(tmp_path)
    words = ("snapshot", "recompute", "--file", str(path), "--bundle", str(bundle))
    again = auditor.good(*words)
    assert again["id"] == taken["id"]
    assert again["bundle"] == str(bundle)
    document = json.loads(path.read_bytes())
    keys = sorted(key for key in document["replies"] if not key.startswith("input:"))
    for key in (keys[0], keys[len(keys) // 2], keys[-1]):
        raw = document["replies"][key]
        digit = next(one for one in range(len(raw) - 1, 0, -1) if raw[one] in "0123456789")
        other = raw[:digit] + ("1" if raw[digit] != "1" else "2") + raw[digit + 1 :]
        changed = {**document, "replies": {**document["replies"], key: other}}
        path.write_text(json.dumps(changed))
        auditor.refused(1, "not_reproduced", *words)
    other_one = program.good("snapshot", "take", "--pool", taken["pools"][0]["id"])
    program.good("snapshot", "export", other_one["id"], "--out", str(path))
    auditor.refused(1, "not_reproduced", *words)


def test_one_changed_raw_byte_is_found(program: Program, taken: Any) -> None:
    good = program.good("snapshot", "recompute", taken["id"])
    assert good["reproduced"] is True
    with sqlite3.connect(program.data_dir / "market.sqlite") as data:
        (before,) = data.execute(
            "SELECT replies FROM snapshots WHERE id = ?", (taken["id"],)
        ).fetchone()
        replies = list(unpack(before))
        place = next(i for i, one in enumerate(replies) if "get_pool_price" in one.key)
        raw = bytearray(replies[place].raw)
        raw[raw.index(b"0x") + 2] ^= 1
        replies[place] = type(replies[place])(replies[place].key, bytes(raw))
        data.execute("UPDATE snapshots SET replies = ? WHERE id = ?", (pack(replies), taken["id"]))
    data.close()
    program.refused(2, "storage", "snapshot", "recompute", taken["id"])
    program.refused(
        2, "storage", "prove", "--snapshot", taken["id"], "--policy", "aggressive", "--out", "x.zip"
    )
    with sqlite3.connect(program.data_dir / "market.sqlite") as data:
        data.execute("UPDATE snapshots SET replies = ? WHERE id = ?", (before, taken["id"]))
    data.close()
    assert program.good("snapshot", "recompute", taken["id"]) == good
