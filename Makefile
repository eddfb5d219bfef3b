# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0

# `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help setup models run release build test tsan lint format bench fuzz docs clean

HOST ?= 127.0.0.1
PORT ?= 8000
MINUTES ?= 2
PRODUCT ?= Lab
# What tests are built with: TRAITS= leaves gRPC out, and the minutes that its packages take. Another choice builds all of
# Retort anew, though not the packages of others.
TRAITS ?= GRPC

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what building and running need (Debian 12; asks for nothing)
	@Scripts/setup run

models: ## Install OpenVINO, fetch pretrained models and photographs, ALL=--all for all of them
	@Scripts/setup inference
	@.venv/bin/python Scripts/models $(ALL)

run: setup ## Build and serve the computer-vision lab on http://127.0.0.1:8000
	@echo "building the lab; the first time this takes some minutes"
	@swift build -c release --product Lab
	@.build/release/Lab --host $(HOST) --port $(PORT)

release: setup ## Build a program as it is shipped, PRODUCT=Lab, and say how large it is
	@Scripts/release $(PRODUCT)

build: ## Build everything, in debug
	@Scripts/setup test
	@swift build $(if $(TRAITS),--traits $(TRAITS)) --build-tests

test: ## Build and run all tests
	@Scripts/setup test
	@swift build $(if $(TRAITS),--traits $(TRAITS)) --build-tests
	@TRAITS=$(TRAITS) Scripts/test

tsan: ## Run the tests of what threads share under Thread Sanitizer, in .build-tsan
	@Scripts/setup test
	@Scripts/tsan

lint: ## Check the format, the documentation and the size of every file
	@Scripts/setup lint
	@swift format lint --strict --parallel --recursive Package.swift Plugins Sources Tests Examples Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources
	@Scripts/check-sources

format: ## Bring every file into the format
	@swift format --in-place --parallel --recursive Package.swift Plugins Sources Tests Examples Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources

bench: ## Measure beside servers and template engines of others; writes Benchmarks/RESULTS.md
	@Scripts/setup bench
	@Benchmarks/run

fuzz: ## Fuzz every parser, MINUTES=2 for each
	@Scripts/setup run
	@Fuzz/run $(MINUTES)

docs: ## Build the reference (DocC) into .build/docs
	@Scripts/setup lint
	@Scripts/docs

clean: ## Remove what was built
	@rm -rf .build .build-tsan Benchmarks/.build Fuzz/.build .venv
