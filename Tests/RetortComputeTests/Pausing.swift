// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Blocks a thread for a moment, as work in a library does.
func usleepBriefly() { usleep(200) }
