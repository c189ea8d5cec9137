# Everything from a fresh clone: `make run`, `make test`. See README.md.
SHELL := /bin/bash
.DELETE_ON_ERROR:

# pyenv keeps its Pythons where uv does not look.
export PATH := $(PATH):$(subst $(eval ) ,:,$(wildcard $(HOME)/.pyenv/versions/*/bin))
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

UV := .uv/bin/uv
READY := .cache/set-up
MODEL := .models/doorstep.tar.gz

.PHONY: setup run test bench lint types check-dialogue model pictures conversations messages clean

setup: $(READY)/ours $(READY)/rasa

$(READY)/uv:
	@command -v python3 >/dev/null || { echo "set-up: python3 is missing: install Python 3.12"; exit 1; }
	@mkdir -p $(READY)
	@echo "set-up: fetching uv"
	@python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv
	@touch $@

# uv downloads a Python that is missing, from outside the package registries; say so before it tries.
define announce_python
	@$(UV) python find --quiet --no-python-downloads $(1) >/dev/null 2>&1 || \
		echo "set-up: Python $(1) was not found here; uv tries to download it. If that fails: install Python $(1) and run make again."
endef

$(READY)/ours: pyproject.toml uv.lock $(READY)/uv
	$(call announce_python,3.12)
	@echo "set-up: our environment (.venv, Python 3.12)"
	@$(UV) sync --quiet --locked
	@touch $@

$(READY)/rasa: nlu/pyproject.toml nlu/uv.lock $(READY)/uv
	$(call announce_python,3.10)
	@echo "set-up: Rasa's environment (.rasa, Python 3.10); about a minute when nothing is cached"
	@UV_PROJECT_ENVIRONMENT=$(CURDIR)/.rasa $(UV) sync --quiet --locked --project nlu --python 3.10
	@touch $@

# Trained again only when what it is trained from has changed: nlu/train.py compares.
model: setup
	@.rasa/bin/python -m nlu.train

run: model
	@.venv/bin/doorstep run

test: model
	@.venv/bin/python -m pytest $(PYTEST)
	@$(if $(PYTEST),true,.venv/bin/python -m tests.e2e.telling --check)
	@.rasa/bin/python -m pytest -c nlu/pytest.ini --rootdir . --confcutdir tests/integration/nlu tests/integration/nlu
	@.rasa/bin/python -W ignore -m nlu.evaluation --check
	@.venv/bin/python -m tests.left_out

bench: model
	@.venv/bin/python -m benchmarks

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports

types: setup
	@.venv/bin/mypy

check-dialogue: model
	@.rasa/bin/rasa data validate --domain domain.yml --config config.yml --data nlu/data --fail-on-warnings
	@.rasa/bin/rasa test core --model $(MODEL) --stories tests/dialogue --endpoints nlu/endpoints.test.yml --fail-on-prediction-errors --out .cache/dialogue

# The README's pictures, from a running `make run`; needs Debian's Chromium.
pictures: setup
	@.venv/bin/python -m docs.take_pictures

# docs/conversations.md, from the tests that hold them.
conversations: model
	@.venv/bin/python -m pytest tests/e2e -m conversation
	@.venv/bin/python -m tests.e2e.telling

# docs/messages.md, from the catalogues; the tests compare.
messages: $(READY)/ours
	@.venv/bin/python -m bot.wording.listing

clean:
	@rm -rf .venv .rasa .uv .cache .models .data
