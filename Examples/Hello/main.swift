// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Retort

var app = App()
app.get("/") { "Hello, World!" }
try await app.run()
