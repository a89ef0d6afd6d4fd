# `make run` starts the portal, `make test` runs every check. Both need only Python 3.11 or newer and make.

PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CONSTRAINTS := .constraints.txt
PARALLEL := -n auto --dist loadscope
# Those that take longest come first, so that no processor is left without work in the end.
LONG := tests/browser tests/failures tests/model tests/control/test_schemathesis.py tests/test_foreign_suite.py tests/docs \
	tests/corpus tests/journeys tests/conform/test_export.py tests/control/test_every_operation.py \
	tests/control/test_tokens.py tests/flows/test_hearing.py tests/rules/test_mutants.py tests/rules/test_vectors.py \
	tests/web/test_crawl.py tests/web/test_faults.py tests/web/test_practice_messages.py tests/web/test_seal.py \
	tests/web/test_workspaces.py tests/wording/test_operator.py
KIT := tests/browser/test_page_objects*.py

.PHONY: run test lint pages server tools bench mutants docs format clean

run: $(VENV)/.run
	$(BIN)/ipportal serve $(ARGS)

# Where Python is told to keep no bytecode, each of many processes would compile the tests anew.
test mutants: export PYTHONDONTWRITEBYTECODE :=

# Coverage doubles what a test costs, so it watches only those that reach what no other does: those of the page objects
# with an eye for Playwright's greenlets. The others walk long on lines that are counted by then.
test: lint pages server tools
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PARALLEL) $(LONG:%=--ignore=%)
	$(BIN)/coverage run --concurrency=greenlet,thread -m pytest $(PARALLEL) $(KIT)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/python -m pytest $(PARALLEL) --no-loadscope-reorder --ignore-glob='$(KIT)' $(LONG)
	$(BIN)/python -m pytest $(PARALLEL) --store=postgres tests/flows tests/web tests/control tests/journeys

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every claim of speed, measured in about a quarter of an hour and written into docs/quality.md; nothing is asserted.
bench: $(VENV)/.test
	$(PIP) install -c $(CONSTRAINTS) -e '.[bench]'
	@$(BIN)/python -m compileall -q ipportal
	PYTHONPATH=tests $(BIN)/python -m bench $(ARGS)

# Whether the tests notice the small changes of the rules, hours, clock, flows, store and control: one of six, in about a
# quarter of an hour, or all with ARGS="--every 1". Writes its figures into docs/quality.md.
mutants: $(VENV)/.test
	$(BIN)/python tests/mutation/run.py $(ARGS)

# The reference tables of docs/, from the code that they describe.
docs: $(VENV)/.test
	$(BIN)/python tests/docs/write.py

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist

# What the browser tests need of the system: Debian's Chromium and a Chinese font.
pages:
	@sh tests/browser/install.sh

# The PostgreSQL that the tests of the second store start for themselves.
server:
	@sh tests/store/install.sh

# What the tests of failures need: a proxy before two portals, and what writes down the calls of a process.
tools:
	@sh tests/failures/install.sh

# The portal is compiled at once, as pip does with what it copies: its start is part of it.
$(VENV)/.run: pyproject.toml $(CONSTRAINTS) | $(VENV)/.made
	$(PIP) install -c $(CONSTRAINTS) -e .
	@$(BIN)/python -m compileall -q ipportal
	@touch $@

$(VENV)/.test: pyproject.toml $(CONSTRAINTS) | $(VENV)/.made
	$(PIP) install -c $(CONSTRAINTS) -e '.[dev]'
	@$(BIN)/python -m compileall -q ipportal
	@touch $@ $(VENV)/.run

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed, and was not found." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq python3-venv; \
		else echo "Install the venv module of your Python first (Debian: apt install python3-venv)." >&2; exit 1; fi; }
	$(PYTHON) -m venv $(VENV)
	@touch $@
