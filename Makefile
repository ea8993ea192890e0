# Porthole: `make run` opens it, `make test` checks it. Each does its own set-up in .venv.

# Any Python starts the set-up; it then looks for 3.11 or newer by itself. PYTHON=/path wins.
export PYTHON
STARTER := $(or $(PYTHON),$(shell command -v python3 || command -v python3.13 || command -v python3.12 || command -v python3.11))
NO_PYTHON = Porthole needs Python 3.11 or newer. Install it, or name it: make run PYTHON=/path
# On all cores, within reason; each file's tests stay together, and files in their order.
PARALLEL := -n auto --maxprocesses=8 --dist=loadfile --no-loadscope-reorder
SETUP = $(or $(STARTER),$(error $(NO_PYTHON))) packaging/setup_env.py
BIN := .venv/bin

.PHONY: run test bench faults live package clean lock translations map

run: ## set up, then open Porthole; with no display, make the tour under build/tour instead
	@$(SETUP) run
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "No display here: making the tour in build/tour"; \
		exec $(BIN)/porthole --tour build/tour; \
	else exec $(BIN)/porthole; fi

test: ## set up, then lint, types and tests
	@$(SETUP) test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term:skip-covered

bench: ## measure; NAME=start measures one kind; writes build/bench.json
	@$(SETUP) test
	@$(BIN)/python -m tests.benchmarks.run $(NAME)

faults: ## the long fault runs; NAME=kill runs one kind; writes build/faults.json
	@$(SETUP) test
	@$(BIN)/python -m tests.faults.run $(NAME)

live: ## ask 接口AI all that its guide says, for some cents; needs JIEKOU_API_KEY, else exits 2
	@$(SETUP) test
	@$(BIN)/python -m tests.live.run

package: ## build build/package/dist/porthole and let the packaged program make the tour
	@$(SETUP) package
	@$(BIN)/python packaging/package.py

translations: ## take new texts into resources/translations, and compile
	@$(BIN)/python packaging/translations.py update compile

map: ## write app/README.md anew from the files' first lines
	@$(STARTER) packaging/file_map.py write

lock: ## pin all dependencies anew
	@$(SETUP) test
	@$(BIN)/python -m pip install --quiet 'uv>=0.13,<0.14'
	@$(BIN)/python packaging/lock.py

clean: ## remove what was built; the venv too
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .coverage
