PORT ?= 8000

.PHONY: run test bench lock clean

run: ## set up what is missing, make the demonstration court once, serve it
	@scripts/setup.sh
	@PORT=$(PORT) scripts/serve.sh

test: ## every check, as the gate runs them
	@scripts/setup.sh test
	@scripts/check.sh

bench: ## measure the figures that docs/ quotes
	@scripts/setup.sh test
	@.venv/bin/python -m bench

lock: ## resolve requirements/*.in anew
	@scripts/setup.sh test
	@scripts/lock.sh

clean: ## remove what set-up and runs have made, the demonstration court included
	rm -rf .venv .local mediation/static/vendor
	find mediation -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
