// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Text that means nothing, for pages that have none yet.
enum PlaceholderText {
    private static let words: [String] =
        """
        a ac accumsan ad aenean aliquam aliquet amet ante aptent arcu at auctor augue bibendum blandit class commodo
        condimentum congue consectetuer consequat convallis cras cubilia cum curabitur cursus dapibus diam dictum dis
        dolor donec dui duis egestas eget eleifend elementum elit enim erat eros est et etiam eu euismod facilisis fames
        felis fermentum feugiat fringilla fusce gravida habitant hac hendrerit iaculis id imperdiet in inceptos integer
        interdum ipsum justo lacinia lacus laoreet lectus leo libero ligula lobortis lorem luctus maecenas magna magnis
        malesuada massa mattis mauris metus mi molestie mollis montes morbi mus nam nascetur natoque nec neque netus nibh
        nisi nisl non nonummy nostra nulla nullam nunc odio orci ornare parturient pede pellentesque penatibus pharetra
        phasellus placerat platea porta porttitor posuere potenti praesent pretium primis proin pulvinar purus quam quis
        quisque rhoncus ridiculus risus rutrum sagittis sapien scelerisque sed sem semper senectus sit sociis sodales
        sollicitudin suscipit suspendisse taciti tellus tempor tempus tincidunt torquent tortor tristique turpis ultrices
        ultricies urna ut varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat vulputate
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    static func make(paragraphs: Int, html: Bool, least: Int, most: Int) throws -> TemplateValue {
        guard (0...1000).contains(paragraphs), least >= 1, most > least, most <= 10_000 else {
            throw TemplateError(.argument, "lipsum makes at most 1000 paragraphs of 1 to 10000 words.")
        }
        let texts = (0..<paragraphs).map { _ in paragraph(Int.random(in: least..<most)) }
        guard html else { return .string(texts.joined(separator: "\n\n")) }
        return .markup(SafeHTML(texts.map { "<p>\($0)</p>" }.joined(separator: "\n")))
    }

    private static func paragraph(_ count: Int) -> String {
        var result: [String] = []
        var last = ""
        var sinceComma = 0
        var sinceStop = 0
        var isStart = true
        for index in 0..<count {
            var word = words.randomElement() ?? "lorem"
            while word == last { word = words.randomElement() ?? "ipsum" }
            last = word
            if isStart {
                word = word.prefix(1).uppercased() + word.dropFirst()
                isStart = false
            }
            sinceComma += 1
            sinceStop += 1
            if index == count - 1 {
                word += "."
            } else if sinceStop > Int.random(in: 10...20) {
                word += "."
                (sinceComma, sinceStop, isStart) = (0, 0, true)
            } else if sinceComma > Int.random(in: 3...8) {
                word += ","
                sinceComma = 0
            }
            result.append(word)
        }
        return result.joined(separator: " ")
    }
}
