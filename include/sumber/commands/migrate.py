"""Create roles and databases, and apply the migrations.

With --admin-url, or SUMBER_ADMIN_DATABASE_URL (which no list of processes shows), the roles and databases that the SUMBER_*_DATABASE_URL
variables name are created first, with the passwords that these addresses hold. Without it only the migrations are applied, as sumber_owner.
Doing it again changes nothing.
"""

from __future__ import annotations

import argparse
import os

import psycopg2

from sumber.commands import pending
from sumber.commands.exchange import InputError
from sumber.pipeline import schema


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--admin-url",
        metavar="URL",
        default=os.environ.get("SUMBER_ADMIN_DATABASE_URL"),
        help="address of a role that may create roles and databases",
    )


def run(arguments: argparse.Namespace) -> int:
    """Provision and migrate; print what was applied."""
    try:
        current = pending.configured()
        with pending.reported():
            if arguments.admin_url:
                schema.provision(arguments.admin_url, current)
            applied = schema.migrate(current.url("owner"))
    except schema.MigrationError as error:
        raise InputError(str(error)) from error
    except psycopg2.Error as error:
        raise InputError(" ".join(str(error).split())) from error
    print(f"{len(applied)} applied" if applied else "nothing to apply")
    return 0
