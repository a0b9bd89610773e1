# Every target's one-line help stands behind `##`; `make` alone prints them.
# Only Python 3.11 or newer, make and git are needed: uv is taken from PATH, from `python3 -m uv`, or fetched with pip.

PYTHON ?= python3
UV_TOOL := .tools/uv/bin/uv
ifndef UV
UV := $(shell \
	if command -v uv >/dev/null 2>&1; then echo uv; \
	elif $(PYTHON) -m uv --version >/dev/null 2>&1; then echo "$(PYTHON) -m uv"; \
	else echo $(UV_TOOL); fi)
endif
STAMP := .venv/.synced
RUN := $(UV) run --frozen --no-sync
# The tools that could call home are told not to.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

.DEFAULT_GOAL := help
.PHONY: help run ui status docs test test-slow check format bench bench-crawl endurance torture evaluate-linking evaluate-prose clean

help: ## list these targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "  make %-16s %s\n", $$1, $$2}'

run: $(STAMP) ## build the warehouse: bundled samples, or the documents the home folder already holds
	@$(RUN) gongkai run $(ARGS)

ui: $(STAMP) ## open the web interface, with schedules and the inbox watched, until interrupted
	@$(RUN) gongkai ui $(ARGS)

status: $(STAMP) ## say what the home folder holds
	@$(RUN) gongkai status $(ARGS)

docs: $(STAMP) ## build the catalogue of every table and column and name its file
	@$(RUN) gongkai run $(ARGS)
	@echo "catalogue: $${GONGKAI_HOME:-data/home}/published/catalogue/index.html"

test: $(STAMP) ## run the tests that take seconds
	@$(RUN) pytest -n auto -m "not slow" $(ARGS)

test-slow: $(STAMP) ## run the tests that take longer: whole runs, Dagster, the command line from outside
	@$(RUN) pytest -n auto --dist loadscope -m slow $(ARGS)

check: $(STAMP) ## check format, lint, types, the lock, generated files and the dbt project; changes nothing
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) ty check
	$(RUN) sqlfmt --check --quiet --no-progressbar dbt_project
	$(UV) lock --check --quiet
	$(RUN) python -m parsers.form.seeds --check
	$(RUN) python -m parsers.prose.seeds --check
	GONGKAI_WAREHOUSE_PATH=:memory: $(RUN) dbt --quiet --warn-error parse --no-partial-parse \
		--project-dir dbt_project --profiles-dir dbt_project --target-path target/check --log-path dbt_project/target/check

format: $(STAMP) ## rewrite Python and SQL to the house format, and generated files from their source
	$(RUN) ruff check --fix --quiet .
	$(RUN) ruff format .
	$(RUN) sqlfmt --no-progressbar dbt_project
	$(RUN) python -m parsers.form.seeds
	$(RUN) python -m parsers.prose.seeds

bench: $(STAMP) ## measure every carrier beside the bare read and the usual library, as ratios in one run
	@$(RUN) python -m benchmarks $(ARGS)

evaluate-prose: $(STAMP) ## score what is read from the text on labelled sentences: every miss and extra, by metric
	@$(RUN) python -m tests.reports.evaluate_prose $(ARGS)

bench-crawl: $(STAMP) ## measure the crawl beside a plain httpx loop over the same loopback hosts
	@PYTHONPATH=. $(RUN) python benchmarks/bench_crawl.py $(ARGS)

endurance: $(STAMP) ## crawl 2,000 reports from 20 test portals, killed ten times, run, compare with what was printed; takes a while
	@$(RUN) python -m tests.crawler.endurance $(ARGS)

torture: $(STAMP) ## damage reports in every carrier, read them back, write docs/torture.md; takes a while
	@$(RUN) python -m tests.torture --out docs/torture.md $(ARGS)

evaluate-linking: $(STAMP) ## measure how names are linked to agencies: precision, recall, speed
	@$(RUN) python -m benchmarks.evaluate_linking

clean: ## remove what the tools left behind; documents, the warehouse and the environment stay
	@rm -rf dbt_project/target dbt_project/logs logs .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.venv/*' -not -path './.tools/*' -prune -exec rm -rf {} +

# The environment is brought up to the lock only when the lock, the project file or the environment itself changed.
$(STAMP): pyproject.toml uv.lock $(filter $(UV_TOOL),$(UV))
	@$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

$(UV_TOOL):
	@$(PYTHON) -m pip install --quiet --target .tools/uv uv
	@test -x $@ || { echo "error: pip installed uv, but \`$@\` is not there" >&2; echo "hint: install uv yourself, or name it with \`make UV=/path/to/uv\`" >&2; exit 1; }
