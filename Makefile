# Everything runs in .venv, which the first target that needs it makes. Needs make and Python 3.11 or newer.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test bench soak schema messages pictures format clean environment environment-dev

PY := .venv/bin/python
PORT ?= 8000
JOBS ?= 0
export PORT JOBS
export DJANGO_SETTINGS_MODULE := marketmind.settings

# Each Python is asked, not only looked up: a version manager may offer a name that it cannot run.
define environment
@for python in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
	if "$$python" -c 'import sys, ensurepip, sqlite3, ssl, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then exec "$$python" -m tools.environment $(1); fi; \
done; \
echo >&2 "MarketMind needs Python 3.11 or newer with its venv, ssl and sqlite3 modules, and found none."; \
echo >&2 "Install it (Debian, Ubuntu: apt install python3-venv), or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; \
exit 1
endef

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

run: environment ## Start MarketMind, web and workers, with a demo workspace if it is empty (PORT=8000)
	@exec $(PY) -m tools.serve

test: environment-dev ## Run every check and every test, on SQLite, on a PostgreSQL of its own, or both (JOBS=2: each part in two processes)
	@exec $(PY) -m tools.checks

bench: environment-dev ## Measure, on a PostgreSQL of its own
	@exec $(PY) -m tools.postgres run -- $(PY) -m benchmarks

soak: environment-dev ## Run the tests that take minutes under load, on a PostgreSQL of its own
	@exec $(PY) -m tools.postgres run -- $(PY) -m pytest -m soak

pictures: environment-dev ## Take the pictures of docs/pages.md anew, from the browser tests
	@PICTURES=docs/img exec $(PY) -m pytest -q -m "" tests/browser/test_every_page.py

schema: environment-dev ## Write down the description of the API anew, in docs/openapi.json
	@exec $(PY) -m tools.schema

messages: environment-dev ## Collect what pages say, and compile what it is in other languages (locale/)
	@exec $(PY) -m tools.messages

format: environment-dev ## Format the code and mend what ruff can
	@$(PY) -m ruff check --fix . && exec $(PY) -m ruff format .

clean: ## Remove the environment and caches; the data in var/ stays
	rm -rf .venv .pytest_cache .hypothesis .ruff_cache .import_linter_cache var/static var/reports var/checks.sqlite3

environment:
	$(call environment,requirements.txt)

environment-dev:
	$(call environment,requirements-dev.txt)
