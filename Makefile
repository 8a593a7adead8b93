# Two commands do everything: `make demo` runs Alongside, `make test` proves it. The rest serves those who change it.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PYTHON_SOURCES := src tests benchmarks examples scripts

.PHONY: help demo test install check fix bench proof lock clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: install ## run the application with its invented partnership
	@$(BIN)/alongside demo

install: $(VENV)/.installed ## make the environment in .venv

$(VENV)/.installed: requirements.txt pyproject.toml scripts/install.sh
	@sh scripts/install.sh run
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed requirements-test.txt scripts/install.sh
	@sh scripts/install.sh test
	@touch $@

test: check ## everything: lint, contracts, types and all tests
	@sh scripts/browser.sh
	@$(BIN)/pytest -n 2 --dist loadgroup

check: $(VENV)/.test-installed ## lint, format, import contracts, strict types, building tests
	@$(BIN)/ruff check $(PYTHON_SOURCES)
	@$(BIN)/ruff format --check $(PYTHON_SOURCES)
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/building

fix: $(VENV)/.test-installed ## mend what lint and format can mend
	@$(BIN)/ruff check --fix $(PYTHON_SOURCES)
	@$(BIN)/ruff format $(PYTHON_SOURCES)

bench: $(VENV)/.test-installed ## statements, CPU and latency at 300 and at 100,000 people
	@$(BIN)/python -m benchmarks.run

lock: ## rewrite the locked requirements from pyproject.toml
	@sh scripts/lock.sh

clean: ## remove the environment and everything that was built
	@rm -rf $(VENV) var build
