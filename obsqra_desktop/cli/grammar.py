"""What all commands of the command line share. Light: nothing of the program is imported."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final, NoReturn

USAGE: Final = 2


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and where help is."""

    def error(self, message: str) -> NoReturn:
        """One line on standard error, its JSON form if that was asked for, exit code 2."""
        sys.stderr.write(f"obsqra: {message} (see: {self.prog} --help)\n")
        if "--json" in sys.argv:
            known = {
                "code": "usage",
                "title": "These words are not understood",
                "detail": message,
                "hint": f"See: {self.prog} --help",
                "retryable": False,
            }
            print(json.dumps({"error": known}, indent=2))
        sys.exit(USAGE)


def common() -> Parser:
    """What every command takes, before or after its own name."""
    shared = Parser(add_help=False)
    shared.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON"
    )
    shared.add_argument(
        "--data-dir",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="FOLDER",
        help="where decisions, policies and keys are kept",
    )
    return shared


class Words:
    """Adds commands to a parser, each with the common options and its JSON described."""

    def __init__(self, parser: argparse.ArgumentParser, dest: str, required: bool) -> None:
        self._commands = parser.add_subparsers(
            dest=dest, metavar="COMMAND", required=required, parser_class=Parser
        )

    def add(self, name: str, text: str, json_keys: str = "") -> argparse.ArgumentParser:
        """One command."""
        return self._commands.add_parser(
            name,
            help=text,
            description=text[:1].upper() + text[1:] + ".",
            epilog=f"JSON: {json_keys}" if json_keys else None,
            parents=[common()],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
