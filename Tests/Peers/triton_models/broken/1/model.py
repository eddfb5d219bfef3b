# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""A model that answers nothing but an error."""


class TritonPythonModel:
    def execute(self, requests):
        raise ValueError("The engine failed.")
