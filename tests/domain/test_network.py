"""Networks: what may be a node, and that no error or name gives its key away."""

import json
from typing import Any

import pytest
import yarl
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starknet_py.net.models.chains import StarknetChainId

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.network import (
    MAX_ENDPOINTS,
    NETWORKS_SCHEMA,
    PRACTICE_CHAIN,
    REAL_CHAINS,
    Endpoint,
    Health,
    Network,
    NetworkKind,
    NetworkSettings,
    NodeReport,
    Proxy,
    Route,
    default_settings,
)
from tests.domain.chain_strategies import visible

KEY = "s3cr3tkey"
GOOD = {
    f"https://rpc.example/v0_10/{KEY}": "rpc.example",
    f"https://user:{KEY}@rpc.example:8443/?k={KEY}#{KEY}": "rpc.example:8443",
    "HTTPS://RPC.Example": "rpc.example",
    f"https://[2001:db8::1]/{KEY}": "[2001:db8::1]",
    "https://[2001:db8::1]:9545": "[2001:db8::1]:9545",
    "http://127.0.0.1:5050": "127.0.0.1:5050",
    "http://[::1]:5050/rpc": "[::1]:5050",
    "http://localhost": "localhost",
    f"http://{'a' * 56}.onion/{KEY}": f"{'a' * 56}.onion",
    "https://rpc.example:": "rpc.example",
}
BAD = [
    *("", KEY, f"/{KEY}", f"//{KEY}.example", f"rpc.example/{KEY}", f"https:///{KEY}"),
    *(f"ftp://rpc.example/{KEY}", f"file:///{KEY}", f"javascript:{KEY}", f"ws://127.0.0.1/{KEY}"),
    f"http://rpc.example/{KEY}",
    f"http://127.0.0.1@evil.example/{KEY}",
    f"http://127.0.0.1:80@evil.example/{KEY}",
    f"http://127.0.0.1\\@evil.example/{KEY}",
    f"http://127.0.0.1.evil.example/{KEY}",
    f"http://localhost.evil.example/{KEY}",
    f"http://evil.example?.onion/{KEY}",
    f"http://evil.example#.onion/{KEY}",
    f"http://0.0.0.0/{KEY}",
    f"http://127.1/{KEY}",
    f"http://2130706433/{KEY}",
    f"http://[::1%25eth0]/{KEY}",
    f"https://[::1]evil.example/{KEY}",
    f"https://[v1.{KEY}]/",
    f"https://[{KEY}/",
    f"https://rpc.example:{KEY}/",
    f"https://user:{KEY}@rpc\u2100.example/",
    f"https://rpc.example:65536/{KEY}",
    f"https://rpc.example:0/{KEY}",
    f"https://rpc.example:+1/{KEY}",
    f"https://rpc.example:-1/{KEY}",
    f"https://rpc.example:1_0/{KEY}",
    f"https://rpc.ex\u202eample/{KEY}",
    f"https://\u0661.example/{KEY}",
    f"https://rpc.example/{KEY}\n",
    f"https://rpc.example/\t{KEY}",
    f"https://rpc.example/{KEY}\x00",
    f"https://rpc.example/{KEY}\x7f",
    f" https://rpc.example/{KEY}",
    f"https://rpc .example/{KEY}",
    f"https://rpc%2eexample/{KEY}",
    f"https://.onion/{KEY}",
    f"https://rpc.example/{KEY * 60}",
]


def settings(**changes: Any) -> bytes:
    value = strict_json.document(default_settings())
    assert isinstance(value, dict)
    return json.dumps({**value, **changes}).encode()


def parse(raw: bytes) -> NetworkSettings:
    return strict_json.parse(
        NetworkSettings, raw, what="networks.json", schema=NETWORKS_SCHEMA, limit=10**6
    )


@pytest.mark.parametrize(("url", "label"), GOOD.items())
def test_labels_of_nodes_have_no_secret(url: str, label: str) -> None:
    node = Endpoint(url=url)
    assert node.label == label
    assert node.url == url
    assert KEY not in repr(node) + str(node) + node.label + node.host
    assert node.host == yarl.URL(url).host


@pytest.mark.parametrize("url", BAD, ids=range(len(BAD)))
def test_no_error_quotes_the_address(url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Endpoint(url=url)
    assert KEY not in str(caught.value) + repr(caught.value)
    assert caught.value.__cause__ is None
    error = strict_json.invalid(caught.value, "node")
    assert KEY not in str(error) + repr(error) + error.where
    networks = strict_json.document(default_settings())["networks"]  # type: ignore[index,call-overload]
    networks[0]["endpoints"] = [{"url": url}]  # type: ignore[index,call-overload]
    with pytest.raises(InvalidInput) as typed:
        parse(settings(networks=networks))
    assert KEY not in str(typed.value) + repr(typed.value)


PIECES = (
    *(
        "/",
        "@",
        ":",
        "#",
        "?",
        "[",
        "]",
        "[::1]",
        "127.0.0.1",
        "%",
        "80",
        "\\",
        "\t",
        "\u2100",
        ";",
    ),
    *("localhost", ".onion", "evil.example", ".", "user", "http:", "//", "0"),
)


@given(
    st.sampled_from(("http://", "https://", "http:/", "HTTP://")),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)
def test_what_is_taken_means_the_same_to_the_client(scheme: str, rest: str) -> None:
    """The HTTP client reads addresses with yarl; http:// must never lead it elsewhere."""
    try:
        node = Endpoint(url=scheme + rest)
    except ValidationError:
        return
    read = yarl.URL(scheme + rest)
    assert read.host == node.host
    assert node.label.endswith(f":{read.explicit_port}") or read.explicit_port is None
    if read.scheme == "http":
        assert node.local or str(read.host).endswith(".onion")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1", True),
        ("http://127.9.9.9:1", True),
        ("https://[::1]", True),
        ("https://localhost", True),
        ("https://10.0.0.1", False),
        ("https://localhost.example", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_local_is_this_computer_only(url: str, local: bool) -> None:
    assert Endpoint(url=url).local is local


def test_chain_ids_are_those_of_starknet_py() -> None:
    shipped = {one.kind: one for one in default_settings().networks}
    assert shipped[NetworkKind.MAINNET].chain == StarknetChainId.MAINNET.value
    assert shipped[NetworkKind.SEPOLIA].chain == StarknetChainId.SEPOLIA.value
    public = {one.value for one in StarknetChainId}
    assert shipped[NetworkKind.PRACTICE].chain not in public
    assert {shipped[kind].chain_id for kind in (NetworkKind.MAINNET, NetworkKind.SEPOLIA)} == (
        REAL_CHAINS
    )


def test_defaults_talk_to_nobody() -> None:
    chosen = default_settings()
    assert all(one.endpoints == () for one in chosen.networks)
    assert chosen.current.practice
    assert not chosen.current.real
    assert [one.id for one in chosen.networks if one.cross_check] == ["mainnet"]
    assert chosen.network("mainnet") in chosen.networks
    assert chosen.network("none") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": NetworkKind.MAINNET, "chain_id": "SN_SEPOLIA"},
        {"kind": NetworkKind.SEPOLIA, "chain_id": "SN_MAIN"},
        {"kind": NetworkKind.PRACTICE, "chain_id": "SN_MAIN"},
        {"chain_id": PRACTICE_CHAIN},
        {"chain_id": "\x00SN_MAIN"},  # the same felt as SN_MAIN
        {"chain_id": "SN_MAIN\n"},
        {"chain_id": "\u0405N_MAIN"},  # Cyrillic
        {"chain_id": ""},
        {"chain_id": "x" * 32},
        {"id": "A"},
        {"id": "../x"},
        {"id": "x\n"},
        {"id": ""},
        {"name": ""},
        {"name": "Practice\u202e chain"},
        {"name": "a\x00"},
        {"name": "x" * 41},
        {"endpoints": (Endpoint(url="https://a.example"),) * (MAX_ENDPOINTS + 1)},
    ],
)
def test_refused_network(changes: dict[str, Any]) -> None:
    base = {"id": "my-own", "name": "Mine", "kind": NetworkKind.CUSTOM, "chain_id": "MINE"}
    assert Network(**base).real  # type: ignore[arg-type]
    with pytest.raises((ValidationError, InvalidInput)):
        Network(**(base | changes))


def test_proxy() -> None:
    assert Proxy(host="127.0.0.1", port=9050).label == "127.0.0.1:9050"
    assert Proxy(host="::1", port=9050).label == "[::1]:9050"
    for host, port in (("", 1), ("a b", 1), ("a/b", 1), ("a@b", 1), ("a", 0), ("a", 65536)):
        with pytest.raises(ValidationError):
            Proxy(host=host, port=port)


networks = st.builds(
    Network,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True),
    name=visible,
    kind=st.just(NetworkKind.CUSTOM),
    chain_id=st.from_regex(r"[A-Z_]{1,31}", fullmatch=True).filter(PRACTICE_CHAIN.__ne__),
    endpoints=st.lists(
        st.builds(Endpoint, url=st.sampled_from(sorted(GOOD)), own=st.booleans()), max_size=4
    ).map(tuple),
    cross_check=st.booleans(),
)


@given(
    st.lists(networks, min_size=1, max_size=4, unique_by=lambda one: one.id),
    st.booleans(),
    st.none() | st.builds(Proxy, host=st.just("127.0.0.1"), port=st.integers(1, 65535)),
    st.none() | visible,
)
def test_settings_round_trip(
    listed: list[Network], offline: bool, proxy: Proxy | None, path: str | None
) -> None:
    chosen = NetworkSettings(
        selected=listed[-1].id,
        offline=offline,
        proxy=proxy,
        devnet_path=path,
        networks=tuple(listed),
    )
    assert parse(strict_json.pretty(chosen)) == chosen
    assert chosen.current == listed[-1]
    assert KEY not in repr(chosen)


@pytest.mark.parametrize(
    "raw",
    [
        settings(selected="none"),
        settings(offline=0),
        settings(offline="false"),
        settings(networks=[]),
        settings(networks=strict_json.document(default_settings())["networks"] * 2),  # type: ignore[index,call-overload,operator]
        settings(proxy={"host": "a", "port": 2**53}),
        settings(proxy={"host": "a", "port": 1.5}),
        settings(proxy={"host": "a", "port": "1"}),
        settings(more=1),
        settings().replace(b'"offline"', b'"selected": "sepolia", "offline"'),
        settings().replace(b"networks/1", b"networks/2"),
        settings()[:-1],
    ],
)
def test_hostile_settings(raw: bytes) -> None:
    with pytest.raises(InvalidInput):
        parse(raw)


@pytest.mark.parametrize("health", Health)
def test_flows_start_on_good_and_slow_nodes_only(health: Health) -> None:
    report = NodeReport(label="a", own=True, route=Route.DIRECT, health=health, detail="")
    assert report.usable is (health.value in {"good", "slow"})
