"""Felts, selectors, short strings and addresses against published values and starknet-py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from starknet_py import constants
from starknet_py.cairo.felt import decode_shortstring, encode_shortstring
from starknet_py.hash.address import get_checksum_address
from starknet_py.hash.selector import get_selector_from_name

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import (
    ADDRESS_BOUND,
    PRIME,
    Amount,
    Count,
    Felt,
    address_form,
    from_short_string,
    hex_form,
    parse_address,
    parse_decimal,
    parse_felt,
    selector,
    short_string,
    starknet_keccak,
)
from obsqra_desktop.domain.strict_json import MAX_INT
from tests.domain.chain_strategies import addresses, names
from tests.domain.strategies import felts

CHECKSUMS = {  # starknet.py, hash/address_test.py, and docs of starknet.js (getChecksumAddress)
    0x2FD23D9182193775423497FC0C472E156C57C69E4089A1967FB288A2D84E914: (
        "0x02Fd23d9182193775423497fc0c472E156C57C69E4089A1967fb288A2d84e914"
    ),
    0xABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFAB: (
        "0x00AbcDefaBcdefabCDEfAbCDEfAbcdEFAbCDEfabCDefaBCdEFaBcDeFaBcDefAb"
    ),
    0xFEDCBAFEDCBAFEDCBAFEDCBAFEDCBAFEDCBAFEDCBAFEDCBAFEDCBAFEDCBAFE: (
        "0x00fEdCBafEdcbafEDCbAFedCBAFeDCbafEdCBAfeDcbaFeDCbAfEDCbAfeDcbAFE"
    ),
    0xA: "0x000000000000000000000000000000000000000000000000000000000000000A",
}
HOSTILE = [
    "",
    "0x",
    "0xg",
    "0x" + "0" * 65,
    "0x1\n",
    "0x1\x00",
    "0x\u0661",  # Arabic digit one
    "\uff10x1",  # full-width zero
    "\u202e0x1",  # right-to-left override
    "0x1_0",
    "-0x1",
    "+1",
    "1",
    "0b1",
    "0x" + "f" * 100_000,
    hex(PRIME),
    -1,
    PRIME,
    True,
    1.0,
    None,
    b"0x1",
    ["0x1"],
]


def test_constants_are_those_of_starknet_py() -> None:
    assert (
        PRIME
        == constants.FIELD_PRIME
        == 0x800000000000011000000000000000000000000000000000000000000000001
    )
    assert ADDRESS_BOUND == constants.L2_ADDRESS_UPPER_BOUND


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # Starknet documentation and every ERC-20 transfer on Voyager and Starkscan
        ("transfer", 0x83AFD3F4CAEDC6EEBF44246FE54E38C95E3179A5EC9EA81740ECA5B482D12E),
        ("__execute__", 0x15D40A3D6CA2AC30F4031E42BE28DA9B056FEF9BB7357AC5E85627EE876E5AD),
        ("balanceOf", 0x2E4263AFAD30923C891518314C3C95DBE830A16874E8ABC5777A9A20B54C76E),
        ("constructor", 0x28FFE4FF0F226A9107253E17A904099AA4F63A02A5621DE0576E5AA71BC5194),
        ("Transfer", 0x99CD8BDE557814842A3121E8DDFD433A539B8C9F14BF31EBF108D12E6196E9),
        ("__default__", 0),
        ("__l1_default__", 0),
    ],
)
def test_published_selectors(name: str, value: int) -> None:
    assert selector(name) == value


@given(names)
def test_selectors_are_those_of_starknet_py(name: str) -> None:
    assert selector(name) == get_selector_from_name(name)


def test_keccak_is_cut_to_250_bits() -> None:
    whole = 0xC5D2460186F7233C927E7DB2DCC703C0E500B653CA82273B7BFAD8045D85A470  # Keccak-256("")
    assert starknet_keccak(b"") == whole % 2**250


def test_chain_ids() -> None:
    assert short_string("SN_MAIN") == 0x534E5F4D41494E
    assert short_string("SN_SEPOLIA") == 0x534E5F5345504F4C4941
    assert from_short_string(0x534E5F4D41494E) == "SN_MAIN"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=31))
def test_short_strings_are_those_of_starknet_py(text: str) -> None:
    assert short_string(text) == encode_shortstring(text)
    assert from_short_string(short_string(text)) == text == decode_shortstring(short_string(text))


@pytest.mark.parametrize(
    "text", ["", "a" * 32, "\x00SN_MAIN", "SN_MAIN\x00", "a\n", "\x7f", "é", "\u202eNIAM", "а" * 5]
)
def test_no_two_texts_are_one_short_string(text: str) -> None:
    with pytest.raises(InvalidInput, match="short string"):
        short_string(text)


def test_refused_short_string_is_not_quoted_whole() -> None:
    with pytest.raises(InvalidInput) as caught:
        short_string("x" * 100_000)
    assert len(str(caught.value)) < 200


@given(felts)
def test_any_felt_is_shown_as_printable_text(value: int) -> None:
    shown = from_short_string(value)
    assert shown
    assert shown.isascii()
    assert shown.isprintable()
    assert shown == hex(value) or short_string(shown[:31]) == value or len(shown) > 31


def test_nothing_is_shown_as_a_number() -> None:
    assert from_short_string(0) == "0x0"
    assert from_short_string(0x0A41) == "0xa41"


@given(felts)
def test_felts_round_trip(value: int) -> None:
    adapter: TypeAdapter[int] = TypeAdapter(Felt)
    assert parse_felt(hex_form(value)) == parse_felt(value) == value
    assert parse_felt(f"0X{value:064X}") == value
    assert adapter.validate_json(adapter.dump_json(value)) == value
    assert adapter.dump_json(value).startswith(b'"0x')


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_not_a_felt(value: object) -> None:
    with pytest.raises(ValueError, match="not a field element"):
        parse_felt(value)
    with pytest.raises(ValidationError):
        TypeAdapter(Felt).validate_python(value)


@given(st.integers(0, 2**256 - 1))
def test_amounts_round_trip_as_decimal_text(value: int) -> None:
    adapter: TypeAdapter[int] = TypeAdapter(Amount)
    assert adapter.dump_json(value) == f'"{value}"'.encode()
    assert adapter.validate_json(adapter.dump_json(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        *("", "-1", "+1", "1.0", "1e3", " 1", "1\n", "0x1", "\u0661", "\u00b2", "1_0", "9" * 79),
        *(str(2**256), 2**256, -1, True, 1.0, None, b"1"),
    ],
)
def test_not_an_amount(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Amount).validate_python(value)
    with pytest.raises(ValueError, match="whole number"):
        parse_decimal(value)


def test_counts_are_what_files_can_hold() -> None:
    adapter: TypeAdapter[int] = TypeAdapter(Count)
    assert adapter.validate_python(MAX_INT) == MAX_INT == 2**53 - 1
    for value in (MAX_INT + 1, -1, 2**64):
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


@pytest.mark.parametrize(("address", "form"), CHECKSUMS.items())
def test_published_checksums(address: int, form: str) -> None:
    assert address_form(address) == form
    assert parse_address(form) == address


@given(addresses | st.integers(2, 2**16))
def test_checksums_are_those_of_starknet_py(address: int) -> None:
    form = address_form(address)
    assert form == get_checksum_address(hex(address))
    for text in (form, f" {form}\n", hex(address), f"0X{address:X}", "0x" + form[2:].lstrip("0")):
        assert parse_address(text) == address


@given(addresses, st.integers(2, 65), st.sampled_from("0123456789abcdefABCDEF"))
def test_mistyped_character(address: int, place: int, typed: str) -> None:
    form = address_form(address)
    wrong = form[:place] + typed + form[place + 1 :]
    try:
        found = parse_address(wrong)
    except InvalidInput:
        return
    digits = wrong[2:]
    assert digits in {digits.lower(), digits.upper()} or wrong == get_checksum_address(wrong)
    assert found == int(wrong, 16)


@pytest.mark.parametrize("zeros", ["", "0"])
def test_swapped_case_is_a_wrong_checksum(zeros: str) -> None:
    form = address_form(0x2FD23D9182193775423497FC0C472E156C57C69E4089A1967FB288A2D84E914)
    with pytest.raises(InvalidInput, match="checksum") as caught:
        parse_address("0x" + zeros + form[3:].swapcase(), where="to")
    assert caught.value.where == "to"
    assert "Copy the address again" in str(caught.value)


@pytest.mark.parametrize("value", [0, 1, ADDRESS_BOUND, ADDRESS_BOUND + 1, PRIME - 1, 2**256 - 1])
def test_impossible_addresses(value: int) -> None:
    with pytest.raises(InvalidInput, match="no contract"):
        parse_address(hex(value))


@pytest.mark.parametrize("text", [one for one in HOSTILE if isinstance(one, str)][:14])
def test_not_an_address(text: str) -> None:
    if text.strip() != text:
        text = f"x{text}"  # white space around is let go
    with pytest.raises(InvalidInput):
        parse_address(text)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_typed_error(text: str) -> None:
    try:
        found = parse_address(text)
    except InvalidInput:
        return
    assert found == int(text.strip(), 16)
