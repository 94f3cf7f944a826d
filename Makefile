# Plandialog's commands. A fresh machine needs git, make and Python 3.11 or newer.
.PHONY: help install run test test-long check bench lock

.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
RUNTIME := $(if $(filter postgres%,$(DATABASE_URL)),postgres,runtime)

PORT ?= 8000
TESTS ?=
ONLY ?=
EXTRAS ?=

export PORT PYTHON

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

install:  ## install the packages the platform runs on into .venv; EXTRAS=pdf writes PDF files, too
	@sh tools/install.sh $(RUNTIME) $(EXTRAS)

run: install  ## start the platform with its demonstration on PORT (8000); data in var/
	@$(BIN)/python -m tools.serve --demonstration

test:  ## run the tests; TESTS="path or pytest options" runs a part
	@sh tools/install.sh dev
	@sh tools/browser.sh
	@$(BIN)/python -m tools.catalogues
	@$(BIN)/pytest $(if $(TESTS),$(TESTS),-n 2 --dist worksteal)

test-long:  ## run the long tests; TESTS= as above
	@sh tools/install.sh dev
	@sh tools/browser.sh
	@$(BIN)/python -m tools.catalogues
	@$(BIN)/pytest -m long $(if $(TESTS),$(TESTS),-n 2 --dist worksteal) || [ $$? = 5 ]  # 5: none is that long (yet)

check:  ## format, lint, types, import layers, translations
	@sh tools/install.sh dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(if $(wildcard tools/translations.py),$(BIN)/python -m tools.translations check)

bench:  ## measure; ONLY=name measures one figure
	@sh tools/install.sh dev
	@$(BIN)/python -m tools.catalogues
	@$(BIN)/python -m tests.bench $(ONLY)

# dev first: the two others then take the same versions. No registry's address gets into the files.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links pyproject.toml $(UPGRADE)
lock:  ## write requirements/*.txt anew from pyproject.toml; UPGRADE=--upgrade takes newer versions
	@sh tools/install.sh dev
	$(LOCK) --extra dev --extra postgres --output-file requirements/dev.txt
	$(LOCK) --extra postgres --constraints requirements/dev.txt --output-file requirements/postgres.txt
	$(LOCK) --extra pdf --constraints requirements/dev.txt --output-file requirements/pdf.txt
	$(LOCK) --constraints requirements/dev.txt --output-file requirements/runtime.txt
