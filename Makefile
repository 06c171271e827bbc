# Everything a person runs, and CI runs the same. Needs make and Python 3.11 or later with pip.
# Variables that are honoured: PORT, DATABASE_URL, REDIS_URL, EMAIL_URL, DEMO, DEMO_DAY, PYTHON.

PY := .venv/bin/python
CANDIDATES := $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python /usr/bin/python3
# A Python may be on the path and not work (a shim, for one), so candidates are run, not only found.
INSTALL = @for p in $(CANDIDATES); do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    exec "$$p" qevent/localservices/install_packages.py $(1); fi; done; \
	  echo "Python 3.11 or later is needed: install it, or name it, as in make run PYTHON=/path/to/python3." >&2; exit 1
# What Python compiles is kept, whatever the shell says: each process would compile every test anew.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(PY) -m pytest
# What production would be told; nothing is connected to.
PRODUCTION := ENV_FILE=/dev/null SECRET_KEY=0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ \
  SITE_URL=https://events.example.org BEHIND_PROXY=1 DATABASE_URL=postgresql://qevent@/qevent?host=/nowhere \
  REDIS_URL=unix:///nowhere/valkey?db=0

.DEFAULT_GOAL := help
.PHONY: help run dev code test test-fast test-full page coverage mutants bench backup restore restore-check upgrade check format messages lock clean packages dev-packages browser

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: packages ## Set up what is missing, and run the site with its demo
	@$(PY) -m qevent.localservices.envfile
	@exec $(PY) -m qevent.localservices.serve --with-parent

dev: packages ## The same with debug pages, starting again when the code changes
	@$(PY) -m qevent.localservices.envfile --debug
	@exec $(PY) -m qevent.localservices.serve --with-parent --reload

code: packages ## The code of now, and the next, for the second step of the demo's team
	@$(PY) manage.py demo_code

test: browser ## All tests, on a real Postgres and a real broker, in a real browser
	@$(PYTEST) -n auto --dist worksteal -m "not full"

test-fast: dev-packages ## The tests without browser, races and sweeps: within a minute
	@$(PYTEST) -n auto --dist worksteal -m "not full and not browser and not race and not slow"

test-full: browser ## The long form: every width and scheme, long property tests
	@$(PY) -m tests.other_browsers
	@$(PYTEST) -n auto --dist worksteal -v -m "full"

page: browser ## One page in every state, by its name: make page URL=events:programme
	@$(PYTEST) -v -m "not full" --page "$(or $(URL),$(error Which page? make page URL=events:programme))" \
	  tests/contracts/pages/test_pages_html.py tests/contracts/pages/test_pages_browser.py tests/contracts/pages/test_queries_of_pages.py

coverage: dev-packages ## What the fast tests leave out, by line and by branch
	@$(PYTEST) -n auto --dist worksteal -m "not full and not browser and not race and not slow" --cov --cov-report=term:skip-covered

mutants: dev-packages ## Which changes to rule modules no test sees (an hour): make mutants MODULES=workshops/places/deadlines.py
	@$(PY) -m tests.mutants $(MODULES)

bench: dev-packages ## What pages and acts cost beside a bare view, into docs/performance.md; fails above a target
	@$(PY) -m bench

backup: packages ## Database and uploads into one encrypted file: make backup TO=/a/folder KEEP=35
	@$(PY) manage.py backup $(if $(TO),--to "$(TO)") $(if $(KEEP),--keep "$(KEEP)")

restore: packages ## Let a backup be the site, once it was found whole: make restore FILE=… (stop the site first)
	@$(PY) manage.py restore "$(or $(FILE),$(error Which backup? make restore FILE=/a/folder/qevent-….backup.age))"

restore-check: packages ## Restore a backup beside the site and say whether it is whole: make restore-check FILE=…
	@$(PY) manage.py restore --check "$(or $(FILE),$(error Which backup? make restore-check FILE=…))"

upgrade: packages ## Bring in the release that is checked out: preflight, migrations, static files
	@$(PY) manage.py preflight
	@PGOPTIONS="$$PGOPTIONS -c lock_timeout=10s" $(PY) manage.py migrate
	@$(PY) manage.py collectstatic --noinput
	@echo "Now restart web, worker, bulk mail and beat, one after the other."

check: dev-packages ## Lint, types, import contracts, migrations, deployment settings
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/djangofmt --check templates
	@$(PRODUCTION) .venv/bin/mypy .
	@.venv/bin/lint-imports
	@$(PRODUCTION) $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@$(PRODUCTION) DJANGO_SETTINGS_MODULE=qevent.settings $(PY) -m qevent.migration_locks
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

format: dev-packages ## Lay out Python and templates as check wants them
	@.venv/bin/ruff check --fix --exit-zero --quiet
	@.venv/bin/ruff format
	@.venv/bin/djangofmt templates

messages: dev-packages ## Bring translations to the texts of now; begin one: make messages CODE=cy
	@$(PRODUCTION) $(PY) -m qevent.translation_files $(CODE)

lock: dev-packages ## Compile both lock files anew from pyproject.toml
	@UV_SYSTEM_CERTS=1 .tools/uv*/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --output-file requirements.txt pyproject.toml
	@UV_SYSTEM_CERTS=1 .tools/uv*/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --group dev --constraints requirements.txt --output-file requirements-dev.txt pyproject.toml

clean: ## Remove what was installed and collected; the data in .local stay
	@rm -rf .venv .tools .local/vendor .local/static .local/stylesheet .local/test node_modules
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

packages:
	$(call INSTALL)

dev-packages:
	$(call INSTALL,dev)

browser: dev-packages
	@$(PY) -m tests.chromium
