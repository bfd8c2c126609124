# Two commands start everything on a fresh machine that has git, make and some Python 3: make demo, make test.
# uv comes from the PATH, else from .tools (a system pip refuses on Debian). uv finds Python 3.10, or brings it.
UV := $(shell command -v uv 2>/dev/null)
ifeq ($(UV),)
UV := .tools/bin/uv
endif
RUN := $(UV) run --project $(CURDIR) --frozen
export RASA_TELEMETRY_ENABLED = false
export SQLALCHEMY_SILENCE_UBER_WARNING = 1

.PHONY: help demo chat telegram test test-quick check fix train evaluate setup browser site drill

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv

setup: $(filter .tools/bin/uv,$(UV)) ## the environment, from the lock file
	@$(UV) sync --project $(CURDIR) --frozen --quiet

demo: setup ## the chat page in a browser: no token, no internet
	@$(RUN) rightsbot demo $(ARGS)

chat: setup ## the same conversation in the terminal
	@$(RUN) rightsbot chat

telegram: setup train ## the live bot; needs TELEGRAM_BOT_TOKEN in .env
	@$(RUN) rightsbot telegram $(ARGS)

train: setup ## trains the model where something has changed
	@$(RUN) rightsbot train

evaluate: train ## how well the test utterances are understood
	@$(RUN) rightsbot evaluate

test: train ## every test
	@$(RUN) pytest $(ARGS)

test-quick: setup ## the tests that need neither model nor browser
	@$(RUN) pytest -m "not model and not browser" $(ARGS)

drill: train ## the safeguarding suite against a live build; writes drill-report.md
	@$(RUN) python -m tests.safeguarding.drill $(ARGS)

check: setup ## ruff, mypy, import contracts, content rules, interface texts
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) rightsbot check

fix: setup ## formats the code and writes the last resort and the content report anew
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .
	@$(RUN) rightsbot check --write-last-resort --write-report

browser: ## Chromium for the page's tests, on Debian and Ubuntu
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium fonts-noto-color-emoji)

site: setup ## the club's pages as a folder that opens by double-click, and a zip of it (every text is marked a draft)
	@$(RUN) rightsbot print --site site --drafts
	@cd site && python3 -m zipfile -c ../site.zip .
	@echo "site.zip: unpack it anywhere and open index.html"
