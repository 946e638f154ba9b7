# `make` or `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench shots lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start everything on this machine, until Ctrl-C (PORT=8000)
	@bin/dev

setup: ## make .venv and install what the lock files name
	@bin/setup --dev

check: ## format, lint, types, layers, migrations, templates, words: what CI asks
	@bin/setup --dev
	@bin/check $(ONLY)

test: ## run every test, browsers included (ONLY=tests/gigs runs a part)
	@bin/setup --dev
	@bin/test $(ONLY)

bench: ## measure: requests a second as ratios, memory (ONLY=listing runs a part; tenants loads long)
	@bin/setup --dev
	@bin/bench $(ONLY)

shots: ## photograph the main pages into var/shots (ONLY="front gig"; ONLY=pictures renews the README's)
	@bin/setup --dev
	@bin/shots $(ONLY)

lock: ## choose versions anew and write the lock files
	@bin/lock

clean: ## remove the virtual environment and everything under var/
	rm -rf .venv var
