# Two commands do everything on a machine with Python 3.11+, git and make:
#   make chat   set up, build the index, open the chat
#   make test   set up, run the tests, a few files at a time

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: chat test fast bench train check index clean

chat: $(READY)
	@$(BIN)/qa-bot index
	@$(BIN)/qa-bot chat

index: $(READY)
	@$(BIN)/qa-bot index

test: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

fast: $(READY)
	$(BIN)/python -m pytest -m fast

bench: $(READY)
	@$(BIN)/python -m tests.bench

# make train DATA=FOLDER OUT=FOLDER: the reader's weights, from a folder of questions; tests/train/data.py says of what form.
OUT ?= .train

train: $(READY)
	@$(BIN)/python -m tests.train $(or $(DATA),$(error name the folder of questions: make train DATA=FOLDER)) $(OUT)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "qa-bot needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q qa_bot
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis index/qa-bot* index/vectors-* index/lexical-* index/partial-*
