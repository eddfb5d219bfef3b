// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// Answers recorded cases: one JSON object a line comes in, one goes out.
//
// Each function below knows some kinds of cases. It returns the answer without its id, such as {"value": …} or
// {"error": "ClassName"}, and nil for a case that is none of its own. The first answer counts. The argument that names
// the suite is accepted and not needed: the cases say themselves what they are.

let answerers: [@Sendable (CaseValue) -> CaseValue?] = [
    answerURLCase, answerHeaderCase, answerMultipartCase, answerSigningCase,
]

while let line = readLine() {
    guard let testCase = CaseValue(json: line), let id = testCase["id"] else { continue }
    let answer: CaseValue
    if let known = await answerJinjaCase(testCase) ?? answerers.lazy.compactMap({ $0(testCase) }).first {
        answer = known
    } else {
        answer = .object([("skip", "not supported")])
    }
    let members = (answer.members ?? []).filter { $0.name != "id" }
    print(CaseValue.object([CaseValue.Member(name: "id", value: id)] + members).json)
}
