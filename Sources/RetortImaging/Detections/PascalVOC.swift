// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

extension Detections {
    /// The detections as an annotation of Pascal VOC (XML), with edges in whole pixels counted from 1.
    ///
    /// Source: the PASCAL Visual Object Classes development kit.
    ///
    /// - Parameters:
    ///   - fileName: The name of the picture's file.
    ///   - channels: How many channels the picture has.
    /// - Returns: The document.
    public func pascalVOC(fileName: String = "image.jpg", channels: Int = 3) -> String {
        var text = """
            <annotation>
              <filename>\(escaped(fileName))</filename>
              <size>
                <width>\(imageSize.width)</width>
                <height>\(imageSize.height)</height>
                <depth>\(channels)</depth>
              </size>
              <segmented>\(items.contains { $0.mask != nil } ? 1 : 0)</segmented>

            """
        for item in items {
            let box = item.box.rounded
            let isCut =
                box.left <= 0 || box.top <= 0 || box.right >= Double(imageSize.width)
                || box.bottom >= Double(imageSize.height)
            text += """
                  <object>
                    <name>\(escaped(item.label ?? "object"))</name>
                    <pose>Unspecified</pose>
                    <truncated>\(isCut ? 1 : 0)</truncated>
                    <difficult>0</difficult>
                    <bndbox>
                      <xmin>\(Int32(bounded: box.left) + 1)</xmin>
                      <ymin>\(Int32(bounded: box.top) + 1)</ymin>
                      <xmax>\(Int32(bounded: box.right))</xmax>
                      <ymax>\(Int32(bounded: box.bottom))</ymax>
                    </bndbox>
                  </object>

                """
        }
        return text + "</annotation>\n"
    }
}

private func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.append(character)
        }
    }
}
