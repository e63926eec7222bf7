"""The hiding budget of docs/zero-knowledge.md for the shipped parameters."""

import json

import obsqra_native
import pytest

from tests.zk.layout import CHUNKS, CODEWORDS, COLUMNS, EXT, QUERIES, ROUNDS, TREES

pytestmark = pytest.mark.native

POINTS = {"randomisation": 1, "trace": 2, "quotient chunks": 1}
FACTS = json.loads(obsqra_native.parameters())
ROWS = FACTS["trace_rows"]


def test_the_figures_of_the_document_are_those_of_the_prover() -> None:
    assert FACTS["queries"] == QUERIES == 20
    assert FACTS["extension_degree"] == EXT == 4
    assert FACTS["trace_columns"] == COLUMNS == 68
    assert (ROWS, CHUNKS, ROUNDS, len(TREES)) == (128, 8, 2, 5)
    assert FACTS["hiding_rows_needed"] == 2 * (QUERIES + EXT * POINTS["trace"])
    assert FACTS["hiding_rows_available"] == ROWS
    assert (FACTS["quotient_chunks"], FACTS["random_codewords"]) == (CHUNKS, CODEWORDS)


@pytest.mark.parametrize("points", POINTS.values(), ids=POINTS)
def test_masks_cover_the_openings_twice(points: int) -> None:
    """The library's condition, for each committed matrix."""
    assert 2 * (QUERIES + EXT * points) <= ROWS


def test_enough_codewords_for_batching() -> None:
    assert CODEWORDS >= EXT


def test_masks_cover_the_rows_that_the_quotient_depends_on() -> None:
    """Each query and each claim involves a row and its successor."""
    assert 2 * QUERIES + EXT * POINTS["trace"] == 48 <= ROWS


def test_the_mask_of_the_batch_covers_what_folding_shows() -> None:
    """Of the mask's 256 coefficients each, queries and one claim show 24."""
    assert 2 * ROWS - (QUERIES + EXT) == 232
