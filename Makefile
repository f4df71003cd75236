# What people and CI run. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Options for the command behind a target: make refresh ARGS="--data mi-carpeta --warehouse mi-almacen"
ARGS ?=

export DO_NOT_TRACK = 1
export DBT_SEND_ANONYMOUS_USAGE_STATS = false

.DEFAULT_GOAL := help
.PHONY: help setup system-deps refresh dashboard picture vendor ui bench test lint fmt dbt-test lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(INSTALLED) ## Install what requirements.lock names into .venv

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "semaforo needs Python 3.11 or later (PYTHON=$(PYTHON))" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory apt PACKAGES=python3-venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check "$$(grep -o '^uv==[0-9.]*' requirements.lock)"
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# Programs that the tests run for real, and the Debian package of each.
SYSTEM_PROGRAMS := initdb=postgresql chromium=chromium pdftotext=poppler-utils \
	java=openjdk-17-jre-headless

# The typeface of printed reports: in a wider one figures break over two lines.
REPORT_FONT := Liberation Sans

system-deps: ## Install the programs that tests need, where missing (Debian)
	@for bin in /usr/lib/postgresql/*/bin; do PATH="$$PATH:$$bin"; done; \
	missing=; \
	for pair in $(SYSTEM_PROGRAMS); do \
		command -v "$${pair%%=*}" >/dev/null || missing="$$missing $${pair#*=}"; \
	done; \
	fc-list : family 2>/dev/null | grep -q "$(REPORT_FONT)" \
		|| missing="$$missing fontconfig fonts-liberation"; \
	test -z "$$missing" || $(MAKE) --no-print-directory apt PACKAGES="$$missing"

.PHONY: apt
apt:
	@command -v apt-get >/dev/null \
		|| { echo "Please install by hand, there is no apt-get here: $(PACKAGES)" >&2; exit 1; }
	@if [ "$$(id -u)" = 0 ]; then sudo=; \
	elif command -v sudo >/dev/null; then sudo=sudo; \
	else echo "Please have root run: apt-get update && apt-get install -y $(PACKAGES)" >&2; exit 1; fi; \
	echo "Installing $(PACKAGES) ..."; \
	$$sudo apt-get update -qq \
		&& $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			$(PACKAGES) >/dev/null

refresh: $(INSTALLED) ## Load, compute and publish; print the semáforo
	@$(BIN)/semaforo refresh $(ARGS)

dashboard: $(INSTALLED) ## Draw the dashboard of what is published
	@$(BIN)/semaforo dashboard $(ARGS)

picture: $(INSTALLED) system-deps ## Take the README's picture from the shipped plans' dashboard
	@$(BIN)/semaforo refresh --as-of 2024-02-15 --warehouse target/picture >/dev/null
	@mkdir -p docs/images
	@$(BIN)/python tests/python/dashboard/picture.py target/picture docs/images/tablero.png

ui: $(INSTALLED) ## Open Dagster on this machine
	@$(BIN)/semaforo ui $(ARGS)

test: $(INSTALLED) system-deps lint dbt-test ## Everything that proves it works
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

lint: $(INSTALLED) ## ruff, yamllint, sqlfluff
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/yamllint --strict .
	@! LC_ALL=C.UTF-8 grep -rnE '.{101}' --include=*.sql macros models analyses tests orchestration
	@$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar models analyses tests/dbt
	@$(BIN)/sqlfluff lint --disable-progress-bar --templater raw --dialect postgres orchestration/bi

fmt: $(INSTALLED) ## Let ruff and sqlfluff rewrite what they can
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/sqlfluff fix --disable-progress-bar models analyses tests/dbt

# On the shipped seeds, in a database of its own: models, unit tests, data tests.
dbt-test: $(INSTALLED)
	@rm -f target/test.duckdb target/test.duckdb.wal
	@mkdir -p target
	@SEMAFORO_BUILD_DB=target/test.duckdb $(BIN)/dbt --warn-error --quiet build

SIZE ?= S

bench: $(INSTALLED) ## Measure on generated plans: SIZE=S, M or L (L: 20 GB of disk)
	@$(BIN)/python -m benchmarks.bench $(SIZE) $(ARGS)

lock: $(INSTALLED) ## Resolve requirements.in into requirements.lock
	@$(BIN)/uv pip compile requirements.in --output-file requirements.lock --universal \
		--python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --quiet

# What the pages take from npm is committed; this makes it again from package-lock.json.
VENDOR := orchestration/dashboard/vendor
STATIC_VENDOR := orchestration/dashboard/static/vendor
vendor: ## Build the dashboard's copy of Apache ECharts and of its typeface (needs npm)
	@command -v npm >/dev/null || $(MAKE) --no-print-directory apt PACKAGES="npm"
	@cd $(VENDOR) && npm ci --silent && npm run --silent build
	@cp $(VENDOR)/node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 \
		$(STATIC_VENDOR)/inter.woff2
	@cp $(VENDOR)/node_modules/@fontsource-variable/inter/LICENSE $(STATIC_VENDOR)/inter.LICENSE
	@cp $(VENDOR)/node_modules/echarts/LICENSE $(STATIC_VENDOR)/echarts.LICENSE
	@cp $(VENDOR)/node_modules/echarts/NOTICE $(STATIC_VENDOR)/echarts.NOTICE
	@cp $(VENDOR)/node_modules/zrender/LICENSE $(STATIC_VENDOR)/zrender.LICENSE

clean: ## Remove what was built, but no warehouse and not .venv
	@rm -rf target logs .pytest_cache .ruff_cache .hypothesis
