#!/bin/sh
# keep.sh PROVEN PAUSE COMMAND...: run a server, and start it again PAUSE seconds after it fails, as Airflow's do where the database is away.
# One that never lived for PROVEN seconds has a fault that time does not mend: keep.sh then fails as well.
proven_after=$1
pause=$2
shift 2
proven=
while :; do
    began=$(date +%s)
    "$@" && exit 0
    [ $(($(date +%s) - began)) -ge "$proven_after" ] && proven=yes
    [ -n "$proven" ] || exit 1
    echo "keep.sh: it ended; starting it again in $pause s: $*" >&2
    sleep "$pause"
done
