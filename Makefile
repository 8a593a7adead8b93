# Two commands do everything: `make demo` runs Alongside, `make test` proves it. The rest serves those who change it.
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTHON_SOURCES := src tests benchmarks examples scripts verifier
# All that use a database, but for the journeys: a browser sees no difference (tests/building/test_databases.py).
ON_POSTGRESQL := tests/unit/web tests/integration tests/races tests/canaries tests/stolen tests/planted
WORKERS ?= 2
STAGE := @sh scripts/stage.sh

# Compiled modules are kept, whatever the shell says: without them every command would compile the libraries again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test install install-test check fix bench proof mutants lock clean

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: install ## run the application with its invented partnership
	@$(BIN)/alongside demo

install: ## make the environment in .venv
	@sh scripts/install.sh run

install-test: ## the same, with what the tests need
	@sh scripts/install.sh test

# The last line is pytest's own, because machines read it.
test: check ## everything: lint, contracts, types and all tests
	@sh scripts/browser.sh
	@$(BIN)/python scripts/lforms.py
	$(STAGE) "All tests on SQLite" 1200 $(BIN)/pytest -q -n $(WORKERS) --dist loadgroup --ignore=tests/building
	@echo
	@echo "== Tests that use a database on PostgreSQL"
	@$(BIN)/python scripts/with_postgres.py $(BIN)/pytest -q -n $(WORKERS) --dist loadgroup $(ON_POSTGRESQL)

check: install-test ## lint, format, import contracts, strict types, building tests
	$(STAGE) "Lint and format" 30 $(BIN)/ruff check --quiet $(PYTHON_SOURCES)
	@$(BIN)/ruff format --check --quiet $(PYTHON_SOURCES)
	$(STAGE) "Import contracts" 60 $(BIN)/lint-imports --no-cache
	$(STAGE) "Strict types" 180 $(BIN)/mypy
	$(STAGE) "Building tests" 120 $(BIN)/pytest -q -n $(WORKERS) tests/building

fix: install-test ## mend what lint and format can mend
	@$(BIN)/ruff check --fix $(PYTHON_SOURCES)
	@$(BIN)/ruff format $(PYTHON_SOURCES)

bench: install-test ## pages at 300 and at 100,000 people; ten million responses scored
	@$(BIN)/python -m benchmarks.run
	@$(BIN)/python -m benchmarks.scoring

proof: install-test ## the scorers on every set of answers, access by four ways to decide, altered ledgers, races, canaries, leaks
	@$(BIN)/python -m tests.engine.proof
	@$(BIN)/python -m tests.law.proof
	@$(BIN)/python -m tests.ledger.proof
	@$(BIN)/python -m tests.races.proof
	@$(BIN)/python scripts/with_postgres.py $(BIN)/python -m tests.races.proof
	@$(BIN)/python -m tests.canaries.proof
	@$(BIN)/python scripts/with_postgres.py $(BIN)/python -m tests.canaries.proof
	@$(BIN)/python scripts/with_postgres.py $(BIN)/python -m tests.planted.proof

mutants: install-test ## plant faults in the rules: every one that lives needs a reason
	@$(BIN)/python scripts/mutants.py

lock: ## rewrite the locked requirements from pyproject.toml
	@sh scripts/lock.sh

clean: ## remove the environment and everything that was built
	@rm -rf .venv var build mutants
