// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "jpegerrors.hpp"
#include "support.hpp"

#include <cstdlib>

using namespace rcv;

namespace rcv { rcv_buffer encode_jpeg(const cv::Mat &mat, int quality, bool progressive); }

namespace {

/// Memory that doubles when it is full. OpenCV's goes through pieces of 4 kB, each of which is copied.
struct Destination {
    jpeg_destination_mgr base;
    uint8_t *memory;
    size_t capacity, count;
};

Destination *of(j_compress_ptr info) { return reinterpret_cast<Destination *>(info->dest); }

void begin(j_compress_ptr info) {
    info->dest->next_output_byte = of(info)->memory;
    info->dest->free_in_buffer = of(info)->capacity;
}

boolean grow(j_compress_ptr info) {
    Destination *to = of(info);
    void *larger = to->capacity > SIZE_MAX / 2 ? nullptr : std::realloc(to->memory, 2 * to->capacity);
    if (larger == nullptr) {
        auto *errors = JPEGErrors::of(reinterpret_cast<j_common_ptr>(info));
        std::snprintf(errors->message, sizeof errors->message, "There is not enough memory.");
        std::longjmp(errors->jump, 1);
    }
    to->memory = static_cast<uint8_t *>(larger);
    to->base.next_output_byte = to->memory + to->capacity;
    to->base.free_in_buffer = to->capacity;
    to->capacity *= 2;
    return TRUE;
}

void end(j_compress_ptr info) { of(info)->count = of(info)->capacity - info->dest->free_in_buffer; }

/// The part that libjpeg may leave by a jump.
bool encode(jpeg_compress_struct &info, JPEGErrors &errors, Destination &to, const cv::Mat &mat, int quality,
    bool progressive) {
    if (setjmp(errors.jump)) return false;
    jpeg_create_compress(&info);
    info.dest = &to.base;
    info.image_width = JDIMENSION(mat.cols);
    info.image_height = JDIMENSION(mat.rows);
    info.input_components = mat.channels();
    info.in_color_space = mat.channels() == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    if (progressive) jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW rows[16];
        unsigned left = info.image_height - info.next_scanline, give = left < 16 ? left : 16;
        for (unsigned row = 0; row < give; row++) rows[row] = const_cast<uint8_t *>(mat.ptr(int(info.next_scanline + row)));
        jpeg_write_scanlines(&info, rows, give);
    }
    jpeg_finish_compress(&info);
    return true;
}

}  // namespace

/// The same bytes as those of `cv::imencode`.
rcv_buffer rcv::encode_jpeg(const cv::Mat &mat, int quality, bool progressive) {
    if (mat.depth() != CV_8U || (mat.channels() != 1 && mat.channels() != 3))
        throw Failure(RCV_ARGUMENT, "A JPEG has one or three channels of 8 bits.");
    jpeg_compress_struct info{};
    JPEGErrors errors{};
    info.err = errors.installed();
    Destination to{};
    to.base.init_destination = begin;
    to.base.empty_output_buffer = grow;
    to.base.term_destination = end;
    // Photographs take a quarter of a byte for each pixel and channel, and drawings and edges up to twice as much.
    to.capacity = mat.total() * size_t(mat.channels()) / 2 + 4096;
    to.memory = static_cast<uint8_t *>(std::malloc(to.capacity));
    if (to.memory == nullptr) throw std::bad_alloc();
    bool finished = encode(info, errors, to, mat, quality, progressive);
    jpeg_destroy_compress(&info);
    if (!finished) {
        std::free(to.memory);
        throw Failure(RCV_ARGUMENT, errors.message);
    }
    return {to.memory, to.count, to.memory, [](void *memory) { std::free(memory); }};
}
