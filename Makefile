# citybrain: `make demo` shows a living city, `make test` proves it.
CITY ?= xinyu
HOST ?= 127.0.0.1
PORT ?= 8050
DATA ?= var

BIN := .venv/bin
LOCKS := requirements.lock requirements-dev.lock
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

.PHONY: help demo test lint needs docs locks clean
.DEFAULT_GOAL := help

help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/'

demo: .venv/run ## show a living city: make demo CITY=boston PORT=8050 DATA=var
	$(BIN)/citybrain demo --city $(CITY) --host $(HOST) --port $(PORT) --data $(DATA)

ALONE := tests/faults tests/bench
APART := $(ALONE) tests/e2e

test: needs lint ## prove it: the linters, then every test; what is killed or measured has the machine to itself
	@failed=; $(BIN)/pytest -n 2 --dist loadfile $(APART:%=--ignore=%) || failed=1; \
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests/e2e || failed=1; \
	$(BIN)/pytest $(ALONE) || failed=1; test -z "$$failed"

lint: .venv/dev ## style, types, layers, SQL
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --nocolor pipelines/sql

needs: ## get Chromium, redis-server and Chinese fonts, or say how
	@.ci/needs

docs: .venv/dev ## write the reference pages from the code
	$(BIN)/python -m tests.house.pages

locks: ## resolve the dependencies anew
	$(COMPILE) pyproject.toml --group build --upgrade --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --constraints requirements.lock --upgrade --output-file requirements-dev.lock

clean: ## remove what was made, but not the data
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build

# A .venv made for the tests runs the demo too: then the second lock is not installed over it.
.venv/run: $(LOCKS) pyproject.toml .ci/setup
	@if [ .venv/dev -nt requirements-dev.lock ] && [ .venv/dev -nt pyproject.toml ]; then true; else .ci/setup run; fi
	@touch $@

.venv/dev: $(LOCKS) pyproject.toml .ci/setup
	@.ci/setup dev
	@touch $@
