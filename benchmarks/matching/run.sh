#!/bin/sh
# Match articles and score the pairs: sh benchmarks/matching/run.sh [FOLDER ...], each with articles.jsonl and gold_pairs.csv.
# Without folders: the project's own set. Start it in the project's root, after `make setup`.
set -eu
export PYTHONPATH=include
[ $# -gt 0 ] || set -- tests/golden/same_wire
for folder; do
    found=$(mktemp)
    .venv/bin/python -m sumber match --articles "$folder/articles.jsonl" --out "$found"
    .venv/bin/python benchmarks/matching/table.py "$folder" "$found"
    rm -f "$found"
done
