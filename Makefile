# Every target sets up what it needs; nothing is installed outside .venv.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: run setup test check study bench clean

run: setup            ## start Afektif and print its address
	@$(RUN) -m dashboard

setup: $(READY)       ## make .venv and install the packages

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Afektif needs Python 3.11 or newer; set PYTHON=/path/to/it."; exit 1; }
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
		{ echo "The virtual environment could not be made; see the line above."; exit 1; }
	@echo "Installing packages; the first time takes some minutes."
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

check: setup          ## style, types and the fast tests
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m pytest -n 2 -m "not slow and not browser"

test: setup           ## everything: check, real training and scoring, the browser walk
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m pytest -n 2 -m "not browser"
	@$(RUN) -m pytest -n 2 --dist loadfile -m browser

study: setup          ## the whole study without pages; files in data/var/reports
	@$(RUN) -m dashboard study

bench: setup          ## speed against named peers and at 100,000 examples, as ratios
	@$(RUN) -m tests.bench_review
	@$(RUN) -m tests.bench

clean:                ## remove .venv and caches; your data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
