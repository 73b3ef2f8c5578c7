"""Write the `.env` that docker-compose.yml reads: a fresh password and key for each part, readable by you alone.

`python3 deploy/make_env.py`, once, in the project's folder, before the first `docker compose up`. An `.env` that exists is left alone: the
database was made with its passwords.
"""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / ".env"
PASSWORDS = (
    "POSTGRES_PASSWORD",
    "SUMBER_OWNER_PASSWORD",
    "SUMBER_ETL_PASSWORD",
    "SUMBER_APP_PASSWORD",
    "SUMBER_BI_PASSWORD",
    "AIRFLOW_DATABASE_PASSWORD",
    "AIRFLOW_ADMIN_PASSWORD",
    "REDIS_PASSWORD",
)
KEYS = ("AIRFLOW_JWT_SECRET", "AIRFLOW_SECRET_KEY")


def text() -> str:
    """Return the lines of a new `.env`."""
    # Hexadecimal, so that they stand in an URL and in a configuration file as they are.
    lines = [f"{name}={secrets.token_hex(16)}" for name in PASSWORDS]
    lines += [f"{name}={secrets.token_hex(64)}" for name in KEYS]
    lines += [f"AIRFLOW_FERNET_KEY={base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    try:
        with os.fdopen(os.open(TARGET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text())
    except FileExistsError:
        sys.exit(f"{TARGET} exists and is left alone: the database was made with its passwords")
    print(f"{TARGET}: written, readable by you alone")
