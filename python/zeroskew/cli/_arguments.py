"""What the command line accepts."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from zeroskew import __version__
from zeroskew.cli import _commands, _policy_arguments
from zeroskew.errors import DataValueError

_DATA = "a .csv, .parquet, .arrow, .feather, .jsonl or .ndjson file, or a saved profile"
_SIDE = f"{_DATA}; or statistics of TensorFlow's tools (.pb .pbtxt .tfrecord)"
_EXIT = "exit code: 0 clean, 1 anomalies or drift found, 2 an error (one line on stderr)"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise DataValueError(f"{message}; see: {self.prog} --help", "cli.usage")


def parser() -> argparse.ArgumentParser:
    top = _Parser(
        prog="zeroskew",
        description="Profiles, schemas and skew checks of tabular data.",
        epilog=_EXIT,
    )
    top.add_argument("--version", action="version", version=f"zeroskew {__version__}")
    commands = top.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=_Parser
    )

    def maker(commands: Any) -> _policy_arguments.Maker:
        def command(name: str, run: _commands.Command, help: str) -> argparse.ArgumentParser:
            one: argparse.ArgumentParser = commands.add_parser(
                name, help=help, description=help, epilog=_EXIT
            )
            one.set_defaults(run=run)
            return one

        return command

    command = maker(commands)

    def how_to_read(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--threads",
            type=int,
            metavar="N",
            help="threads; by default as many as there are cores",
        )
        one.add_argument("--columns", metavar="A,B,...", help="only these columns of a data file")

    def weighted(one: argparse.ArgumentParser) -> None:
        one.add_argument("--weight", metavar="COLUMN", help="rows of a data file count by this one")

    one = command("profile", _commands.profile, "profile data: show it, and save it with -o")
    one.add_argument("data", metavar="DATA", help=_DATA)
    one.add_argument("-o", "--output", metavar="PROFILE", help="where to save the profile")
    one.add_argument(
        "--names", choices=("kept", "hashed"), default="kept", help="hashed: no raw string is saved"
    )
    one.add_argument("--json", metavar="FILE", help="the statistics as JSON ('-': standard output)")
    weighted(one)
    one.add_argument(
        "--slice", metavar="A,B,...", action="append", help="a profile for each value (or crossed)"
    )
    one.add_argument(
        "--pairs", action="store_true", help="correlations and associations of all pairs of columns"
    )
    how_to_read(one)

    one = command("merge", _commands.merge, "one profile of all rows of several")
    one.add_argument("data", metavar="DATA", nargs="+", help=_DATA)
    one.add_argument(
        "-o", "--output", metavar="PROFILE", required=True, help="where to save the profile"
    )
    how_to_read(one)

    one = command("infer", _commands.infer, "a first schema from data")
    one.add_argument("data", metavar="DATA", help=_SIDE)
    one.add_argument(
        "-o", "--output", metavar="SCHEMA", required=True, help="schema file, .json or .pbtxt"
    )
    one.add_argument(
        "--max-categories",
        type=int,
        default=100,
        metavar="N",
        help="strings with more different values get no domain (%(default)s)",
    )
    weighted(one)
    how_to_read(one)

    one = command("check", _commands.check, "validate data against a schema")
    one.add_argument("data", metavar="DATA", help=_SIDE)
    one.add_argument(
        "--schema", metavar="SCHEMA", required=True, help="schema file, .json or .pbtxt"
    )
    one.add_argument(
        "--environment", metavar="NAME", help="of the schema; columns outside it are not expected"
    )
    one.add_argument(
        "--reference", metavar="DATA", help="training data: the other side of skew comparators"
    )
    one.add_argument(
        "--previous", metavar="DATA", help="earlier data: the other side of drift comparators"
    )
    one.add_argument("--html", metavar="FILE", help="write a report")
    one.add_argument("--json", metavar="FILE", help="write the anomalies ('-': to standard output)")
    one.add_argument(
        "--sarif", metavar="FILE", help="write the faults as SARIF 2.1.0 ('-': to standard output)"
    )
    one.add_argument(
        "--junit", metavar="FILE", help="write the faults as JUnit XML ('-': to standard output)"
    )
    one.add_argument(
        "--github", action="store_true", help="print the faults as annotations of a GitHub workflow"
    )
    one.add_argument(
        "--rows",
        action="store_true",
        help="also list anomalous rows (rules across columns: always)",
    )
    one.add_argument(
        "--severity",
        choices=("warning", "error"),
        default="warning",
        help="the mildest anomaly that counts for the exit code (%(default)s)",
    )
    weighted(one)
    how_to_read(one)

    one = command("compare", _commands.compare, "did the data move: a verdict for every column")
    one.add_argument("reference", metavar="REFERENCE", help=_SIDE)
    one.add_argument("current", metavar="CURRENT", help=_SIDE)
    one.add_argument(
        "--alpha",
        type=float,
        default=0.05,
        metavar="P",
        help="chance of a false alarm (%(default)s)",
    )
    one.add_argument(
        "--correction",
        choices=("bh", "e-bh", "holm", "bonferroni", "none"),
        default="bh",
        help="for many columns (%(default)s: Benjamini-Hochberg)",
    )
    one.add_argument(
        "--min-effect",
        type=float,
        default=0.02,
        metavar="SHARE",
        help="the smallest effect that matters (%(default)s)",
    )
    one.add_argument("--json", metavar="FILE", help="write the verdicts ('-': to standard output)")
    one.add_argument("--html", metavar="FILE", help="write a report of the two sides")
    how_to_read(one)

    one = command(
        "update", _commands.update, "change a schema as little as possible so that it accepts data"
    )
    one.add_argument("data", metavar="DATA", help=_SIDE)
    one.add_argument(
        "--schema", metavar="SCHEMA", required=True, help="schema file, .json or .pbtxt"
    )
    one.add_argument(
        "-o", "--output", metavar="SCHEMA", required=True, help="schema file, .json or .pbtxt"
    )
    weighted(one)
    how_to_read(one)

    one = command("diff", _commands.diff, "what differs between two schemas, a line a change")
    for side in ("old", "new"):
        one.add_argument(side, metavar=side.upper(), help="schema file, .json or .pbtxt")

    one = command("report", _commands.report, "an HTML page about data: one file, no network")
    one.add_argument("data", metavar="DATA", help=_SIDE)
    one.add_argument(
        "-o", "--output", metavar="HTML", required=True, help="where to write the page"
    )
    one.add_argument("--reference", metavar="DATA", help="what to draw the data against")
    one.add_argument(
        "--schema", metavar="SCHEMA", help="also validate the data against this schema"
    )
    one.add_argument("--environment", metavar="NAME", help="of the schema")
    one.add_argument("--title", default="Data report", help="heading of the page")
    how_to_read(one)

    one = command(
        "convert",
        _commands.convert,
        "schemas, statistics and anomalies from one form to another: .json, .pbtxt, .pb, .tfrecord",
    )
    one.add_argument(
        "input",
        metavar="FROM",
        help="a file of any of these forms; or data or a saved profile, for its statistics",
    )
    one.add_argument("output", metavar="TO", help="the suffix says the form")
    _policy_arguments.add_fit_and_apply(command)
    help = "check, compare, gate, deploy and roll back policies"
    policy = commands.add_parser("policy", help=help, description=help, epilog=_EXIT)
    _policy_arguments.add_policy_commands(
        maker(
            policy.add_subparsers(
                title="commands", metavar="COMMAND", required=True, parser_class=_Parser
            )
        )
    )
    return top
