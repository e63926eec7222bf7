"""Strict JSON: one meaning, one digest, or a typed error."""

import json
import sys

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.strict_json import MAX_DEPTH, MAX_INT, JsonValue

values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-MAX_INT, MAX_INT),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text("ab\u00e9"), inner)),
    max_leaves=20,
)


def loads(raw: bytes, limit: int = 10**6) -> JsonValue:
    return strict_json.loads(raw, what="the file", limit=limit)


@given(values)
def test_canonical_bytes_read_back(value: JsonValue) -> None:
    raw = strict_json.canonical(value)
    assert loads(raw) == value
    assert raw == rfc8785.dumps(value)


@given(values)
def test_spacing_has_no_influence(value: JsonValue) -> None:
    spaced = json.dumps(value, indent=3, ensure_ascii=True).encode()
    assert strict_json.canonical(loads(spaced)) == strict_json.canonical(value)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_value_or_a_typed_error(raw: bytes) -> None:
    try:
        loads(raw)
    except InvalidInput:
        return
    json.loads(raw)


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "not JSON"),
        (b"{}x", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b"[1,]", "not JSON"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b"\xff", "UTF-8"),
        (b'{"a": 1, "a": 1}', "twice"),
        (b'{"b": {"a": 1, "a": 2}}', "twice"),
        (b"[1.0]", "whole"),
        (b"[1e2]", "whole"),
        (b"[NaN]", "whole"),
        (b"[Infinity]", "whole"),
        (b"[-Infinity]", "whole"),
        (b"-0", "range"),
        (b"9007199254740992", "range"),
        (b"-9007199254740992", "range"),
        (b"9" * 5000, "range"),
        (b'"\\ud800"', "canonical|Unicode"),
        (b'{"\\udfff": 1}', "canonical|Unicode"),
        (b"[" * 100_000, "deep"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "deep"),
    ],
    ids=range(21),
)
def test_refused(raw: bytes, word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        loads(raw)


@pytest.mark.parametrize("limit", [1_000, 100_000])
def test_depth_is_counted_whatever_the_recursion_limit(limit: int) -> None:
    """py_ecc, which starknet-py imports, raises the limit; the parser in C then crashes."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        for opening, closing in (("[", "]"), ('{"a":', "}")):
            deepest = (opening * MAX_DEPTH + "1" + closing * MAX_DEPTH).encode()
            assert loads(deepest) is not None
            for more in (1, 200_000):
                count = MAX_DEPTH + more
                for raw in (opening * count, opening * count + "1" + closing * count):
                    with pytest.raises(InvalidInput, match="deep"):
                        loads(raw.encode(), limit=10**8)
    finally:
        sys.setrecursionlimit(before)


def test_brackets_in_strings_and_beside_each_other_are_no_depth() -> None:
    text = "[" * 500 + '\\"' + "{" * 500
    assert loads(json.dumps([text, {text: [text]}]).encode()) == [text, {text: [text]}]
    assert loads(b"[" + b"[]," * 5_000 + b"{}]") == [[]] * 5_000 + [{}]


@pytest.mark.parametrize(
    "raw", [b'"' + b'\\"' * 200_000, b'"\\' * 100_000, b"]" * 200_000 + b"[" * 200_000]
)
def test_hostile_text_is_counted_in_linear_time(raw: bytes) -> None:
    with pytest.raises(InvalidInput):
        loads(b"[" * 101 + raw)


def test_size_cap() -> None:
    assert loads(b"[1]", limit=3) == [1]
    with pytest.raises(InvalidInput, match="at most 3"):
        loads(b"[11]", limit=3)


def test_documents_name_their_schema() -> None:
    for raw in (b"[]", b'"obsqra/policy/1"', b"1", b"null"):
        with pytest.raises(InvalidInput, match="object"):
            Policy.parse(raw)
    for raw in (b"{}", b'{"schema": 1}', b'{"schema": "obsqra/policy/2"}'):
        with pytest.raises(InvalidInput, match="schema") as caught:
            Policy.parse(raw)
        assert caught.value.where == "schema"


def test_error_names_the_first_place_and_counts_the_rest() -> None:
    with pytest.raises(InvalidInput, match=r"\(and 6 more\)") as caught:
        Policy.parse(b'{"schema": "obsqra/policy/1", "name": "A"}')
    assert caught.value.where == "max_allocation_bps"


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("\\u\ud800\udc00\udfff")))
def test_what_was_read_always_has_a_canonical_form(text: str) -> None:
    """Also where the check is spared because nothing in the text is escaped."""
    try:
        whole = json.loads(json.dumps(text)).encode("utf-8").decode()
    except UnicodeEncodeError:
        whole = None
    for plain in (False, True):
        raw = json.dumps([text, {text: 1}], ensure_ascii=not plain).encode("utf-8", "surrogatepass")
        try:
            found = loads(raw)
        except InvalidInput:
            assert text != whole
            continue
        assert found == [whole, {whole: 1}]
        assert strict_json.canonical(found)
