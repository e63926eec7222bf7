"""What the command line does without a prover: score, decide, policies, models, errors."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from obsqra_desktop import __version__
from obsqra_desktop.cli.context import CliServices
from obsqra_desktop.cli.main import parse, run, stopped
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.journal import TxKind
from tests.cli.running import Cli, assert_lean
from tests.conftest import ROOT

SCORE = ("score", "--utilization", 6500, "--volatility", 3500, "--liquidity", 1)
SCORE += ("--audit", 98, "--age", 800)


def sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shipped.sample().canonical())
    return found


def test_version(cli: Cli) -> None:
    done = cli.alone("--version")
    assert (done.code, done.out) == (0, f"obsqra {__version__}\n")
    assert cli.run("--version", "--json").json == {"version": __version__}


def test_version_loads_nothing(cli: Cli) -> None:
    done = cli.alone("--version", env={"PYTHONPROFILEIMPORTTIME": "1"})
    for heavy in ("pydantic", "asyncio", "argparse", "PySide6", "numpy", "obsqra_native"):
        assert not re.search(rf"\| +{heavy}\b", done.err), heavy


def test_a_decision_loads_neither_chain_nor_window(cli: Cli) -> None:
    words = ("decide", "--snapshot", "sample", "--policy", "balanced")
    done = cli.alone(*words, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.code == 0
    assert {"pydantic", "obsqra_desktop.app.proofs"} <= done.loaded
    assert_lean(done.loaded)


def test_score(cli: Cli) -> None:
    done = cli.run(*SCORE, "--json")
    assert done.code == 0
    assert done.json == {
        "rule": "obsqra-v1.2",
        "score": 44,
        "label": "medium",
        "components": {
            "util": 22,
            "vol": 10,
            "liquidity": 10,
            "audit": 0,
            "age": 2,
            "total_unclamped": 44,
        },
    }
    other = cli.run("--json", *SCORE, "--rule", "risk-engine-v4")
    assert other.json["rule"] == "risk-engine-v4"
    text = cli.run(*SCORE, "--rule", "risk-engine-v4").out
    assert "its own tier is 2" in text
    assert not cli.data_dir.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("score",), 2),
        (("nonsense",), 2),
        (("score", "--utilization", "many"), 2),
        (("decisions",), 2),
        ((*SCORE[:2], 10_001, *SCORE[3:]), 1),
        ((*SCORE[:-1], -1), 1),
        ((*SCORE, "--rule", "none"), 2),
        (("decide", "--snapshot", "none.json", "--policy", "balanced"), 2),
        (("decide", "--snapshot", "sample", "--policy", "nothing"), 2),
        (("decide", "--snapshot", "sample", "--policy", "balanced", "--model", "none"), 2),
        (("verify", "none.zip"), 2),
        (("decisions", "show", "abcd"), 2),
        (("decisions", "show", "not-an-id"), 1),
        (("decisions", "list", "--data-dir", __file__), 1),
        (("policy", "new", "--name", "x", "--min-pools", "9"), 1),
        (("policy", "new", "--name", "x", "--allow", "12"), 1),
    ],
)
def test_errors_are_one_line(cli: Cli, words: tuple[object, ...], code: int) -> None:
    done = cli.run(*words)
    assert done.code == code, done.err
    assert done.out == ""
    done.one_line_error()


def test_errors_in_json(cli: Cli) -> None:
    done = cli.run(*SCORE[:2], 10_001, *SCORE[3:], "--json")
    assert done.code == 1
    error = done.json["error"]
    assert error.keys() == {"code", "title", "detail", "hint", "retryable"}
    assert error["code"] == "invalid_input"
    assert "utilization" in done.one_line_error()


def test_help_names_the_json(cli: Cli) -> None:
    for words in (("--help",), ("prove", "--help"), ("decisions", "show", "--help")):
        done = cli.run(*words)
        assert done.code == 0
        assert "JSON" in done.out
    assert "security_bits" in cli.run("prove", "--help").out


def test_decide_keeps_what_it_computed(cli: Cli) -> None:
    done = cli.run("decide", "--snapshot", "sample", "--policy", "balanced", "--json")
    assert done.code == 0, done.err
    answer = done.json
    assert answer["status"] == "computed"
    assert answer["feasible"] is True
    assert [one["allocation_bps"] for one in answer["allocation"]] == [4000, 6000]
    assert [one["score"] for one in answer["allocation"]] == [44, 34]
    assert answer["idle_bps"] == 0
    (kept,) = cli.run("decisions", "list", "--json").json["decisions"]
    assert kept["id"] == answer["id"]
    assert kept["proof_bytes"] is None
    shown = cli.run("decisions", "show", answer["id"][:6], "--json", "--private").json
    assert shown["policy"]["max_risk_score"] == 60
    assert shown["snapshot"] == sample()
    assert "assumed (no chain" in cli.run("decisions", "show", answer["id"][:6]).out
    assert "policy" not in cli.run("decisions", "show", answer["id"][:6], "--json").json
    assert "computed, not proved" in cli.run("decisions", "list").out


def test_infeasible_policy_is_an_answer_with_reasons(cli: Cli) -> None:
    done = cli.run("decide", "--snapshot", "sample", "--policy", "conservative", "--json")
    assert done.code == 1
    answer = done.json
    assert answer["status"] == "infeasible"
    assert answer["idle_bps"] is None
    assert [one["allocation_bps"] for one in answer["allocation"]] == [None, None]
    assert answer["reasons"][0]["required"] == 2
    tests = {reason["test"] for one in answer["allocation"] for reason in one["reasons"]}
    assert "liquidity" in tests
    text = cli.run("decide", "--snapshot", "sample", "--policy", "conservative")
    assert text.code == 1
    assert "no allocation" in text.out


def bad_snapshots() -> dict[str, str]:
    nine, unknown, high = sample(), sample(), sample()
    nine["pools"] = [{**nine["pools"][0], "id": hex(i + 1)} for i in range(9)]
    unknown["pools"][0]["metrics"]["tvl"] = 1
    high["pools"][1]["metrics"]["audit_score"] = 101
    return {
        "nine": json.dumps(nine),
        "unknown": json.dumps(unknown),
        "high": json.dumps(high),
        "text": "hello",
        "float": json.dumps(sample()).replace("6500", "65.5"),
        "double": '{"schema":"obsqra/snapshot/1","schema":"obsqra/snapshot/1"}',
    }


@pytest.mark.parametrize("name", bad_snapshots())
def test_bad_snapshots(cli: Cli, name: str) -> None:
    (cli.folder / "bad.json").write_text(bad_snapshots()[name])
    done = cli.run("decide", "--snapshot", "bad.json", "--policy", "balanced", "--json")
    assert done.code == 1
    assert done.json["error"]["code"] == "invalid_input"
    done.one_line_error()
    assert not cli.data_dir.exists()


def test_policies(cli: Cli) -> None:
    new = cli.run(
        "policy", "new", "--name", "Mine", "--from", "aggressive", "--max-risk-score", 70,
        "--allow", "0x53414d504c455f454b55424f", "--exclude-flagged", "yes", "--json",
    )  # fmt: skip
    assert new.code == 0, new.err
    assert new.json["name"] == "mine"
    assert new.json["policy"]["max_risk_score"] == 70
    assert new.json["policy"]["allowlist"] == ["0x53414d504c455f454b55424f"]
    assert cli.run("policy", "list", "--json").json == {
        "presets": ["conservative", "balanced", "aggressive"],
        "saved": ["mine"],
    }
    shown = cli.run("policy", "show", "mine")
    assert json.loads(shown.out) == cli.run("policy", "show", "mine", "--json").json
    (cli.folder / "copy.json").write_text(shown.out)
    decided = cli.run("decide", "--snapshot", "sample", "--policy", "copy.json", "--json")
    assert [one["allocation_bps"] for one in decided.json["allocation"]] == [0, 8000]
    assert decided.json["idle_bps"] == 2000
    again = cli.run("policy", "new", "--name", "mine")
    assert again.code == 1
    assert "already" in again.one_line_error()


def test_models(cli: Cli) -> None:
    listed = cli.run("model", "list", "--json").json["models"]
    assert [one["name"] for one in listed] == ["linear_v0", "risk-tier-mlp-v1"]
    shown = cli.run("model", "show", "risk-tier-mlp-v1", "--json").json
    assert shown["digest"] == listed[1]["digest"]
    assert shown["card"]["limits"]
    assert "Limit" in cli.run("model", "show", "linear_v0").out


def test_damaged_folder_is_listed(cli: Cli) -> None:
    answer = cli.run("decide", "--snapshot", "sample", "--policy", "balanced", "--json").json
    entry = cli.data_dir / "proofs" / answer["id"][:2] / answer["id"]
    (entry / "record.json").write_text("{")
    listed = cli.run("decisions", "list", "--json")
    assert listed.code == 0
    assert listed.json["decisions"] == []
    assert listed.json["damaged"][0]["name"] == answer["id"]
    assert "damaged" in cli.run("decisions", "list").out
    shown = cli.run("decisions", "show", answer["id"])
    assert shown.code == 2
    assert "nothing was deleted" in shown.one_line_error()


def test_terminal_without_unicode(cli: Cli) -> None:
    done = cli.alone(*SCORE, env={"PYTHONIOENCODING": "ascii"})
    assert done.code == 0
    assert "#" in done.out
    assert done.out.isascii()
    error = cli.run("policy", "show", "none", env={"PYTHONIOENCODING": "ascii"})
    assert error.one_line_error().isascii()
    assert "\\u" not in error.err


@pytest.mark.skipif(os.name == "nt", reason="no such device")
def test_full_output_device(cli: Cli) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "obsqra_desktop", *(str(word) for word in SCORE)],
            stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no such device")
def test_an_error_that_cannot_be_written_is_no_traceback(cli: Cli) -> None:
    command = [sys.executable, "-m", "obsqra_desktop", "decisions", "show", "abcd", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("obsqra: ")


@pytest.mark.skipif(os.name == "nt", reason="closes descriptors the way of Unix shells")
@pytest.mark.parametrize("closed", [1, 2])
@pytest.mark.parametrize("words", [("decisions", "list"), ("decisions", "show", "abcd")])
def test_closed_streams(cli: Cli, closed: int, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "obsqra_desktop", *words, "--json"]
    environment = {**os.environ, "OBSQRA_DATA_DIR": str(cli.data_dir)}
    expected = cli.run(*words, "--json")
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closed}>&-', "sh", *command],
        capture_output=True, text=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    assert done.returncode == expected.code
    assert "Error" not in done.stderr
    assert (done.stdout, done.stderr)[2 - closed] == ((expected.out, expected.err)[2 - closed])


def test_words_that_are_not_understood_in_json(cli: Cli) -> None:
    done = cli.run("mist", "withdraw", "--json")
    assert done.code == 2
    assert done.json["error"]["code"] == "usage"
    assert "NOTE" in done.json["error"]["detail"]
    done.one_line_error()


def stuck(_data_dir: Path | None) -> CliServices:
    raise KeyboardInterrupt


def broken(_data_dir: Path | None) -> CliServices:
    raise RuntimeError("a secret may stand here")


@pytest.mark.parametrize(("services", "code"), [(stuck, "cancelled"), (broken, "unexpected")])
def test_stopped_and_unforeseen_are_told_in_json_too(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    services: Callable[[Path | None], CliServices],
    code: str,
) -> None:
    monkeypatch.delenv("OBSQRA_DEBUG", raising=False)
    assert run(parse(["decisions", "list", "--json"]), services) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == code
    assert err.count("\n") == 1
    assert "unchanged" in err
    assert "secret" not in out + err


def test_ctrl_c_tells_what_may_have_been_sent() -> None:
    record = SimpleNamespace(id="62e35a161dc4", kind=TxKind.TRANSFER)
    sending = SimpleNamespace(unsettled=lambda: (record,))
    context = cast("Any", SimpleNamespace(services=SimpleNamespace(sending=sending)))
    words = str(stopped(context))
    assert "may have been sent: 62e35a161dc4" in words
    assert "obsqra tx resume 62e35a161dc4" in words
    record.kind = TxKind.MIST_SPEND
    assert "obsqra mist settle" in str(stopped(context)), "the notes are put right, too"
    sending.unsettled = lambda: ()
    assert "sent" not in str(stopped(context))
