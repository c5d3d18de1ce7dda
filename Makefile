# Every target works on a fresh clone; `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
# Reference material for some tests; they skip loudly where it is missing.
SHARED := $(realpath $(or $(NACHTRAG_SHARED),../shared))
export NACHTRAG_SHARED := $(SHARED)

.DEFAULT_GOAL := help
ALPHA ?= 1.0a41
.PHONY: help setup run demo test trials trials-long fuzz audit bench alpha lint format lock docs clean

help: ## list the targets
	@echo "Nachtrag watches news articles after publication. Targets:"
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

setup: $(STAMP) ## install everything into .venv and name what is missing

$(STAMP): requirements-dev.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing; on Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) -V); name another with make PYTHON=python3.12 setup"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "make: the venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/nachtrag --version
	@command -v chromium >/dev/null || echo "make: note: chromium is not installed, the browser tests will be skipped (apt-get install chromium)"
	@touch $(STAMP)

run: setup ## start the daemon with config.toml (Ctrl-C ends it)
	$(BIN)/nachtrag run

demo: setup ## watch an invented newspaper live through nine happenings in two minutes
	$(BIN)/nachtrag demo

test: setup ## run all tests side by side, with coverage and the architecture test
	$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist worksteal --cov --cov-report=term $(ARGS)

trials: setup ## put the promises to the test (ARGS="kill locked" for some)
	$(BIN)/python -m tests.trials $(ARGS)

trials-long: setup ## the long forms of the same: a thousand kills
	$(BIN)/python -m tests.trials --long $(ARGS)

fuzz: setup ## let what parses run on hostile input for long (EXAMPLES=5000 a test)
	NACHTRAG_FUZZ=$(or $(EXAMPLES),5000) $(BIN)/python -m pytest -n auto --maxprocesses=4 --dist worksteal $(wildcard tests/test_fuzz_*.py) $(ARGS)

audit: ## ask the package index for known holes of all that is installed (needs the internet)
	$(PYTHON) -m venv .venv-audit && .venv-audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	.venv-audit/bin/pip-audit --strict --require-hashes --disable-pip $(foreach lock,$(wildcard requirements*.lock),-r $(lock))
	rm -rf .venv-audit

bench: setup ## run the short benchmarks, in about five minutes; PERF names the folder with the floor's environment
	mkdir -p bench-out
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.compare
	$(BIN)/python -m benchmarks.revisit --worlds bbc-rss/0 nu.nl/3 --looks 10 --json bench-out/revisit.json
	$(BIN)/python -m benchmarks.cost --short --json bench-out/cost.json
	$(BIN)/python -m benchmarks.scale --short --json bench-out/scale.json

alpha: ## run the tests of the pages on an alpha of Datasette 1.0 (ALPHA=1.0a41), in .venv-alpha
	$(PYTHON) -m venv .venv-alpha
	.venv-alpha/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	.venv-alpha/bin/pip install --quiet --disable-pip-version-check datasette==$(ALPHA)
	.venv-alpha/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	.venv-alpha/bin/python -m pytest -n auto --maxprocesses=4 --dist worksteal $(wildcard tests/test_web_*.py) tests/test_web.py tests/test_views.py $(ARGS)

lint: setup ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup ## let ruff rewrite the layout of the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## write docs/data-model.md again from the schema's own comments
	$(BIN)/python -m db.data_model > docs/data-model.md

lock: ## choose new versions for the requirements*.lock files
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -o requirements.lock
	.venv-lock/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml --group dev -o requirements-dev.lock
	.venv-lock/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock pyproject.toml --extra fallback -o requirements-fallback.lock
	.venv-lock/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock pyproject.toml --extra alerts -o requirements-alerts.lock
	rm -rf .venv-lock

clean: ## remove the environment and caches; databases stay
	rm -rf $(VENV) .venv-alpha .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.*
