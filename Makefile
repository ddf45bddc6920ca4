# Everything a developer types. On Windows, or without make: docs/operating.md.
#
# `make -s demo` promises its first line of standard output to scripts, so every recipe here
# is silent (@) and all that installing has to say goes to standard error.

PYTHON ?= python3
UV ?= uv
PORT ?= 8080
FRESH ?=
FULL ?=
# Folders of tests that `test` leaves out: .ci/run names what `check` has just run.
PASSED ?=

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	--python-version 3.11 pyproject.toml

.PHONY: help demo test check types written format bench lock clean

help: # list the targets
	@grep -E '^[a-z]+:.* # ' Makefile | sed -E 's/:[^#]*# /\t/'

demo: $(VENV)/.installed # show everything here: PORT=8080, FRESH=1 for a temporary folder
	@exec $(BIN)/python main.py demo --port $(PORT) $(if $(filter-out 0,$(FRESH)),--fresh)

# A file's tests stay in one process, and the files in their order, in which none of the long
# ones comes last. Journeys run by themselves: they start programs, and some wait for real
# seconds, so that three of them keep two processors half busy.
test: $(VENV)/.installed-dev # run every test
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder \
		--ignore tests/journeys $(PASSED:%=--ignore %)
	@$(BIN)/python -m pytest --numprocesses 3 --dist worksteal tests/journeys

# With --jobs=2 its two halves run side by side.
check: types written # formatting, lint, types, import contracts, catalogues, content, docs

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

written: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports
	@$(BIN)/python main.py check-catalogues
	@$(BIN)/python main.py check-content
	@$(BIN)/python -m pytest --quiet tests/architecture

format: $(VENV)/.installed-dev # put every file into the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.installed-dev # measure it beside other bots: ten minutes; FULL=1 within an hour
	@$(BIN)/python -m benchmarks $(if $(filter-out 0,$(FULL)),--full)

lock: # write the requirement files anew from pyproject.toml (needs uv)
	@$(COMPILE) --extra postgresql --output-file requirements.txt
	@$(COMPILE) --extra postgresql --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt

clean: # remove what was installed and cached; data/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11" \
		if sys.version_info < (3, 11) else 0)' >&2
	@$(PYTHON) -m venv $(VENV) >&2
	@touch $@

$(VENV)/.installed: requirements.txt | $(VENV)/.made
	@echo 'Đang cài đặt, khoảng một phút… / Installing, about a minute…' >&2
	@$(PIP_INSTALL) --requirement requirements.txt >&2
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/.made
	@echo 'Installing the development tools, about a minute…' >&2
	@$(PIP_INSTALL) --requirement requirements-dev.txt >&2
	@touch $@
