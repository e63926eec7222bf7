"""Amounts against decimal.Decimal: exact both ways."""

from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.amounts import ETH, KNOWN_TOKENS, STRK, format_amount, parse_amount
from obsqra_desktop.domain.errors import InvalidInput
from tests.domain.chain_strategies import amounts

THIN = "\N{NARROW NO-BREAK SPACE}"
EXACT = Context(prec=400)
decimals = st.integers(0, 255)


def test_published_tokens() -> None:
    # docs.starknet.io, "Token addresses"; the same on mainnet, Sepolia and starknet-devnet
    assert hex(STRK.address) == "0x4718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d"
    assert hex(ETH.address) == "0x49d36570d4e46f48e99674bd3fcc84644ddd6b96f7c741b1562b82f9e004dc7"
    assert [(one.symbol, one.decimals) for one in KNOWN_TOKENS] == [("STRK", 18), ("ETH", 18)]


def exact(value: int, places: int) -> Decimal:
    return Decimal(value).scaleb(-places, EXACT)


@given(amounts, decimals)
def test_shown_amounts_are_exact_and_read_back(value: int, places: int) -> None:
    shown = format_amount(value, places)
    with localcontext(EXACT):
        assert Decimal(shown.replace(THIN, "")) == exact(value, places)
    if len(shown.partition(".")[2]) <= 77:
        assert parse_amount(shown, places) == value
    assert not shown.endswith((".", "0")) or "." not in shown
    assert format_amount(-value, places) == (f"-{shown}" if value else shown)


@given(st.from_regex(r"\d{1,60}(\.\d{1,40})?", fullmatch=True), st.integers(0, 60))
def test_typed_amounts_are_what_decimal_reads(text: str, places: int) -> None:
    with localcontext(EXACT) as context:
        context.Emax, context.Emin = 10**6, -(10**6)
        if not text.isascii():
            with pytest.raises(InvalidInput):
                parse_amount(text, places)
            return
        wanted = Decimal(text).scaleb(places)
        fits = wanted == wanted.to_integral_value() and wanted < 2**256
    if fits:
        assert parse_amount(text, places) == int(wanted)
    else:
        with pytest.raises(InvalidInput):
            parse_amount(text, places)


@given(amounts, st.integers(0, 40), st.integers(0, 20))
def test_cut_amounts_never_show_more_than_there_is(value: int, places: int, kept: int) -> None:
    whole, shown = format_amount(value, places), format_amount(value, places, kept)
    if shown == whole:
        assert len(whole.partition(".")[2]) <= kept
    elif shown.startswith("<"):
        assert 0 < exact(value, places) < Decimal(shown[1:])
        assert Decimal(shown[1:]) == Decimal(1).scaleb(-kept)
    else:
        assert shown.endswith("…")
        rest = exact(value, places) - Decimal(shown[:-1].replace(THIN, ""))
        assert 0 < rest < Decimal(1).scaleb(-kept)


@pytest.mark.parametrize(
    ("value", "places", "kept", "text"),
    [
        (0, 18, None, "0"),
        (1, 18, None, "0.000000000000000001"),
        (10**18, 18, None, "1"),
        (12_345_678 * 10**17, 18, None, f"1{THIN}234{THIN}567.8"),
        (1, 18, 6, "<0.000001"),
        (1, 18, 0, "<1"),
        (10**18 + 1, 18, 6, "1…"),
        (1_234_567_899, 9, 4, "1.2345…"),
        (999, 0, 2, "999"),
        (-15, 1, None, "-1.5"),
    ],
)
def test_shown(value: int, places: int, kept: int | None, text: str) -> None:
    assert format_amount(value, places, kept) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", 125 * 10**17),
        (" 1 ", 10**18),
        ("007", 7 * 10**18),
        ("1 234.5", 12345 * 10**17),
        (f"1{THIN}234{THIN}567", 1_234_567 * 10**18),
        ("0.000000000000000001", 1),
        ("1.50000000000000000000000000", 15 * 10**17),
        (
            "115792089237316195423570985008687907853269984665640564039457.584007913129639935",
            2**256 - 1,
        ),
    ],
)
def test_typed(text: str, value: int) -> None:
    assert parse_amount(text, 18) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", ".5", "5.", "-1", "+1", "1e3", "1E3", "0x10", "1,5", "1,000", "1.000.000"),
        *("1_000", "NaN", "Infinity", "1/2", "1 5", "1 2.5", "1.0 5", "1 23", "12 34", "1  234"),
        *("1234 567", "\u0661\u0662", "\uff11", "\u00bd", "1\u202e5", "1\u200b5", "1\x005"),
        *("1\n5", "1\t234", "5 STRK", "9" * 79, "1." + "0" * 78, "9" * 100_000),
    ],
)
def test_not_an_amount(text: str) -> None:
    with pytest.raises(InvalidInput, match="such as"):
        parse_amount(text, 18)


def test_errors_name_place_and_reason() -> None:
    with pytest.raises(InvalidInput, match="6 decimal places") as caught:
        parse_amount("1.1234567", 6, where="limit")
    assert caught.value.where == "limit"
    with pytest.raises(InvalidInput, match="no token"):
        parse_amount(str(2**256), 0)
    assert parse_amount(str(2**256 - 1), 0) == 2**256 - 1


@given(st.text(max_size=40), decimals)
def test_any_text_is_an_amount_or_a_typed_error(text: str, places: int) -> None:
    try:
        value = parse_amount(text, places)
    except InvalidInput:
        return
    assert 0 <= value < 2**256
