"""prove, verify, export, guide and selfcheck with the compiled prover."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from obsqra_desktop.domain import shipped
from tests.cli.running import Cli, assert_lean
from tests.conftest import ROOT
from tests.storage.small_disk import small_disk
from tests.storage.test_lock import another_process

pytestmark = pytest.mark.native
PROVE = ("prove", "--snapshot", "sample", "--policy", "balanced")


def test_proving_loads_neither_chain_nor_window(cli: Cli) -> None:
    done = cli.alone(*PROVE, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.code == 0
    assert "obsqra_native.obsqra_native" in done.loaded
    assert_lean(done.loaded)


def test_prove_verify_export(cli: Cli) -> None:
    done = cli.run(*PROVE, "--out", "mine.oab.zip", "--json")
    assert done.code == 0, done.err
    assert done.err == ""
    answer = done.json
    assert answer["status"] == "exported"
    assert answer["prove_seconds"] > 0
    assert answer["verify_seconds"] > 0
    assert answer["verifier"] == "native"
    assert 0 < answer["proof_bytes"] <= 120_000
    assert answer["security_bits"]["conjectured"] >= 100
    assert [one["phase"] for one in answer["phases"]] == ["trace", "commit", "quotient", "open"]
    assert [one["allocation_bps"] for one in answer["allocation"]] == [4000, 6000]
    bundle = (cli.folder / "mine.oab.zip").read_bytes()
    assert answer["bundle"] == {
        "file": "mine.oab.zip",
        "level": "public",
        "sha256": hashlib.sha256(bundle).hexdigest(),
    }

    verified = cli.run("verify", "mine.oab.zip", "--json")
    assert verified.code == 0
    assert verified.json["verdict"] == "VALID"
    assert verified.json["signer"] == "unknown"
    assert {one["result"] for one in verified.json["checks"]} == {"PASS"}
    elsewhere = cli.run("verify", "mine.oab.zip", env={"OBSQRA_DATA_DIR": "/nowhere/at/all"})
    assert elsewhere.code == 0
    assert "VALID" in elsewhere.out

    short = answer["id"][:8]
    again = cli.run("decisions", "export", short, "--out", "again.zip", "--json")
    assert again.json["sha256"] == answer["bundle"]["sha256"]
    assert (cli.folder / "again.zip").read_bytes() == bundle
    auditor = cli.run("decisions", "export", short, "--level", "auditor")
    assert auditor.code == 0
    assert cli.run("verify", f"obsqra-{short}.oab.zip").code == 0
    reverified = cli.run("decisions", "reverify", short, "--json")
    assert reverified.json["verifier"] == "native"
    assert "verified here, exported" in cli.run("decisions", "list").out


def test_verify_says_no(cli: Cli) -> None:
    cli.run(*PROVE, "--out", "a.zip")
    raw = bytearray((cli.folder / "a.zip").read_bytes())
    raw[len(raw) // 2] ^= 1
    (cli.folder / "b.zip").write_bytes(raw)
    done = cli.run("verify", "b.zip", "--json")
    assert done.code == 1
    assert done.json["verdict"] == "INVALID"
    wrong = cli.run("verify", "a.zip", "--key", "00" * 32, "--json")
    assert wrong.code == 1
    assert wrong.json["signer"] == "not the given key"
    key = json.loads((cli.data_dir / "keys" / "device-key.json").read_text())["public_key"]
    right = cli.run("verify", "a.zip", "--key", key, "--json")
    assert (right.code, right.json["signer"]) == (0, "known")
    assert cli.run("verify", "a.zip", "--key", "zz").code == 2


def test_eight_pools(cli: Cli) -> None:
    document = json.loads(shipped.sample().canonical())
    pool = document["pools"][1]
    document["pools"] = [{**pool, "id": hex(i + 1), "name": f"Pool {i}"} for i in range(8)]
    (cli.folder / "eight.json").write_text(json.dumps(document))
    done = cli.run("prove", "--snapshot", "eight.json", "--policy", "balanced", "--json")
    assert done.code == 0, done.err
    assert sum(one["allocation_bps"] for one in done.json["allocation"]) == 10_000


def test_infeasible_is_kept_and_not_proved(cli: Cli) -> None:
    done = cli.run(
        "prove", "--snapshot", "sample", "--policy", "conservative", "--out", "x.zip", "--json"
    )
    assert done.code == 1
    assert done.json["status"] == "infeasible"
    assert done.json["bundle"] is None
    assert not (cli.folder / "x.zip").exists()
    export = cli.run("decisions", "export", done.json["id"])
    assert export.code == 1
    assert "no verified proof" in export.one_line_error()


def test_tier_network_and_other_rule(cli: Cli) -> None:
    done = cli.run(*PROVE, "--model", "risk-tier-mlp-v1", "--rule", "risk-engine-v4", "--json")
    assert done.code == 0, done.err
    assert done.json["rule"] == "risk-engine-v4"


def test_a_second_process_on_the_same_folder(cli: Cli) -> None:
    cli.run(*PROVE)
    with another_process(cli.data_dir / "lock"):
        done = cli.run(*PROVE, "--json")
        assert done.code == 2
        assert done.json["error"]["code"] == "storage_busy"
        assert done.json["error"]["retryable"] is True
        done.one_line_error()
        assert len(cli.run("decisions", "list", "--json").json["decisions"]) == 1
    assert cli.run(*PROVE).code == 0


def test_a_real_full_disk(cli: Cli, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as disk:
        done = cli.run(*PROVE, "--data-dir", disk, "--json")
        assert done.code == 2
        assert done.json["error"]["code"] == "disk_full"
        assert "unchanged" in done.one_line_error()
        listed = cli.run("decisions", "list", "--data-dir", disk, "--json").json
        assert [one["status"] for one in listed["decisions"]] == ["computed"]
        assert listed["damaged"] == []
        assert not list(disk.rglob(".tmp-*"))


def test_two_at_once_both_succeed(cli: Cli) -> None:
    command = [sys.executable, "-m", "obsqra_desktop", *PROVE, "--data-dir", str(cli.data_dir)]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in both:
        _, err = one.communicate(timeout=600)
        assert one.returncode == 0, err
    assert len(cli.run("decisions", "list", "--json").json["decisions"]) == 2


def test_unwritable_bundle_place_keeps_the_proof(cli: Cli) -> None:
    done = cli.run(*PROVE, "--out", "none/x.zip")
    assert done.code == 1
    done.one_line_error()
    (kept,) = cli.run("decisions", "list", "--json").json["decisions"]
    assert kept["status"] == "verified"


def test_selfcheck_in_an_empty_home(cli: Cli) -> None:
    done = cli.alone("selfcheck", "--json")
    assert done.code == 0, done.out
    assert done.json["ok"] is True
    assert "Everything works" in cli.run("selfcheck").out


def test_guide_by_its_defaults(cli: Cli) -> None:
    done = cli.run("guide")
    assert done.code == 0, done.err
    (bundle,) = cli.folder.glob("obsqra-*.oab.zip")
    assert cli.run("verify", bundle.name).code == 0
    for words in ("1 of 3", "2 of 3", "3 of 3", "stays hidden", "Open and fold", "native verifier"):
        assert words in done.out


def test_guide_with_answers(cli: Cli) -> None:
    answers = ["nothing", "aggressive", "bogus", "file", "none.json", "s.json", "go", "auditor"]
    (cli.folder / "s.json").write_bytes(shipped.sample().canonical())
    done = cli.run("guide", stdin="\n".join([*answers, "mine.zip"]) + "\n")
    assert done.code == 0, done.out + done.err
    assert "Please answer one of" in done.out
    assert cli.run("verify", "mine.zip", "--json").json["level"] == "auditor"


def test_guide_with_typed_pools(cli: Cli) -> None:
    pools = ["A", "V", "5000", "99999", "2", "90", "400", "900", "A", "V", *"52"]
    pools += ["2", "90", "400", "900", "B", "", "", "", "", "", "", "", ""]
    done = cli.run("guide", stdin="\n".join(["aggressive", "typed", *pools]) + "\n")
    assert done.code == 0, done.out + done.err
    assert "volatility_bps" in done.out


def test_guide_back_stop_and_infeasible(cli: Cli) -> None:
    done = cli.run("guide", stdin="\n\nback\n\n\nstop\n")
    assert done.code == 0
    assert done.out.count("1 of 3") == 2
    assert cli.run("decisions", "list", "--json").json["decisions"] == []
    infeasible = cli.run("guide", stdin="conservative\n\nstop\n")
    assert infeasible.code == 1
    assert "no allocation" in infeasible.out
    assert len(cli.run("decisions", "list", "--json").json["decisions"]) == 1


def test_guide_without_unicode(cli: Cli) -> None:
    done = cli.run("guide", env={"PYTHONIOENCODING": "ascii"})
    assert done.code == 0
    assert done.out.isascii()


def test_no_words_and_no_display_guides(cli: Cli) -> None:
    env = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    if not sys.platform.startswith("linux"):
        pytest.skip("a display is always there")
    done = cli.run(env=env)
    assert done.code == 0
    assert "no display" in done.err
    assert "1 of 3" in done.out


def test_no_secret_in_any_output(cli: Cli, tmp_path: Path) -> None:
    done = cli.run(*PROVE, "--json")
    entry = cli.data_dir / "proofs" / done.json["id"][:2] / done.json["id"]
    private = json.loads((entry / "private.json").read_text())
    text = done.out + cli.run("decisions", "show", done.json["id"], "--private").out
    text += cli.run("guide").out
    assert private["redaction_key"] not in text
    assert str(private["salt"][0]) not in text
