# Everything here sets itself up on a machine that has Python 3.11 or later, git and make.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin

.PHONY: demo test golden bench wheel clean

demo: $(VENV)/installed
	$(RUN)/contractor-ops demo build/demo

test: $(VENV)/dev
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/pytest -n auto --dist worksteal -rs

golden: $(VENV)/dev
	$(RUN)/pytest --refresh-golden tests/reports

bench: $(VENV)/dev
	$(RUN)/python -m benchmarks

wheel: $(VENV)/installed
	$(RUN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/dist .

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	$(RUN)/python -m compileall -q contractor_ops
	touch $@

$(VENV)/dev: $(VENV)/installed
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(RUN)/python -m pip install --quiet -c constraints.txt -e . --group dev
	touch $@

clean:
	rm -rf build $(VENV)
