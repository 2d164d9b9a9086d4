# One word for each thing a newcomer or CI does. Each does its own set-up; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# SwiftPM locks its build folder, so jobs of one make would only wait for each other.
.NOTPARALLEL:
# Warnings are errors in our own builds; one setting for all of them, or each would rebuild what another built.
export WARNINGS_AS_ERRORS := 1

ROOT := $(shell cd "$$(dirname "$(strip $(MAKEFILE_LIST))")" && pwd)
IN_ROOT := cd "$(ROOT)" &&
PYTHON := .venv/bin/python3
RELEASE = $(shell "$(ROOT)/Scripts/linking/release-flags")
# Lambda's own word for it.
ARCHITECTURE := $(patsubst aarch64,arm64,$(shell uname -m))
# The newest botocore, apart from the one that the fake AWS works with.
MODELS := .build/models
# Suites that start so many programs, or hold so much real time to a bound, that the others would wait too long beside them.
HEAVY := DaemonTests DoctorTests|LambdaPackageTests DeployTests|EventPatternTests CatalogueTests|StatedPermissionTests

.PHONY: help demo test lint lint-format build lambda-zip bench function-order docs fixtures catalog deploy-files clean toolchain setup models

help: ## what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' "$(ROOT)/Makefile"

demo: setup ## launch instances in a fake AWS, tag them, ask the ledger, and again: nothing is done twice
	@$(IN_ROOT) echo "Building autotagger (the first time takes some minutes) …" \
		&& swift build --product autotagger && $(PYTHON) Tests/EndToEnd/demo.py .build/debug/autotagger

test: setup ## all tests, those of the built programs against a fake AWS among them
	@$(IN_ROOT) swift build --build-tests
	@$(IN_ROOT) swift test --skip-build --skip FaultTests --skip EndToEndTests
	@$(IN_ROOT) swift test --skip-build --filter FaultTests
	@$(IN_ROOT) swift test --skip-build --filter EndToEndTests $(foreach some,$(HEAVY),--skip 'EndToEndTests\.($(some))')
	@$(IN_ROOT) true $(foreach some,$(HEAVY),&& swift test --skip-build --filter 'EndToEndTests\.($(some))')

lint: lint-format setup ## the format, and a build in which a warning is an error
	@$(IN_ROOT) swift build --build-tests

lint-format: toolchain ## the format alone
	@$(IN_ROOT) swift format lint -rp --strict Sources Plugins Tests

build: toolchain ## both programs for deployment, in .build/release
	@$(IN_ROOT) for program in autotagger autotagger-lambda; do \
		swift build $(RELEASE) --product $$program || exit; \
	done

lambda-zip: toolchain ## the Lambda function with every library that it needs, in dist
	@$(IN_ROOT) swift build $(RELEASE) --product autotagger-lambda \
		&& python3 Scripts/lambda_zip.py .build/release/autotagger-lambda dist/autotagger-lambda-$(ARCHITECTURE).zip

bench: build setup ## how long a start, finding a handler, and an event in the Lambda and the daemon take, beside boto3
	@$(IN_ROOT) for product in lambda-benchmark-server daemon-benchmark catalogue-benchmark; do \
		swift build $(RELEASE) --product $$product || exit; \
	done
	@$(IN_ROOT) missed=0; \
		$(PYTHON) Tests/Benchmarks/cold_start.py .build/release || missed=1; \
		$(PYTHON) Tests/Benchmarks/lambda/compare.py .build/release || missed=1; \
		$(PYTHON) Tests/Benchmarks/daemon/compare.py .build/release || missed=1; \
		.build/release/catalogue-benchmark || missed=1; \
		exit $$missed

function-order: build ## the functions that a start and an event need, for the linker; needs valgrind
	@$(IN_ROOT) swift build $(RELEASE) --product lambda-benchmark-server \
		&& python3 Scripts/linking/order_functions.py .build/release

docs: setup ## the tables of supported resources in README.md and docs, and the help texts under test
	@$(IN_ROOT) AUTOTAGGER_UPDATE_SNAPSHOTS=1 swift test --filter "SupportedResourcesTests|HelpTests"

fixtures: models ## the smallest record of each declared resource, from botocore's models, and what IAM knows of the actions
	@$(IN_ROOT) export PYTHONPATH=$(MODELS) && $(PYTHON) Scripts/catalog/list_operations.py \
		&& $(PYTHON) Scripts/catalog/arn_formats.py \
		&& $(PYTHON) Scripts/catalog/derive_fixtures.py "$${AUTOTAGGER_SHARED:-../shared}/tools/cloudtrail_recorder.py" \
		&& swift build --product autotagger && $(PYTHON) Scripts/catalog/list_iam_actions.py .build/debug/autotagger

catalog: models ## the plugins against botocore's models and IAM's actions: creates that no line covers, each with a line
	@$(IN_ROOT) swift build --product autotagger && export PYTHONPATH=$(MODELS) && $(PYTHON) Scripts/catalog/compare.py; models=$$?; \
		$(PYTHON) Scripts/catalog/list_iam_actions.py .build/debug/autotagger --compare && exit $$models

deploy-files: toolchain ## what config/deploy holds of the handlers: patterns and permissions, in the templates and the module
	@$(IN_ROOT) swift build --product autotagger \
		&& generate() { .build/debug/autotagger generate "$$@" --config config/autotagger.yaml; } \
		&& generate cloudformation >config/deploy/cloudformation/autotagger.yaml \
		&& generate cloudformation --member >config/deploy/cloudformation/autotagger-member.yaml \
		&& generate terraform >config/deploy/terraform/handlers.json

clean: ## away with everything that was built or installed here
	@$(IN_ROOT) rm -rf .build .venv dist

toolchain:
	@$(IN_ROOT) .ci/setup toolchain

setup: toolchain
	@$(IN_ROOT) .ci/setup python

models: setup
	@$(IN_ROOT) .ci/setup models
