// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#ifndef RETORT_COPENCV_JPEGERRORS_HPP
#define RETORT_COPENCV_JPEGERRORS_HPP

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <jpeglib.h>

namespace rcv {

/// What libjpeg says while it reads or writes. Its errors come by longjmp: everything between setjmp and the jump is plain
/// data.
struct JPEGErrors {
    jpeg_error_mgr base;
    std::jmp_buf jump;
    char message[JMSG_LENGTH_MAX];
    /// Whether the data ended before the picture did.
    bool truncated;

    /// Takes the place of libjpeg's own, which ends the program.
    jpeg_error_mgr *installed() {
        jpeg_std_error(&base);
        base.error_exit = fail;
        base.emit_message = note;
        base.output_message = [](j_common_ptr) {};
        return &base;
    }

    static JPEGErrors *of(j_common_ptr info) { return reinterpret_cast<JPEGErrors *>(info->err); }

private:
    static void fail(j_common_ptr info) {
        info->err->format_message(info, of(info)->message);
        std::longjmp(of(info)->jump, 1);
    }

    static void note(j_common_ptr info, int level) {
        if (level >= 0) return;
        // JWRN_JPEG_EOF and JWRN_HIT_MARKER.
        char text[JMSG_LENGTH_MAX];
        info->err->format_message(info, text);
        if (std::strstr(text, "Premature end") != nullptr) of(info)->truncated = true;
    }
};

}  // namespace rcv

#endif
