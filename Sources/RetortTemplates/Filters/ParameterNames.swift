// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// The names of the parameters of filters, made once instead of for each call.
enum ParameterNames {
    static let attributeDefaultCaseSensitive = ["attribute", "default", "case_sensitive"]
    static let attributeStart = ["attribute", "start"]
    static let autospace = ["autospace"]
    static let binary = ["binary"]
    static let by = ["by"]
    static let caseSensitiveAttribute = ["case_sensitive", "attribute"]
    static let caseSensitiveByReverse = ["case_sensitive", "by", "reverse"]
    static let chars = ["chars"]
    static let count = ["count"]
    static let dAttribute = ["d", "attribute"]
    static let `default` = ["default"]
    static let defaultBase = ["default", "base"]
    static let defaultValueBoolean = ["default_value", "boolean"]
    static let elementId = ["element_id"]
    static let endings = ["endings"]
    static let format = ["format"]
    static let indent = ["indent"]
    static let key = ["key"]
    static let length = ["length"]
    static let lengthKillwordsEndLeeway = ["length", "killwords", "end", "leeway"]
    static let limit = ["limit"]
    static let linecountFillWith = ["linecount", "fill_with"]
    static let name = ["name"]
    static let now = ["now"]
    static let oldNewCount = ["old", "new", "count"]
    static let other = ["other"]
    static let part = ["part"]
    static let place = ["place"]
    static let places = ["places"]
    static let precisionMethod = ["precision", "method"]
    static let reverseCaseSensitiveAttribute = ["reverse", "case_sensitive", "attribute"]
    static let slicesFillWith = ["slices", "fill_with"]
    static let trimUrlLimitNofollowTargetRelExtraSchemes = [
        "trim_url_limit", "nofollow", "target", "rel", "extra_schemes",
    ]
    static let width = ["width"]
    static let widthBreakLongWordsWrapstringBreakOnHyphens = [
        "width", "break_long_words", "wrapstring", "break_on_hyphens",
    ]
    static let widthFirstBlank = ["width", "first", "blank"]
    static let words = ["words"]
}
