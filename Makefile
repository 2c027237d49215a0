# The two commands that matter are `make demo` and `make test`; `make` alone lists them all.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

BIN := .venv/bin
OUTPUT ?= output
KINDS := new-business existing-clients business-development partner-recruitment
SAMPLES := $(foreach kind,$(KINDS),sample_workbooks/$(subst -,_,$(kind)).xlsx)
DEMO := sample_workbooks/new_business.xlsx
DEMO_WEEKS := sample_workbooks/new_business_weeks
STATE := sample_workbooks/.milestone-reports

.PHONY: help demo samples pictures shots test test-system bench clean

help: ## list what make can do here
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile

demo: .venv/ready $(SAMPLES) $(DEMO_WEEKS) ## set everything up, make the sample workbooks, build a report into output/
	@$(BIN)/milestone-reports import $(DEMO_WEEKS) --state $(STATE) --quiet
	@$(BIN)/milestone-reports build $(DEMO) -o $(OUTPUT)

samples: .venv/ready ## make the sample workbooks afresh; what was changed in them is lost
	@for kind in $(KINDS); do \
	    scripts/make_sample.sh $$kind sample_workbooks/$$(echo $$kind | tr - _).xlsx || exit; \
	done
	@scripts/make_sample.sh new-business $(DEMO_WEEKS)

test: .venv/ready-dev ## set everything up; lint, types, import contracts, and all tests that need Python and Pango alone
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -m "not system" -n auto

# Pytest ends with 5 where it finds no test: there may be none of these yet.
test-system: .venv/ready-dev ## the tests that need a browser or other programs, which it installs through apt-get
	@scripts/set_up_system.sh
	@$(BIN)/pytest -m system -n auto || [ $$? -eq 5 ]

pictures: .venv/ready-dev ## make the README's pictures afresh, into docs/images
	@scripts/set_up_system.sh
	@$(BIN)/python scripts/make_pictures.py

shots: .venv/ready-dev ## take pictures of every page and PDF of teams at the edges, into shots/; SHOTS="--with team.xlsx" of another
	@scripts/set_up_system.sh
	@$(BIN)/python scripts/make_shots.py $(SHOTS)

bench: .venv/ready-dev ## time reading, measuring, pages, charts and PDFs apart, for 10, 50 and 500 reps
	@$(BIN)/python -m benchmarks

clean: ## remove the environment, caches and packages made here; output/ and workbooks stay
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what those need ---

.venv/ready: pyproject.toml scripts/set_up.sh scripts/system_packages.sh
	@scripts/set_up.sh
	@touch $@

.venv/ready-dev: .venv/ready
	@scripts/set_up.sh dev
	@touch $@

# Made where missing and never again, so that a sample can be edited and built once more; `make samples` renews them.
sample_workbooks/%.xlsx: | .venv/ready
	@scripts/make_sample.sh $(subst _,-,$*) $@

sample_workbooks/%_weeks: | .venv/ready
	@scripts/make_sample.sh $(subst _,-,$*) $@
