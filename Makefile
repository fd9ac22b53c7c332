# Every command of the project, one line of help each. Paths stay relative: the folder may be named with spaces.
.DEFAULT_GOAL := help
.PHONY: help run test prove drill demo up bench bench-growth map lock audit clean
# As in ./monitor: bytecode is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
PYTHON_OF_PROJECT := PYTHONPATH=plugins .venv/bin/python

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: ## set up, then a demonstration of six months and the Ministry of Finance's workbooks of 2012 and 2013 through Airflow to PDF and Excel (state: var/demo)
	@./monitor demonstrate
	@./monitor run --period 2012 --period 2013 --inbox samples/inbox

test: ## set up, then all tests (what CI runs; under 10 minutes)
	@sh setup/ensure.sh
	@$(PYTHON_OF_PROJECT) -m ruff check .
	@$(PYTHON_OF_PROJECT) -m pytest -n auto --dist loadfile --no-loadscope-reorder

prove: ## set up, then planted faults, interruptions, kills, histories, gaming, slippage, recalculated workbooks, catalogue edits and mends taken away; the tables go into docs/proof.md (up to 85 minutes)
	@sh setup/ensure.sh
	@$(PYTHON_OF_PROJECT) -m pytest -m prove
	@$(PYTHON_OF_PROJECT) tests/prove/prove_demonstration.py
	@PYTHONPATH=plugins:tests .venv/bin/python tests/prove/prove_interruption.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_kills.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_ledger.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_screens.py
	@PYTHONPATH=plugins:tests .venv/bin/python tests/prove/prove_slips.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_gaming.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_forecasts.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_histories.py
	@$(PYTHON_OF_PROJECT) tests/prove/prove_explain.py
	@PYTHONPATH=plugins:tests .venv/bin/python tests/prove/prove_figures.py
	@PYTHONPATH=plugins:tests .venv/bin/python tests/prove/prove_catalogue_edits.py
	@PYTHONPATH=plugins:tests .venv/bin/python tests/prove/prove_red.py

drill: ## play all that an operator does in a bare Debian 12 as an ordinary user; the table goes into docs/proof.md (as root, with debootstrap; about 15 minutes)
	@sh setup/ensure.sh
	@PYTHONPATH=plugins:tests .venv/bin/python tests/prove/prove_drill.py --page docs/proof.md

demo: run ## render every report of the demonstration and of both budget years; as long as run does all of them, the same

up: ## serve Airflow and the pages on 127.0.0.1 until stopped (state: var/live; DEMO=1 serves var/demo)
	@./monitor up

bench: ## measure speed side by side with the obvious way; the tables go into docs/speed.md (about 10 minutes)
	@sh setup/ensure.sh
	@PYTHONPATH=plugins:bench .venv/bin/python bench/bench_collect.py --page docs/speed.md
	@PYTHONPATH=plugins:bench .venv/bin/python bench/bench_score.py --page docs/speed.md

bench-growth: ## measure a day's questions over ten years of answers; the table goes into docs/speed.md (about 5 minutes)
	@sh setup/ensure.sh
	@PYTHONPATH=plugins:bench .venv/bin/python bench/bench_growth.py --page docs/speed.md

map: ## draw the rooms of the house and what each knows, from its imports
	@$(PYTHON_OF_PROJECT) tests/draw_house.py

lock: ## make requirements.txt again from requirements.in
	@sh setup/ensure.sh
	@.venv/bin/uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --upgrade --quiet -o requirements.txt

audit: ## licences of the lock, and what the public advisories know against it; exit 1 if anything is to be mended
	@sh setup/ensure.sh
	@$(PYTHON_OF_PROJECT) setup/audit.py

clean: ## remove the state of make run (var/demo) and the tools' caches; never var/live
	@if [ -x .venv/bin/python ]; then ./monitor clean; \
	elif [ "$${RESOLUTION_MONITOR_HOME:-$(CURDIR)/var/demo}" != "$(CURDIR)/var/demo" ] || [ -L var/demo ]; then \
	  echo "clean removes var/demo only; unset RESOLUTION_MONITOR_HOME, and see that var/demo is no link" >&2; exit 11; \
	else \
	  rm -rf var/demo; fi
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
