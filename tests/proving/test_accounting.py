"""Security is accounted by the prover, and everybody is told the same figures."""

import json
import re
from pathlib import Path
from types import ModuleType

from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.domain.record import VerifierFile
from obsqra_desktop.flows.accounting import accounting
from obsqra_desktop.proving.native import NativeProver
from tests.cli.running import Cli
from tests.conftest import ROOT

ROW = re.compile(r"^\| `(\w+)` \| (\S+) \| (.*?) \|$", re.M)


def section_12() -> dict[str, tuple[str, str]]:
    """Name to value and words, as the specification has them."""
    text = (ROOT / "docs" / "proof-specification.md").read_text("utf-8")
    section = text.split("## 12 Security accounting")[1].split("\n## ")[0]
    return {name: (value, words) for name, value, words in ROW.findall(section)}


def test_shipped_figures(prover: NativeProver) -> None:
    known = prover.info()
    figures = (known.conjectured_bits, known.proven_list_bits, known.proven_unique_bits)
    assert figures == (102, 65, 35)
    assert known.proven_bits == 65
    assert known.conjectured_bits >= known.target_bits == 100
    assert known.audited is False


def test_specification_says_what_the_module_reports(native: ModuleType) -> None:
    reported = json.loads(native.parameters())
    rows = section_12()
    for name, (value, _) in rows.items():
        assert str(reported[name]) == value, name
    numbers = {name for name, value in reported.items() if type(value) is int}
    assert rows.keys() == numbers - {"proven_bits"}
    assert rows["conjectured_bits"][1] == reported["conjectured_model"]
    assert rows["proven_list_bits"][1] == reported["proven_list_source"]
    assert rows["proven_unique_bits"][1] == reported["proven_unique_source"]
    assert reported["hiding_formula"] in rows["hiding_rows_needed"][1]


def test_hiding_budget_is_the_formula(prover: NativeProver) -> None:
    known = prover.info()
    needed = 2 * (known.queries + known.extension_degree * known.opening_points)
    assert known.hiding_rows_needed == needed <= known.hiding_rows_available == known.trace_rows


def test_every_figure_is_told(prover: NativeProver) -> None:
    known = prover.info()
    told = "\n".join(f"{title}: {value}" for title, value in accounting(known))
    quiet = {"audited"}
    for name in ProofParameters.model_fields.keys() - quiet:
        assert str(getattr(known, name)) in told, name
    assert "unaudited" in told


def test_command_line_tells_it(prover: NativeProver, tmp_path: Path) -> None:
    cli = Cli(tmp_path, tmp_path / "data")
    answer = cli.run("proof-parameters", "--json")
    assert answer.code == 0, answer.err
    text = answer.out.encode()
    assert VerifierFile.parse(text) == VerifierFile.of(prover.info())
    words = cli.run("proof-parameters").out
    for part in ("102 bits", "65 bits", "35 bits", "2025/2010", "unaudited", "56 needed"):
        assert part in words
    assert not cli.data_dir.exists()
    assert cli.run("prove", "--snapshot", "sample", "--policy", "balanced").code == 0
    (kept,) = cli.run("decisions", "list", "--json").json["decisions"]
    shown = cli.run("decisions", "show", kept["id"], "--json").json
    assert shown["parameters"] == answer.json
    assert shown["security_bits"]["proven_unique"] == 35
    assert "35 bits" in cli.run("decisions", "show", kept["id"]).out
