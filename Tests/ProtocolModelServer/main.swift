// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import ProtocolModels
import Retort

// The app that is compared with Triton, as a program.
try await SampleModels.app().run()
