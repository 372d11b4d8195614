# Everything a fresh machine needs to run and to test the desk. Needs git, make, Python 3.11 or newer and pip.
#   make run       start the desk (PORT=8010 ANSWERABLE_HOME=/some/folder make run moves it)
#   make test      all tests          make check   linters, types, layers, shape, translations
#   make install   the environment    make bench   measured speeds    make deep   sabotage and kills, hours

SHELL := /bin/sh
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
BIN := .venv/bin

# Nothing is downloaded but what the lock file names; a home that cannot be written to is no obstacle.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export UV_CACHE_DIR := $(CURDIR)/.uv/cache
endif
unexport VIRTUAL_ENV
# The desk is many processes: each starts in half the time when Python keeps what it compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install develop run test check bench deep clean
.DEFAULT_GOAL := install

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { \
	  echo "pip is needed: install it (Debian: apt-get install python3-pip), then try again." >&2; exit 1; }
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
	  --upgrade --target .uv "uv==$(UV_VERSION)"

# The machine's own certificates first (networks that inspect TLS), then those that come with uv.
# Python says itself where it is: given the name of a shim, uv makes a new environment each time.
SYNC = $(UV) sync --quiet --frozen --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"

# The environment is made again only when the lock file changed.
.venv/.installed: uv.lock pyproject.toml | $(UV)
	$(SYNC) --inexact --no-dev --system-certs 2>/dev/null || $(SYNC) --inexact --no-dev
	@$(BIN)/python -m compileall -q -j 0 answerable .venv/lib/python3*/site-packages/django \
	  .venv/lib/python3*/site-packages/numpy >/dev/null 2>&1 || true  # else each process does it, all at once
	@touch $@

.venv/.developing: .venv/.installed
	$(SYNC) --system-certs 2>/dev/null || $(SYNC)
	@touch $@

install: .venv/.installed

develop: .venv/.developing

run: .venv/.installed
	@exec $(BIN)/answerable up

test: .venv/.developing
	@sh tests/run_all.sh

check: .venv/.developing
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.shape
	$(BIN)/python -m tests.catalogues

bench: .venv/.developing
	$(SYNC) --group bench --system-certs 2>/dev/null || $(SYNC) --group bench
	@$(BIN)/python -m bench

deep: .venv/.developing
	@$(BIN)/python -m tests.deep

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
