# Every target makes the environment first where it is missing or out of date; those that read articles compile the engine too.
# `make demo ARTICLES=folder` runs on your own articles; SUMBER_POSTGRES_URL=postgresql://ADMIN:PASSWORD@HOST/DB uses a Postgres of yours.
SHELL := /bin/sh
PYTHON := .venv/bin/python
export ARTICLES SUMBER_POSTGRES_URL SUMBER_STATE PYTHON_FOR_VENV
# Not where nobody gave it: setup then keeps the extras that are there, and an empty one takes them away.
ifneq ($(origin EXTRAS),undefined)
export EXTRAS
endif

.DEFAULT_GOAL := help
.PHONY: help environment setup demo run stop status logs test lint lock clean

help:
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

environment:
	@sh stack/setup.sh

setup: environment ## make the environment in .venv, compile the engine (not with SUMBER_COMPILED=no); EXTRAS="encoder parquet" adds a sentence encoder, dumps in Parquet
	@if [ "$$SUMBER_COMPILED" != no ]; then SUMBER_COMPILED=no $(PYTHON) -m stack.compilation; fi

demo: setup ## run the pipeline in a real Airflow over ARTICLES (default: the demo corpus), print what it found
	@$(PYTHON) -m stack demo

run: setup ## keep Postgres and Airflow up, the pipeline on its schedules, in the background
	@$(PYTHON) -m stack run

stop: ## stop what demo or run started
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m stack stop; else echo "nothing runs: there is no .venv"; fi

status: environment ## show what runs, and where
	@$(PYTHON) -m stack status

logs: environment ## follow the logs of what runs (Ctrl-C ends)
	@$(PYTHON) -m stack logs

test: setup ## check style and types, run every test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m pytest

lint: environment ## check style and types only
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

# Resolved for every platform and Python from 3.11 on, with hashes and without naming an index.
lock: ## resolve requirements*.in again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	@for name in requirements requirements-dev requirements-encoder requirements-parquet requirements-compiled; do \
		UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate $$name.in --output-file $$name.txt || exit 1; done

clean: ## stop, then remove all that these targets made
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m stack clean; fi
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
