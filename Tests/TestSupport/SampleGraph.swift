// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// Models of TensorFlow that a test writes itself: a few nodes, so that it is known what each answers.
///
/// Source: the messages `GraphDef`, `NodeDef`, `AttrValue`, `TensorProto`, `SavedModel` and `MetaGraphDef` of TensorFlow.
package enum SampleGraph {
    /// `y = x · factor`, for rows of four numbers; as a frozen graph.
    package static func scaling(by factor: Float) -> [UInt8] {
        Message {
            $0.node("x", "Placeholder", [], ["dtype": .float, "shape": .shape([-1, 4])])
            $0.node("factor", "Const", [], ["dtype": .float, "value": .filled([], factor)])
            $0.node("product", "Mul", ["x", "factor"], ["T": .float])
            $0.node("y", "Identity", ["product"], ["T": .float])
        }.bytes
    }

    /// The same with a signature, as a `saved_model.pb`.
    package static func savedModel(scalingBy factor: Float) -> [UInt8] {
        func port(_ name: String) -> Message {
            Message {
                $0.add(1, "\(name):0")
                $0.add(2, 1)
                $0.add(3, Message.shape([-1, 4]))
            }
        }
        let signature = Message {
            $0.add(1, entry: "x", port("x"))
            $0.add(2, entry: "y", port("y"))
            $0.add(3, "tensorflow/serving/predict")
        }
        let graph = Message {
            $0.add(1, Message { $0.add(4, "serve") })
            $0.add(2, Message(bytes: scaling(by: factor)))
            $0.add(5, entry: "serving_default", signature)
        }
        return Message {
            $0.add(1, 1)
            $0.add(2, graph)
        }.bytes
    }

    /// Layers that each multiply a row of equal numbers by a factor, with `width` · `width` weights.
    ///
    /// The file is small; the model has its weights in memory, once for all layers or once for each, and many layers keep
    /// a core busy for a while.
    package static func tower(width: Int, layers: Int, factor: Float, sharingWeights: Bool = false) -> [UInt8] {
        Message {
            $0.node("x", "Placeholder", [], ["dtype": .float, "shape": .shape([-1, width])])
            var last = "x"
            for layer in 0..<layers {
                let weights = sharingWeights ? "w0" : "w\(layer)"
                if layer == 0 || !sharingWeights {
                    $0.node(
                        weights, "Const", [],
                        ["dtype": .float, "value": .filled([width, width], factor / Float(width))])
                }
                $0.node("m\(layer)", "MatMul", [last, weights], ["T": .float])
                last = "m\(layer)"
            }
            $0.node("y", "Identity", [last], ["T": .float])
        }.bytes
    }

    /// The value of an attribute.
    enum Value {
        case float
        case shape([Int])
        case filled([Int], Float)

        var message: Message {
            Message { message in
                switch self {
                case .float: message.add(6, 1)
                case .shape(let lengths): message.add(7, Message.shape(lengths))
                case .filled(let lengths, let number):
                    message.add(
                        8,
                        Message {
                            $0.add(1, 1)
                            $0.add(2, Message.shape(lengths))
                            // One number stands for all.
                            $0.add(5, Message(bytes: withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }))
                        })
                }
            }
        }
    }

    /// A message of Protocol Buffers.
    struct Message {
        var bytes: [UInt8] = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        init(_ build: (inout Message) -> Void) { build(&self) }

        private mutating func add(number: UInt64) {
            var rest = number
            while rest > 127 {
                bytes.append(UInt8(rest & 127) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }

        mutating func add(_ field: UInt64, _ number: Int) {
            add(number: field << 3)
            add(number: UInt64(bitPattern: Int64(number)))
        }

        mutating func add(_ field: UInt64, _ message: Message) {
            add(number: field << 3 | 2)
            add(number: UInt64(message.bytes.count))
            bytes += message.bytes
        }

        mutating func add(_ field: UInt64, _ text: String) { add(field, Message(bytes: Array(text.utf8))) }

        mutating func add(_ field: UInt64, entry key: String, _ value: Message) {
            add(
                field,
                Message {
                    $0.add(1, key)
                    $0.add(2, value)
                })
        }

        mutating func node(_ name: String, _ operation: String, _ inputs: [String], _ attributes: [String: Value]) {
            add(
                1,
                Message {
                    $0.add(1, name)
                    $0.add(2, operation)
                    for input in inputs { $0.add(3, input) }
                    for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
                        $0.add(5, entry: key, value.message)
                    }
                })
        }

        static func shape(_ lengths: [Int]) -> Message {
            Message { for length in lengths { $0.add(2, Message { $0.add(1, length) }) } }
        }
    }
}
