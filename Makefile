# `make generate` and `make test` are all that a fresh machine needs; each makes .venv first where it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PMGEN_SHARED ?= ../shared

.PHONY: help generate check test lint types format corpus damage laws schemas bench holdout wire golden

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

generate: $(STAMP) ## compile collections/ to generated/
	$(BIN)/pmgen generate

check: $(STAMP) ## fail if generated/ is not what `make generate` writes
	$(BIN)/pmgen check --diff

test: $(STAMP) ## pmgen's own tests, and those of the generated clients
	$(BIN)/python -m pytest -n auto -q -m 'not corpus' tests generated

lint: $(STAMP) ## black and ruff over everything
	$(BIN)/black --check --quiet pmgen tests bench generated
	$(BIN)/ruff check pmgen tests bench generated

types: $(STAMP) ## mypy --strict and pyright over everything
	$(BIN)/mypy pmgen tests bench
	cd generated && ../$(BIN)/mypy --config-file ../pyproject.toml $$(ls)
	$(BIN)/pyright

format: $(STAMP) ## black and ruff's fixes on pmgen and its tests
	$(BIN)/black --quiet pmgen tests
	$(BIN)/ruff check --fix pmgen tests

corpus: $(STAMP) ## compile the real collections of $PMGEN_SHARED/corpus and run their generated tests (long)
	$(BIN)/python -m pytest -q -s -m corpus tests/corpus

damage: $(STAMP) ## 20,000 damaged sources of every format: a result or an error (two minutes)
	PMGEN_DAMAGE=20000 $(BIN)/python -m pytest -n auto -q tests/properties/test_property_damage.py

laws: $(STAMP) ## 5,000 examples for each law of type inference (minutes)
	PMGEN_LAWS=5000 $(BIN)/python -m pytest -n auto -q tests/properties/test_property_shapes.py

schemas: $(STAMP) ## 10,000 type tables: `pmgen schema` accepts what the generated code does (minutes)
	PMGEN_SCHEMAS=10000 $(BIN)/python -m pytest -n auto -q tests/properties/test_property_schema.py

RIVALS := $(VENV)/.rivals
$(RIVALS): $(STAMP) bench/holdout/package-lock.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	if command -v npm >/dev/null; then cd bench/holdout && npm ci --silent --no-audit --no-fund --ignore-scripts; fi
	@touch $@

bench: $(RIVALS) ## how fast collections are read, types inferred and requests sent, beside json.loads, genson and httpx2 (needs $PMGEN_SHARED)
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/inference.py
	$(BIN)/python bench/calls.py

holdout: $(RIVALS) ## what inferred types accept of samples left out, beside quicktype and genson (minutes); HOLDOUT=--help
	PYTHONPATH=bench $(BIN)/python -m holdout $(HOLDOUT)

wire: $(STAMP) ## what generated clients send beside what Postman sends (needs $PMGEN_SHARED; minutes); WIRE=--help
	PYTHONPATH=bench $(BIN)/python -m wire $(WIRE)

golden: $(STAMP) ## rewrite the expected trees of tests/golden
	PMGEN_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_golden.py
