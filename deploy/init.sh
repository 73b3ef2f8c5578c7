#!/bin/sh
# Runs once at each start, before the other services: roles, databases and migrations of both databases, and the login of the UI.
# Doing it again changes nothing, except that the login takes the password that .env holds now.
set -eu
umask 077
python -m sumber migrate
airflow db migrate
python - "$AIRFLOW_HOME/passwords.json" <<'END'
import json, os, sys
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump({"admin": os.environ["AIRFLOW_ADMIN_PASSWORD"]}, out)
END
