"""Compiles the contracts below contracts/ and keeps their classes with what they come from.

    python3 dev.py contracts            compile what is out of date
    python3 dev.py contracts --check    compile all of them and compare, write nothing

Each folder below contracts/ with a cairo_project.toml is one crate. Classes of crates that ship go
to resources/contracts/, those that only tests use (`ships = false` under [tool.obsqra] in
Scarb.toml) to tests/contracts/: Contract.json.gz holds the class as nodes take it, without debug
information, and manifest.json ties it to the digest of its sources.

Needed on PATH: starknet-compile and starknet-sierra-compile 2.19.4 (cargo install NAME --version
2.19.4 --locked), and the corelib of the same tag, named by --corelib or CAIRO_CORELIB.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Optional

if sys.version_info >= (3, 11):
    import tomllib

from tests.devtools.setup import ROOT, SetupError, say

CONTRACTS = ROOT / "contracts"
SHIPPED = ROOT / "resources" / "contracts"
FOR_TESTS = ROOT / "tests" / "contracts"
MANIFEST = "manifest.json"
SCHEMA = "obsqra/contracts/1"
COMPILERS = ("starknet-compile", "starknet-sierra-compile")
VERSION = "2.19.4"
MAX_FELTS = 81_920
MAX_BYTES = 4_089_446
MARK = re.compile(r"#\[starknet::contract[^\]]*\]\s*(?:pub\s+)?mod\s+([A-Za-z_][A-Za-z0-9_]*)")


def crates() -> list[Path]:
    """Folders of all crates."""
    return sorted(path.parent for path in CONTRACTS.glob("*/cairo_project.toml"))


def roots(crate: Path) -> dict[str, Path]:
    """Each crate that this one is compiled with, and the folder of its sources."""
    project = tomllib.loads((crate / "cairo_project.toml").read_text("utf-8"))
    return {name: (crate / place).resolve() for name, place in project["crate_roots"].items()}


def ships(crate: Path) -> bool:
    """Whether its classes go with the program."""
    package = tomllib.loads((crate / "Scarb.toml").read_text("utf-8"))
    return bool(package.get("tool", {}).get("obsqra", {}).get("ships", True))


def sources(crate: Path) -> list[Path]:
    """Everything that the crate's classes follow from."""
    found = {crate / "cairo_project.toml", crate / "Scarb.toml"}
    for root in roots(crate).values():
        found.update(root.rglob("*.cairo"))
    return sorted(found)


def sources_digest(crate: Path) -> str:
    """SHA-256 over name, length and content of each source, names below contracts/."""
    total = hashlib.sha256()
    for path in sources(crate):
        content = path.read_bytes()
        name = path.relative_to(CONTRACTS).as_posix()
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def contracts_of(crate: Path) -> Iterator[tuple[str, str]]:
    """Name and path of each contract of the crate itself; one module a file, as rustc counts."""
    own = crate / "src"
    name = next(name for name, root in roots(crate).items() if root == own.resolve())
    for path in sorted(own.rglob("*.cairo")):
        module = path.relative_to(own).with_suffix("").parts
        where = [name] if module == ("lib",) else [name, *module]
        for found in MARK.finditer(path.read_text("utf-8")):
            yield found[1], "::".join([*where, found[1]])


def compiler(name: str) -> str:
    """A compiler of the right version on PATH."""
    found = shutil.which(name)
    answer = (
        subprocess.run([found or name, "--version"], capture_output=True, text=True).stdout
        if found
        else ""
    )
    if answer.split() != [name, VERSION]:
        raise SetupError(
            f"{name} {VERSION} is not on PATH; install it: "
            f"cargo install {name} --version {VERSION} --locked"
        )
    return str(found)


def find_corelib(option: Optional[str]) -> Path:
    """The folder `corelib` of the compiler's tag."""
    named = option or os.environ.get("CAIRO_CORELIB")
    places = [Path(named)] if named else [Path("corelib"), Path("../corelib/corelib")]
    for place in places:
        if (place / "src" / "lib.cairo").is_file():
            return place.resolve()
    raise SetupError(
        "the corelib was not found: take the folder corelib of starkware-libs/cairo at tag "
        f"v{VERSION} and name it with --corelib or CAIRO_CORELIB"
    )


def compile_contract(crate: Path, path: str, corelib: Path, scratch: Path) -> tuple[Any, Any]:
    """The Sierra class and the CASM of one contract, by the audited list of library functions."""
    if not (scratch / "corelib").exists():
        (scratch / "corelib").symlink_to(corelib)  # the compiler looks in its current folder
    sierra, casm = scratch / "sierra.json", scratch / "casm.json"
    for words in (
        [compiler(COMPILERS[0]), "--contract-path", path, str(crate), str(sierra)],
        [compiler(COMPILERS[1]), str(sierra), str(casm)],
    ):
        done = subprocess.run(words, cwd=scratch, capture_output=True, text=True)
        if done.returncode != 0:
            raise SetupError(f"{path} does not compile:\n{done.stdout}{done.stderr}")
    return json.loads(sierra.read_text("utf-8")), json.loads(casm.read_text("utf-8"))


def as_nodes_take_it(sierra: Any) -> dict[str, Any]:
    """CONTRACT_CLASS of starknet-specs: the ABI is one string, spaced as starknet.js spaces it."""
    return {
        "abi": json.dumps(sierra["abi"]),
        "contract_class_version": sierra["contract_class_version"],
        "entry_points_by_type": sierra["entry_points_by_type"],
        "sierra_program": sierra["sierra_program"],
    }


def class_hashes(taken: dict[str, Any], casm: dict[str, Any]) -> tuple[str, str]:
    """Class hash and compiled class hash (Blake2s, as from Starknet 0.14.1), by starknet-py."""
    from starknet_py.common import create_casm_class
    from starknet_py.hash.casm_class_hash import compute_casm_class_hash
    from starknet_py.hash.hash_method import HashMethod
    from starknet_py.hash.sierra_class_hash import compute_sierra_class_hash
    from starknet_py.net.client_models import SierraContractClass
    from starknet_py.net.schemas.rpc.contract import SierraContractClassSchema

    loaded: SierraContractClass = SierraContractClassSchema().load(taken)
    bare = {key: value for key, value in casm.items() if key != "pythonic_hints"}
    compiled = create_casm_class(json.dumps({**bare, "hints": []}))
    compiled_hash = compute_casm_class_hash(compiled, hash_method=HashMethod.BLAKE2S)
    return hex(compute_sierra_class_hash(loaded)), hex(compiled_hash)


def entry_of(name: str, path: str, taken: dict[str, Any], casm: dict[str, Any]) -> dict[str, Any]:
    """One contract of the manifest."""
    program = taken["sierra_program"]
    class_hash, compiled = class_hashes(taken, casm)
    entry = {
        "name": name,
        "path": path,
        "class_hash": class_hash,
        "compiled_class_hash": compiled,
        "sierra_version": ".".join(str(int(part, 16)) for part in program[:3]),
        "compiler_version": ".".join(str(int(part, 16)) for part in program[3:6]),
        "casm_compiler_version": casm["compiler_version"],
        "sierra_felts": len(program),
        "casm_felts": len(casm["bytecode"]),
        "bytes": len(json.dumps(taken, separators=(",", ":"))),
    }
    for key, most in (("sierra_felts", MAX_FELTS), ("casm_felts", MAX_FELTS), ("bytes", MAX_BYTES)):
        if entry[key] > most:
            raise SetupError(f"{name}: {key} is {entry[key]:,}, a network takes at most {most:,}")
    return entry


def packed(taken: dict[str, Any]) -> bytes:
    """The same bytes for the same class, everywhere."""
    raw = json.dumps(taken, separators=(",", ":"), sort_keys=True).encode()
    return gzip.compress(raw, compresslevel=9, mtime=0)


def compile_crate(crate: Path, corelib: Path) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """Manifest entries and packed classes of one crate."""
    found = list(contracts_of(crate))
    entries, classes = [], {}
    with tempfile.TemporaryDirectory(prefix="obsqra-contracts-") as folder:
        for name, path in found:
            sierra, casm = compile_contract(crate, path, corelib, Path(folder))
            taken = as_nodes_take_it(sierra)
            entry = entry_of(name, path, taken, casm)
            entry["sources"] = sources_digest(crate)
            entries.append(entry)
            classes[name] = packed(taken)
            say(
                f"{name}: class {entry['class_hash']}, {entry['sierra_felts']:,} Sierra felts, "
                f"{entry['casm_felts']:,} CASM felts, {entry['bytes']:,} bytes"
            )
    return entries, classes


def read_manifest(folder: Path) -> dict[str, Any]:
    """The entries of a folder by name."""
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))["contracts"]
    except (OSError, ValueError, KeyError):
        return {}
    return {entry["name"]: entry for entry in listed}


def write_manifest(folder: Path, entries: dict[str, Any]) -> None:
    """Entries in the order of their names."""
    value = {"schema": SCHEMA, "contracts": [entries[name] for name in sorted(entries)]}
    (folder / MANIFEST).write_text(json.dumps(value, indent=2) + "\n", "utf-8")


def up_to_date(crate: Path, known: dict[str, Any], folder: Path) -> bool:
    """Whether all its contracts are there, from these sources."""
    wanted = sources_digest(crate)
    return all(
        known.get(name, {}).get("sources") == wanted and (folder / f"{name}.json.gz").is_file()
        for name, _path in contracts_of(crate)
    )


def build(folder: Path, mine: Sequence[Path], corelib: Optional[str], *, check: bool) -> bool:
    """All crates whose classes go to one folder; whether something differs that should not."""
    known = read_manifest(folder)
    wanted: dict[str, Any] = {}
    differs = False
    for crate in mine:
        names = {name for name, _path in contracts_of(crate)}
        if not check and up_to_date(crate, known, folder):
            wanted.update({name: known[name] for name in names})
            continue
        entries, classes = compile_crate(crate, find_corelib(corelib))
        for entry in entries:
            name = entry["name"]
            wanted[name] = entry
            if check and entry != known.get(name):
                say(f"{name}: the stored class is not what these sources compile to")
                differs = True
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}.json.gz").write_bytes(classes[name])
    if not check and (wanted or known):
        for name in set(known) - set(wanted):
            (folder / f"{name}.json.gz").unlink(missing_ok=True)
        write_manifest(folder, wanted)
    return differs


def main(words: Sequence[str]) -> int:
    """Compile what is out of date; with --check compare all and write nothing."""
    parser = argparse.ArgumentParser(
        prog="dev.py contracts",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="compile all and compare")
    parser.add_argument("--corelib", help="folder corelib of the compiler's tag")
    options = parser.parse_args(words)
    all_crates = crates()
    try:
        differs = [
            build(
                folder,
                [crate for crate in all_crates if ships(crate) is shipped],
                options.corelib,
                check=options.check,
            )
            for folder, shipped in ((SHIPPED, True), (FOR_TESTS, False))
        ]
    except SetupError as error:
        say(str(error))
        return 2
    say(
        "the stored classes differ"
        if any(differs)
        else "the stored classes are those of the sources"
    )
    return 1 if any(differs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
