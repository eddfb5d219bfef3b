// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortLab
import Testing

struct ResultFormTests {
    @Test func formsAreKnownByNameAndMediaType() {
        #expect(ResultForm(.jpeg).name == "jpeg" && ResultForm(.jpeg).mediaType == "image/jpeg")
        #expect(Detections.forms.first == .json)
    }
}
