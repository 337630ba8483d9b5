# What one does with this project; `make help` lists it. Everything lives in .venv and var/, both ignored by git.

PYTHON ?= python3
PORT ?= 8000
# Test processes: one a core, but not more than four, each with a database and perhaps a browser.
WORKERS ?= auto
# More words for pytest, as in `make test-sqlite ARGS="-k publish"`.
ARGS ?=

BIN := .venv/bin
APPS := newsroom articles comments
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --maxprocesses=4
# A real site's address book, should this shell hold one, is not for trying things out.
LAPTOP := env -u SECRET_KEY -u DEBUG -u DATABASE_URL -u CACHE_URL -u EMAIL_URL -u ALLOWED_HOSTS -u MEDIA_ROOT
# A production site that is never served: a fresh key, no server behind the database's address.
PRODUCTION = $(LAPTOP) SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))") \
	DEBUG=0 ALLOWED_HOSTS=newsroom.example SITE_URL=https://newsroom.example \
	DATABASE_URL=postgres://newsroom@localhost/newsroom

# The last that runs on Debian's Node.
LIGHTHOUSE := 12.8.2

# One failed check does not hide the next.
MAKEFLAGS += --keep-going
.DEFAULT_GOAL := help
.PHONY: help bench bench-desk bench-discussion bench-growth bench-screens bench-server bench-speed demo icons screenshots serve html lighthouse xss test test-sqlite test-postgres check check-format check-code check-types check-templates check-site format pins clean

help: ## List these targets.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r target text; \
		do printf '%-18s%s\n' "$$target" "$$text"; done

demo: .venv/installed ## Serve the demo paper on http://localhost:8000/ (PORT=...); run again, nothing is lost.
	@$(LAPTOP) $(BIN)/python manage.py migrate --verbosity 0
	@$(LAPTOP) SITE_URL=http://localhost:$(PORT) $(BIN)/python manage.py demo
	@$(LAPTOP) $(BIN)/python manage.py rebuild_search --verbosity 0
	@$(LAPTOP) SITE_URL=http://localhost:$(PORT) DJANGO_RUNSERVER_HIDE_WARNING=true \
		$(BIN)/python manage.py runserver --noreload $(PORT)

serve: .venv/installed-dev ## Serve the site as in production, on PostgreSQL and Redis of its own; what is written lies in var/serve/ (PORT=...).
	@$(BIN)/python -m tests.services.serve $(PORT)

screenshots: .venv/installed-dev ## Photograph every page into var/screenshots/, to look at after a change of style.
	$(BIN)/python -m tests.browser.screenshots var/screenshots

xss: .venv/installed-dev ## Try the whole corpus of cross-site scripting by every way in, and open every page it gets to; more than an hour.
	XSS_EVERY=1 $(BIN)/python -m tests.services $(BIN)/python -m pytest tests/browser/test_xss.py tests/security/test_xss_ways.py --timeout 7200

html: .venv/installed-dev var/vnu/vnu.jar ## Check the markup of every page with the Nu HTML checker, into docs/markup.md; needs npm and Java 17.
	$(BIN)/python -m tests.browser.markup var/vnu/vnu.jar docs/markup.md

lighthouse: .venv/installed-dev var/lighthouse/$(LIGHTHOUSE) ## Measure four kinds of page as a phone gets them, into docs/lighthouse.md; needs npm, nginx and a quiet machine.
	$(BIN)/python -m tests.browser.lighthouse var/lighthouse/node_modules/lighthouse docs/lighthouse.md

bench: bench-speed

bench-speed: .venv/installed-dev ## Measure readers', writers' and moderators' pages under load, as in production, into docs/speed.md; needs wrk and nginx.
	$(BIN)/python -m tests.bench.speed docs/speed.md $(ARGS)

bench-server: .venv/installed-dev ## Measure gunicorn beside granian, also when workers die and clients are slow, into docs/server.md; needs wrk and nginx.
	$(BIN)/python -m tests.bench.server docs/server.md $(ARGS)

bench-discussion: .venv/installed-dev ## Measure a page of a very large discussion beside one of a small, on PostgreSQL, into docs/discussion.md.
	$(BIN)/python -m tests.services $(BIN)/python -m tests.bench.discussion docs/discussion.md

bench-screens: .venv/installed-dev ## Measure the screens of comments on the worst texts there can be, into docs/screens.md.
	$(BIN)/python -m tests.bench.screens docs/screens.md

bench-desk: .venv/installed-dev ## Measure the moderators’ desk with a million comments, on PostgreSQL, into docs/desk.md.
	$(BIN)/python -m tests.services $(BIN)/python -m tests.bench.desk docs/desk.md

bench-growth: .venv/installed-dev ## Measure every page of a large paper beside a small one, on PostgreSQL, into docs/growth.md; half an hour.
	$(BIN)/python -m tests.services $(BIN)/python -m tests.bench.growth docs/growth.md

icons: .venv/installed-dev ## Draw the icons anew from static/site/icon.svg.
	$(BIN)/python -m tests.browser.icons

test: test-sqlite test-postgres ## Run all tests: on SQLite, then on a real PostgreSQL with a real browser.

test-sqlite: .venv/installed-dev ## Run the tests on SQLite, without browser.
	env -u TEST_DATABASE_URL $(PYTEST) -m "not browser and not postgres" $(ARGS)

test-postgres: .venv/installed-dev ## Run all tests on PostgreSQL (TEST_DATABASE_URL, else a private cluster).
	$(BIN)/python -m tests.services $(PYTEST) $(ARGS)

check: check-format check-code check-types check-templates check-site ## Check everything that can be checked without running tests.

check-format: .venv/installed-dev ## Check the format of the code; `make format` mends it.
	$(BIN)/ruff format --check --output-format concise .

check-code: .venv/installed-dev ## Check the style of the code.
	$(BIN)/ruff check --output-format concise .

check-types: .venv/installed-dev ## Check the types.
	$(BIN)/mypy $(APPS)

check-templates: .venv/installed-dev ## Check the templates.
	$(BIN)/djlint --lint --quiet templates

check-site: .venv/installed-dev ## Check that no migration is missing, production settings are safe, static files resolve.
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
	echo "manage.py makemigrations --check" && \
	$(LAPTOP) DATA_DIR="$$data" $(BIN)/python manage.py makemigrations --check --dry-run && \
	echo "manage.py check --deploy" && \
	$(PRODUCTION) DATA_DIR="$$data" $(BIN)/python manage.py check --deploy --fail-level WARNING && \
	echo "manage.py collectstatic" && \
	$(PRODUCTION) DATA_DIR="$$data" $(BIN)/python manage.py collectstatic --no-input --verbosity 0

format: .venv/installed-dev ## Put the code in the one format, and mend what can be mended.
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

pins: ## Choose the newest allowed versions of everything and write them to constraints.txt.
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && set -e && \
	$(PYTHON) -m venv "$$fresh" && \
	"$$fresh/bin/pip" install --quiet --disable-pip-version-check -e ".[dev]" && \
	{ sed -n '/^#/p' constraints.txt; \
	  { "$$fresh/bin/pip" freeze --exclude-editable | grep '==' ; grep '^async-timeout==' constraints.txt ; } | sort -fu ; } > "$$fresh/constraints.txt" && \
	mv "$$fresh/constraints.txt" constraints.txt
	@wc -l constraints.txt

clean: ## Remove .venv and what tools left; var/ with your data stays.
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis newsroom.egg-info
	find $(APPS) tests -name __pycache__ -prune -exec rm -rf {} +

# --- .venv: made again when what goes into it has changed ---

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Newsroom needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install -qq --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/installed-dev: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install -qq --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@ .venv/installed

# --- The Nu HTML checker: a jar of 32 MB, from the npm registry ---

VNU := 26.9.27
var/vnu/vnu.jar:
	@command -v npm >/dev/null && command -v java >/dev/null || \
		{ echo "This needs npm and Java 17 or newer: apt-get install npm default-jre-headless" >&2; exit 1; }
	mkdir -p var/vnu
	cd var/vnu && npm pack --silent vnu-jar@$(VNU) && \
		tar -xzf vnu-jar-$(VNU).tgz --strip-components=3 package/build/dist/vnu.jar && rm vnu-jar-$(VNU).tgz
	@touch $@

# --- Lighthouse: from the npm registry, with all it needs ---

var/lighthouse/$(LIGHTHOUSE):
	@command -v npm >/dev/null || { echo "This needs npm, with Node 18.16 or newer: apt-get install npm" >&2; exit 1; }
	mkdir -p var/lighthouse
	npm install --silent --no-audit --no-fund --no-save --no-package-lock --prefix var/lighthouse lighthouse@$(LIGHTHOUSE)
	@touch $@
