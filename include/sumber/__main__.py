"""`python -m sumber COMMAND …`: the pipeline's steps, and tools on plain files, without Airflow."""

from __future__ import annotations

import argparse
import importlib
import sys

from sumber import compiled
from sumber.commands.exchange import InputError
from sumber.pipeline import terminal

# Only the chosen command's module is imported, so that `--help` and small commands start at once.
COMMANDS = {
    "attribute": "attribute every claim in articles.jsonl to its source (no database)",
    "match": "find articles that carry the same copy in articles.jsonl (no database)",
    "fuse": "weigh conflicting values and score sources in a claims table (no database)",
    "migrate": "create roles and databases, and apply the migrations",
    "ingest": "store captures from files",
    "poll": "poll the feeds that are due and fetch their pages",
    "feeds": "list the feeds and how they do; pause or resume one",
    "read": "read pending captures into articles, through the gate",
    "attribute-pending": "attribute the claims of pending articles",
    "trace": "trace the chains of pending articles",
    "watch": "judge the last day of each outlet and feed against its own history",
    "replay": "work again on what was refused, after a fix",
    "check": "compare the stored chains with what walking their edges gives",
    "score": "score sources for a day",
    "publish": "publish the mart",
    "verify": "compare the tables of core and mart with what is promised of them",
    "report": "print claims with their chains, source scores and row counts",
    "chain": "show the provenance chain of one appearance",
    "source": "show one source's score and the evidence for it",
    "review": "record, withdraw or list a person's verdicts on who said it",
    "outcome": "record, import, withdraw or list checks of whether a claim holds",
    "note": "override a source's score, record a source's reply, withdraw or list such notes",
    "fingerprint": "hash the business columns, to show that a re-run changed nothing",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 failed, 2 bad usage or bad input (one line on standard error)."""
    overview = "\n".join(f"  {name:18} {summary}" for name, summary in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="sumber",
        description=f"Who said that first, how did it get here, and how far can they be trusted?\n\ncommands:\n{overview}",
        epilog="sumber COMMAND --help explains a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    engine = "compiled" if compiled.is_used else "in Python"
    parser.add_argument("--version", action="version", version=f"sumber, its engine {engine}", help="say whether compiled code runs")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…")
    chosen = parser.parse_args(argv)
    command = importlib.import_module(f"sumber.commands.{chosen.command.replace('-', '_')}")
    own = argparse.ArgumentParser(
        prog=f"sumber {chosen.command}", description=command.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.configure(own)
    terminal.log_lines()
    try:
        status: int = command.run(own.parse_args(chosen.arguments))
    except InputError as error:
        print(f"sumber {chosen.command}: {terminal.line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print(f"sumber {chosen.command}: interrupted, nothing half-written", file=sys.stderr)
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
