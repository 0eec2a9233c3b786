PORT ?= 8000

.PHONY: setup run test bench lock clean

setup: ## install what is missing on this machine, or print the one line that does
	@scripts/setup.sh $(FOR)

run: setup ## set up what is missing, make the demonstration court once, serve it
	@PORT=$(PORT) scripts/serve.sh

test bench lock: FOR = test

test: setup ## every check, as the gate runs them
	@scripts/check.sh

bench: setup ## measure the figures that docs/ quotes
	@.venv/bin/python -m bench

lock: setup ## resolve requirements/*.in anew
	@scripts/lock.sh

clean: ## remove what set-up and runs have made, the demonstration court included
	rm -rf .venv .local mediation/static/vendor
	find mediation -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
