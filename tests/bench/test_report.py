"""What the benchmark says about its figures."""

import json

from tests.bench.inputs import POOL_COUNTS, request
from tests.bench.report import Figure, conclusion, machine, machine_line, table

FIGURES = (
    Figure("a", "cold", "s", (0.3, 0.1, 0.2), 0.25),
    Figure("b", "size", "KB", (130_000,), 120_000),
    Figure("c", "peak", "MB", (), 300e6, "unknown here"),
    Figure("d", "phase", "ms", (0.0012, 0.0014)),
)


def test_a_target_is_judged_by_the_median() -> None:
    assert [figure.met for figure in FIGURES] == [True, False, None, None]
    assert FIGURES[0].median == 0.2
    assert Figure("e", "even", "s", (1.0,), 1.0).met is True


def test_table() -> None:
    assert table(FIGURES).splitlines() == [
        "         median    worst  runs       target",
        "cold    0.200 s  0.300 s     3   <= 0.250 s  met",
        "size   130.0 KB        —     1  <= 120.0 KB  MISSED",
        "peak          —        —     0    <= 300 MB  not measured: unknown here",
        "phase    1.3 ms   1.4 ms     2",
    ]
    assert conclusion(FIGURES) == "1 of 3 targets met; missed: size; not measured: peak"


def test_felts_and_gas_have_their_own_units() -> None:
    felts = Figure("f", "calldata", "felts", (1_642,), 4_500)
    gas = Figure("g", "gas", "Mgas", (133_040_000,), 600e6)
    assert felts.row()[1:] == ("1,642 felts", "—", "1", "<= 4,500 felts", "met")
    assert gas.row()[1:] == ("133.0 Mgas", "—", "1", "<= 600.0 Mgas", "met")
    assert felts.document()["base_unit"] == "felts"
    assert gas.document()["base_unit"] == "L2 gas"
    assert FIGURES[0].document()["base_unit"] == "seconds"
    assert FIGURES[1].document()["base_unit"] == "bytes"


def test_nothing_measured_is_null_never_zero() -> None:
    document = json.loads(json.dumps(FIGURES[2].document()))
    assert document["median"] is None
    assert document["met"] is None
    assert document["samples"] == []


def test_the_machine_is_told_without_names_and_paths() -> None:
    facts = machine()
    assert set(facts) == {"cores", "cpu", "system", "python", "load_before"}
    assert "/" not in machine_line(facts).replace("(R)", "")


def test_the_measured_decisions_are_feasible() -> None:
    for count in POOL_COUNTS:
        statement = request(count).statement
        assert len(statement.pools) == count
        assert all(pool.allocation_bps for pool in statement.pools)
    shares = [pool.allocation_bps for pool in request(8).statement.pools]
    assert max(shares) == 1_400
    assert len(set(shares)) > 4
