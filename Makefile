# 万家 Wanjia. Two commands: `make run` and `make test`; the rest is for those who work on it.
PYTHON ?= $(shell command -v python3 || command -v python3.13 || command -v python3.12 || command -v python3.11)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q
# The benches want the machine to themselves: one process each.
JOBS ?= 2
# What was compiled once is not compiled again, by none of the suite's own hundreds of processes, whatever this machine says of it.
export PYTHONDONTWRITEBYTECODE :=
# The slowest are said at the end: whoever makes the suite longer sees where.
SHARED := -n $(JOBS) --dist worksteal --durations 40 --durations-min 4

.PHONY: run demo test test-both setup setup-test assets lint mutate mutate-changed unit-sqlite unit-postgres without journeys lock messages \
        bench-web bench-import bench-register bench-labour bench-live fuzz bench-backup bench-allocation bench-scale bench-departures bench-roster bench-rostering bench-routing bench-tick bench-labour-pages bench-campaign bench-look bench-slow-line bench-matching bench-pairing prove-collusion prove-year prove-village prove-polls prove-planted prove-overlap prove-days prove-posts prove-walks prove-phones prove-clean prove-demo prove-office prove-labour prove-kills prove-image

run: setup assets  ## set everything up, load the demo county, serve on 127.0.0.1:8000
	@$(BIN)/wanjia demo --serve

demo: setup assets  ## the same without serving
	@$(BIN)/wanjia demo

test: setup-test assets lint mutate-changed unit-sqlite unit-postgres journeys  ## all of it, what asks the database on both, in a real browser

setup:
	@$(PYTHON) scripts/setup.py run

setup-test:
	@$(PYTHON) scripts/setup.py test

assets:
	@$(BIN)/python -m wanjia.site.build

lint:
	@echo "· 检查代码 / ruff, types, templates, import contracts"
	@$(BIN)/mypy --no-error-summary & types=$$!; \
	  $(BIN)/ruff check -q . && $(BIN)/djlint --quiet wanjia && { $(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports; }; rest=$$?; \
	  wait $$types && exit $$rest

unit-sqlite:
	@echo "· 单元、性质、房屋测试(SQLite)/ unit, property and house tests on SQLite"
	@$(PYTEST) $(SHARED) -m "not journey and not proof" --ignore tests/fuzz --deselect tests/house/test_odd_addresses.py::test_no_address_breaks_whatever_it_asks

# What asks the database anything of its own. Walks over pages and rules that are the same on any database stand on SQLite alone
# here (tests/databases.py finds them), and the fuzz and the walk over odd addresses on PostgreSQL alone; `make test-both` runs all of it on both.
ON_POSTGRES := wanjia/kernel wanjia/orgs wanjia/solving wanjia/registry wanjia/casework wanjia/labour wanjia/care wanjia/schools wanjia/village wanjia/reporting wanjia/site wanjia/office tests/promises tests/fuzz \
               $(addprefix tests/house/test_,acts.py bad_values.py guards_felt.py rows_kept.py odd_addresses.py)
# Of every act: that it is done, once, stands on both; that it is refused is the rule's word before anything is written. Calls that
# hold anything are the fuzz's there.
REFUSED_ANYWHERE := $(addprefix tests/house/test_acts.py::test_,another_body_under_the_same_key_is_a_conflict \
  somebody_without_a_post_is_refused_and_nothing_changes an_act_that_needs_no_post_has_its_own_refusal \
  an_answer_that_may_be_left_out_is_kept_or_refused_in_words) \
  wanjia/site/tests/test_api.py::test_no_call_whatever_it_holds_breaks_the_server

unit-postgres:
	@echo "· 同样的测试(PostgreSQL)/ what touches the database, on PostgreSQL"
	@$(BIN)/python -m tests.postgres -- $(PYTEST) $(SHARED) -m "not journey and not proof" $(ON_POSTGRES) $$($(BIN)/python -m tests.databases) $(addprefix --deselect=,$(REFUSED_ANYWHERE))

test-both: setup-test assets  ## every unit, property and house test on both databases: longer than CI has time for
	@$(PYTEST) $(SHARED) -m "not journey and not proof"
	@$(BIN)/python -m tests.postgres -- $(PYTEST) $(SHARED) -m "not journey and not proof"

WITHOUT := casework
without: setup-test assets  ## the remaining apps' own tests in a house without some
	@echo "· 没有这些应用也站得住 / the house without $(WITHOUT)"
	@WANJIA_WITHOUT=$(WITHOUT) $(PYTEST) $(SHARED) -m "not journey and not proof" wanjia/kernel wanjia/orgs wanjia/solving wanjia/registry wanjia/office wanjia/site

mutate-changed:  ## the guards of rules that are being changed; REF=main: of a branch
	@echo "· 改动过的规则,每一道关都有测试察觉 / each guard of changed rules is felt by a test"
	@$(BIN)/python -m tests.mutate --changed $(or $(REF),HEAD) --jobs $(JOBS)

mutate:  ## switch off every refusal, CHECK and trigger, one at a time: a test must fail. PART=2/5 for the second fifth, JSON=1, AGAIN=1
	@$(BIN)/python -m tests.mutate --jobs $(JOBS) $(if $(PART),--part $(PART)) $(if $(JSON),--json) $(if $(AGAIN),--again)

journeys:
	@echo "· 浏览器里的旅程 / journeys in a real browser"
	@$(PYTEST) -n $(JOBS) --dist worksteal --durations 10 -m journey tests/journeys

lock:  ## resolve dependencies anew
	uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --extra scale -c requirements.lock pyproject.toml -o requirements-scale.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --extra faces -c requirements.lock pyproject.toml -o requirements-faces.lock

messages:  ## collect the words on screen for translation
	@mkdir -p wanjia/site/locale  # and one beside each app that keeps a catalogue of its own
	@$(BIN)/wanjia django makemessages -l en --no-obsolete --no-location --ignore 'tests' --ignore '*/tests/*' \
	  --ignore .venv --ignore node_modules --ignore var --ignore build --ignore benchmarks --ignore scripts

prove-phones:  ## phones that drop, repeat, reorder, delay, change clocks and hands, over the browser's own queue
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -v --timeout 0 tests/phone

# Promise 2 has its kills, with few writers: tests/promises/test_kill.py.
RACES := $(addprefix tests/promises/test_,overlap.py one_owner.py races.py)
prove-overlap:  ## 64 writers at once on promises 1, 3, 4 and 14 and a whole day of overlapping acts, on both databases, each with its guard off too
	@WANJIA_WRITERS=64 WANJIA_ACTS=25 $(PYTEST) -rP --timeout 3600 $(RACES)
	@WANJIA_WRITERS=64 WANJIA_ACTS=25 $(BIN)/python -m tests.postgres -- $(PYTEST) -rP --timeout 3600 $(RACES)

bench-web:  ## lists and pages at 200,000 people beside Django's own admin; PEOPLE=4000 for a small county
	@$(BIN)/python -m benchmarks.bench_web --people $(or $(PEOPLE),200000)

bench-import:
	@$(BIN)/python -m benchmarks.bench_import

bench-register:  ## what a person costs to seal, to write and to find, before and after; PEOPLE=4000 FOUND=20000 for a quick one
	@$(BIN)/python -m benchmarks.bench_register --people $(or $(PEOPLE),60000) --found $(or $(FOUND),500000)

bench-matching:  ## from rows to stored proposals, the engine's share and the rest; PEOPLE=20000 LOTS=500 for a quick one
	@$(BIN)/python -m benchmarks.bench_matching --people $(or $(PEOPLE),576400) --lots $(or $(LOTS),20000)

bench-pairing:  ## from rows to stored proposals of pairs, CHILDREN=1500 HELPERS=500; WHOLE=1: the engine at 187,000 children
	@$(BIN)/python -m benchmarks.bench_pairing --children $(or $(CHILDREN),1500) --helpers $(or $(HELPERS),500) $(if $(WHOLE),--whole)

bench-labour:  ## what a city's labourers cost to bring in, beside a bare COPY; PEOPLE=3010900 for the whole city
	@$(BIN)/python -m benchmarks.bench_labour --people $(or $(PEOPLE),301090)

bench-live:  ## does an import keep others waiting? ROWS=3000 for a quick one
	@$(BIN)/python -m benchmarks.bench_live --rows $(or $(ROWS),100000)

fuzz:  ## 100,000 requests made from the API's description and a tenth as many of pages, of every role, on both databases
	@WANJIA_FUZZ=$(or $(REQUESTS),100000) $(PYTEST) -s --timeout 0 --show-capture=no tests/fuzz
	@WANJIA_FUZZ=$(or $(REQUESTS),100000) $(BIN)/python -m tests.postgres -- $(PYTEST) -s --timeout 0 --show-capture=no tests/fuzz

bench-departures:  ## a season's list of departures to stored manifests; PEOPLE=20000 for a quick one
	@$(BIN)/python -m benchmarks.bench_departures --people $(or $(PEOPLE),162700)

bench-allocation:
	@$(BIN)/python -m benchmarks.bench_allocation

bench-scale:  ## a market in one process, in shards, and in shards held by Ray (wanjia[scale]); PEOPLE="100000 3010900" SHARDS=2
	@$(BIN)/python -m benchmarks.bench_scale --people $(or $(PEOPLE),100000) --shards $(or $(SHARDS),2) --ratio $(or $(RATIO),0.8)

bench-roster:  ## from rows to a stored month of gate duties, the engine's share and the rest; SCHOOLS=12 GUARDS=80 for a quick one
	@$(BIN)/python -m benchmarks.bench_roster --schools $(or $(SCHOOLS),60) --guards $(or $(GUARDS),400)

bench-rostering:
	@$(BIN)/python -m benchmarks.bench_rostering

bench-routing:
	@$(BIN)/python -m benchmarks.bench_routing

bench-tick:  ## the ladder's tick over 20,000 open needs: after a machine was off, with nothing due, on a working morning
	@$(BIN)/python -m benchmarks.bench_tick --needs $(or $(NEEDS),20000)

bench-labour-pages:  ## dashboard, monthly table and rows of labourers at 3 million; PEOPLE=300000 for a smaller city
	@$(BIN)/python -m benchmarks.bench_labour_pages --people $(or $(PEOPLE),3010900)

bench-campaign:  ## the page of a drive over a whole city and of its hundred days, with and without kept sums; PEOPLE=300000 for a smaller city
	@$(BIN)/python -m benchmarks.bench_campaign --people $(or $(PEOPLE),3010900)

bench-look:  ## the day's look for rechecks over a county-year of 20,000 needs, the list and the findings
	@$(BIN)/python -m benchmarks.bench_look --needs $(or $(NEEDS),20000)

bench-slow-line:  ## sign-in, desk and lists at 400 kbit/s and 400 ms
	@$(BIN)/python -m benchmarks.bench_slow_line

bench-backup:  ## RPO and RTO at 200,000 people
	@$(BIN)/python -m benchmarks.bench_backup

prove-collusion:  ## search every sequence of acts of one unit's people for a way to fake the household's word
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -s --timeout 0 tests/promises/test_collusion.py

prove-days:  ## twelve times ten days of any legal acts: needs, figures and the check agree on every one of them, on both databases
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) --timeout 0 wanjia/reporting/tests/test_figures.py wanjia/reporting/tests/test_checking.py -k whatever
	@WANJIA_WHOLE_PROOF=1 $(BIN)/python -m tests.postgres -- $(PYTEST) --timeout 0 wanjia/reporting/tests/test_figures.py \
	  wanjia/reporting/tests/test_checking.py -k whatever

prove-year:  ## 20 seeds of a scaled-down county-year by real commands beside a second book (SEEDS, NEEDS), and one on PostgreSQL: nothing found
	@$(BIN)/python -m wanjia.site.cli simulate --seeds $(or $(SEEDS),20) --needs $(or $(NEEDS),300)
	@$(BIN)/python -m tests.postgres -- $(BIN)/python -m wanjia.site.cli simulate --needs 100
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -v --timeout 1800 tests/promises/test_year.py

prove-village:  ## weeks of a village do each act of what people do together; each fault planted there is found by the parts that live it
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -v --timeout 1800 tests/promises/test_village_year.py

prove-polls:  ## ten thousand random polls recounted, one bit changed in each refused; a linker who reads everything guesses ten thousand votes by chance alone; on both databases
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -s --timeout 0 wanjia/village/tests/test_verifier.py tests/promises/test_no_link.py tests/promises/test_one_vote.py
	@WANJIA_WHOLE_PROOF=1 $(BIN)/python -m tests.postgres -- $(PYTEST) -s --timeout 0 tests/promises/test_no_link.py tests/promises/test_one_vote.py

prove-planted:  ## each fault planted into the product is found within a scaled-down year for some seed up to 5; ONLY="a b": these faults
	@$(BIN)/python -m tests.planted $(ONLY)

prove-posts:  ## every command, address and door of a child's file, tried by people with a second post far away
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -n $(JOBS) --dist worksteal --timeout 0 tests/house/test_posts.py

prove-walks:  ## every reader at every address, every question, every odd value; every page for everybody, in both languages and at every width; a hundred items of one session
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -n $(JOBS) --dist worksteal --timeout 0 $(addprefix tests/house/test_,children.py sealed_words.py odd_addresses.py permissions.py api_lists.py) $(addprefix wanjia/site/tests/test_,api.py api_fields.py faults.py) wanjia/schools/tests/test_another_county.py wanjia/care/tests/test_attacked_leaks.py
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -n $(JOBS) --timeout 0 -m journey tests/journeys/test_for_everybody.py tests/journeys/test_session.py

prove-demo:  ## the whole demo, then `wanjia check`: no difference; and migrations rendered one by one make what Django's own way makes
	@$(PYTEST) -v --timeout 1800 -m proof wanjia/site/tests/test_demo.py wanjia/site/tests/test_migrating.py
	@$(BIN)/python -m tests.postgres -- $(PYTEST) -v --timeout 1800 -m proof wanjia/site/tests/test_migrating.py

prove-clean:  ## 200 clean workbooks of many makes raise no alarm; a fault planted in each is found
	@$(BIN)/python -m tests.bring.proof

# What asks no database of the suite's own (the install page, the move, SQLite's own guards) stands once; whole offices stand on both.
prove-office:  ## install, back up, restore, upgrade and move whole offices, in processes of their own, on both databases
	@$(PYTEST) -v --timeout 3600 -m proof wanjia/office tests/promises/test_install.py
	@$(BIN)/python -m tests.postgres -- $(PYTEST) -v --timeout 3600 -m proof wanjia/office

prove-labour:  ## kill loads of labourers fifty times, on both databases
	@LABOUR_KILLS=50 $(PYTEST) -v --timeout 7200 tests/promises/test_labour_kill.py
	@LABOUR_KILLS=50 $(BIN)/python -m tests.postgres -- $(PYTEST) -v --timeout 7200 tests/promises/test_labour_kill.py

prove-kills:  ## kill every kind of planning fifty times while it runs and fifty while it is put in force, on both databases
	@WANJIA_WHOLE_PROOF=1 $(PYTEST) -v -rP --timeout 7200 tests/promises/test_job_kills.py
	@WANJIA_WHOLE_PROOF=1 $(BIN)/python -m tests.postgres -- $(PYTEST) -v -rP --timeout 7200 tests/promises/test_job_kills.py

prove-image:  ## build the container image with buildah and open an office in it, on both databases
	@$(PYTEST) -v -rs --timeout 3600 -m proof tests/promises/test_image.py
	@$(BIN)/python -m tests.postgres --safe -- $(PYTEST) -v -rs --timeout 3600 -m proof tests/promises/test_image.py
