"""What the commands about policies accept."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from zeroskew.cli import _policies

_DATA = "a .csv, .parquet, .arrow, .feather, .jsonl or .ndjson file"

#: Makes the parser of a command: name, what it runs, help.
Maker = Callable[..., argparse.ArgumentParser]


def add_fit_and_apply(command: Maker) -> None:
    one = command("fit", _policies.fit, "fit a pipeline on data, and save the policy")
    one.add_argument("pipeline", metavar="PIPELINE", help="steps and seed, .json or .yaml")
    one.add_argument("data", metavar="DATA", help=_DATA)
    one.add_argument(
        "-o", "--output", metavar="POLICY", required=True, help="where to save the policy"
    )
    one.add_argument(
        "--schema", metavar="SCHEMA", help="schema file; by default inferred from the data"
    )
    one.add_argument(
        "--settings", metavar="FILE", help='JSON with any of "rules", "guards" and "fallback"'
    )
    one.add_argument("--parent", metavar="POLICY", help="the policy that this one is to replace")
    one.add_argument("--when", metavar="TIME", help="RFC 3339; by default now")
    one.add_argument("--sign", metavar="KEY", help="sign with this Ed25519 private key (PEM)")
    _who(one)

    one = command("apply", _policies.apply, "transform data as a policy says")
    one.add_argument("policy", metavar="POLICY", help="a saved policy")
    one.add_argument("data", metavar="DATA", help=_DATA)
    one.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="a file of one of these formats"
    )
    one.add_argument(
        "--keys", metavar="COLUMN", help="names the rows for random draws; by default their number"
    )
    one.add_argument(
        "--epoch", type=int, default=0, metavar="N", help="of the random draws (%(default)s)"
    )
    one.add_argument("--training", action="store_true", help="augmenting steps act")
    _key(one)


def add_policy_commands(command: Maker) -> None:
    one = command(
        "verify",
        _policies.verify,
        "check every part, the golden rows to the bit, and the signature",
    )
    one.add_argument("policy", metavar="POLICY", help="a saved policy")
    _json(one, "what the policy is")
    _key(one)

    one = command(
        "diff", _policies.diff, "what changes from one policy to another, in words and numbers"
    )
    one.add_argument("before", metavar="BEFORE", help="a saved policy")
    one.add_argument("after", metavar="AFTER", help="a saved policy")
    _json(one, "the changes")
    _key(one)

    one = command(
        "gate", _policies.gate, "may a policy serve these data: a table, and exit code 1 if not"
    )
    one.add_argument("candidate", metavar="POLICY", help="a saved policy")
    one.add_argument("data", metavar="DATA", help=_DATA)
    one.add_argument(
        "--current",
        metavar="POLICY",
        help="the policy that serves now: what changes is held against it",
    )
    one.add_argument(
        "--environment", metavar="NAME", help="of the schema; columns outside it are not expected"
    )
    one.add_argument(
        "--max-introduced",
        type=float,
        default=0.1,
        metavar="EFFECT",
        help="largest effect on an output that the change may have (%(default)s)",
    )
    one.add_argument("--group", metavar="COLUMN", help="no group may fare worse than all rows")
    one.add_argument(
        "--max-gap",
        type=float,
        default=0.1,
        metavar="SHARE",
        help="by more than this (%(default)s)",
    )
    one.add_argument(
        "--max-latency",
        type=float,
        metavar="US",
        help="99th percentile of a row's transform, microseconds",
    )
    _json(one, "the checks")
    _key(one)

    one = command("deploy", _policies.deploy, "keep a policy in a store, and let it serve")
    one.add_argument("policy", metavar="POLICY", help="a saved policy")
    _store(one)

    one = command(
        "rollback", _policies.rollback, "let a policy serve again that was deployed before"
    )
    one.add_argument(
        "digest", metavar="DIGEST", nargs="?", help="by default the one before the current one"
    )
    _store(one)

    one = command(
        "log", _policies.log, "the audit log, checked; exit code 2 if it was tampered with"
    )
    one.add_argument("log", metavar="LOG", help="an audit log, or the folder of a store")
    _json(one, "the entries")


def _store(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--store", metavar="FOLDER", required=True, help="where policies and the audit log are kept"
    )
    one.add_argument("--note", default="", metavar="TEXT", help="why; for the log")
    _who(one)
    _key(one)


def _who(one: argparse.ArgumentParser) -> None:
    one.add_argument("--who", default="", metavar="NAME", help="a person, or a job")


def _key(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--public-key", metavar="KEY", help="Ed25519 (PEM): policies must be signed by its owner"
    )


def _json(one: argparse.ArgumentParser, what: str) -> None:
    one.add_argument("--json", metavar="FILE", help=f"write {what} ('-': to standard output)")
