// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include <zlib.h>

// The two initialisers are macros that pass the library's version and the size of z_stream, which Swift cannot call.
static inline int retort_inflate_init(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }
static inline int retort_deflate_init(z_stream *stream, int level, int window_bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}
