"""snapshot list, show, recompute and diff, and a proof over a kept snapshot."""

import asyncio
import sqlite3

import pytest

from obsqra_desktop.storage.market import pack, unpack
from tests.cli.running import Cli
from tests.services.market.scripted import Bench, ekubo_pool


@pytest.fixture
def taken(cli: Cli) -> tuple[str, str]:
    """Two kept snapshots, the older first."""
    cli.data_dir.mkdir(exist_ok=True)
    bench = Bench(cli.data_dir)
    first = bench.take().market.id
    asyncio.run(bench.service.enter(ekubo_pool().id, "liquidity_tier", 3))
    bench.world.head += 1
    bench.now += 3600
    return first, bench.take().market.id


def test_what_is_kept_is_listed_shown_and_computed_again(cli: Cli, taken: tuple[str, str]) -> None:
    listed = cli.run("snapshot", "list", "--json").json["snapshots"]
    assert [one["id"] for one in listed] == [taken[1], taken[0]]
    shown = cli.run("snapshot", "show", taken[0][:8], "--raw", "--json").json
    assert shown["id"] == taken[0]
    assert shown["replies"]["header 60"]["result"]["block_number"] == 60
    again = cli.run("snapshot", "recompute", taken[1], "--json")
    assert again.code == 0
    assert again.json["reproduced"] is True
    assert cli.run("snapshot", "diff", taken[0], taken[1], "--json").json["before"] == taken[0]


def test_a_changed_byte_is_an_error(cli: Cli, taken: tuple[str, str]) -> None:
    with sqlite3.connect(cli.data_dir / "market.sqlite") as data:
        (packed,) = data.execute(
            "SELECT replies FROM snapshots WHERE id = ?", (taken[0],)
        ).fetchone()
        replies = list(unpack(packed))
        replies[0] = type(replies[0])(replies[0].key, replies[0].raw + b" ")
        data.execute("UPDATE snapshots SET replies = ? WHERE id = ?", (pack(replies), taken[0]))
    data.close()
    done = cli.run("snapshot", "recompute", taken[0], "--json")
    assert done.code == 2
    assert done.json["error"]["code"] == "storage"
    assert cli.run("snapshot", "recompute", taken[1], "--json").code == 0


def test_a_decision_over_a_kept_snapshot_binds_its_replies(
    cli: Cli, taken: tuple[str, str]
) -> None:
    done = cli.run("decide", "--snapshot", taken[0][:12], "--policy", "aggressive", "--json")
    decided = done.json
    assert {one["pool_id"] for one in decided["allocation"]} >= {hex(ekubo_pool().id)}
    kept = cli.run("decisions", "show", decided["id"], "--json").json["snapshot"]
    assert kept["evidence"]["digest"] == taken[0]
    mine = next(one for one in kept["pools"] if one["id"] == hex(ekubo_pool().id))
    assert mine["sources"]["liquidity_tier"]["kind"] == "entered"
    assert mine["sources"]["age_days"]["kind"] == "measured"


def test_replies_are_handed_on_in_a_file(cli: Cli, taken: tuple[str, str]) -> None:
    saved = cli.run("snapshot", "export", taken[0][:8], "--out", "replies.json", "--json").json
    path = cli.folder / "replies.json"
    elsewhere = Cli(cli.folder, cli.folder / "nobody")
    again = elsewhere.run("snapshot", "recompute", "--file", path, "--json")
    assert again.code == 0
    assert again.json["id"] == taken[0] == saved["id"]
    assert again.json["replies"] == saved["replies"]
    assert cli.run("snapshot", "export", taken[1], "--json").json["id"] == taken[1]
    assert (cli.folder / f"obsqra-{taken[1][:12]}.evidence.json").is_file()
    raw = path.read_bytes()
    for old, new in (
        (b'\\"0xc1\\"', b'\\"0xc2\\"'),
        (b"header 60", b"header 61"),
        (b'"utilization_bps","reason"', b'"volatility_bps","reason"'),
        (b'"value":', b'"value":1'),
        (b"{", b"["),
    ):
        assert old in raw
        path.write_bytes(raw.replace(old, new, 1))
        bad = elsewhere.run("snapshot", "recompute", "--file", path, "--json")
        assert bad.code == 1
        assert bad.json["error"]["code"] in {"not_reproduced", "invalid_input"}, bad.out
    path.write_bytes(raw)
    assert elsewhere.run("snapshot", "recompute", "--file", path).code == 0
    for words in ((), (taken[0], "--file", path), (taken[0], "--bundle", path)):
        assert cli.run("snapshot", "recompute", *words).code == 1
    assert cli.run("snapshot", "recompute", "--file", cli.folder / "none").code == 2
