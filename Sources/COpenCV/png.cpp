// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <csetjmp>
#include <cstddef>
#include <png.h>

#include <opencv2/imgproc.hpp>

using namespace rcv;

namespace {

struct Source {
    const uint8_t *bytes;
    size_t count, position;
};

struct Errors {
    std::jmp_buf jump;
    char message[160];
};

[[noreturn]] void fail(png_structp png, png_const_charp message) {
    auto *errors = static_cast<Errors *>(png_get_error_ptr(png));
    std::snprintf(errors->message, sizeof errors->message, "%s", message);
    std::longjmp(errors->jump, 1);
}

void hush(png_structp, png_const_charp) {}

void read(png_structp png, png_bytep into, size_t count) {
    auto *source = static_cast<Source *>(png_get_io_ptr(png));
    if (count > source->count - source->position) png_error(png, "The PNG ends before its picture does.");
    std::memcpy(into, source->bytes + source->position, count);
    source->position += count;
}

/// What libpng may have at once beside the pixels: a few rows, one profile, and zlib's window.
const size_t most_memory = 24 << 20;

/// libpng's memory, with an end: what a compressed chunk claims to hold is claimed by a stranger.
png_voidp allocate(png_structp png, png_alloc_size_t count) {
    auto *used = static_cast<size_t *>(png_get_mem_ptr(png));
    if (count > most_memory || *used > most_memory - count) return nullptr;
    auto *block = static_cast<std::max_align_t *>(std::malloc(sizeof(std::max_align_t) + count));
    if (block == nullptr) return nullptr;
    std::memcpy(block, &count, sizeof count);
    *used += count;
    return block + 1;
}

void release(png_structp png, png_voidp memory) {
    if (memory == nullptr) return;
    auto *block = static_cast<std::max_align_t *>(memory) - 1;
    png_alloc_size_t count;
    std::memcpy(&count, block, sizeof count);
    *static_cast<size_t *>(png_get_mem_ptr(png)) -= count;
    std::free(block);
}

/// Chunks that say nothing about the pixels. They are not even unpacked.
const png_byte skipped[] = "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";

struct Outcome {
    int code = RCV_OK;
    cv::Mat mat;
    std::vector<uint8_t> profile;
    std::vector<png_bytep> rows;
};

/// The part that libpng may leave by a jump; what it fills belongs to `outcome`, which outlives it.
bool decode(png_structp png, png_infop info, Errors &errors, const rcv_decode_options &options, Outcome &outcome) {
    if (setjmp(errors.jump)) return false;
    png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_chunk_cache_max(png, 128);
    png_set_chunk_malloc_max(png, 8 << 20);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, skipped, int(sizeof skipped / 5));
    // A wrong checksum in a chunk that is not needed for the pixels does not spoil them.
    png_set_crc_action(png, PNG_CRC_DEFAULT, PNG_CRC_WARN_DISCARD);
    png_read_info(png, info);
    png_uint_32 width = png_get_image_width(png, info), height = png_get_image_height(png, info);
    if (int64_t(width) * int64_t(height) > options.most_pixels) {
        outcome.code = RCV_TOO_LARGE;
        return true;
    }
    int color = png_get_color_type(png, info), bits = png_get_bit_depth(png, info);
    png_charp name = nullptr;
    int compression = 0;
    png_bytep profile = nullptr;
    png_uint_32 length = 0;
    if (options.srgb && png_get_iCCP(png, info, &name, &compression, &profile, &length) != 0)
        outcome.profile.assign(profile, profile + length);
    bool transparent = (color & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    png_set_expand(png);
    if (bits == 16) {
        if (options.deep) png_set_swap(png); else png_set_scale_16(png);
    }
    if (transparent) {
        if ((color & PNG_COLOR_MASK_COLOR) == 0) png_set_gray_to_rgb(png);
        png_set_bgr(png);
    } else if ((color & PNG_COLOR_MASK_COLOR) != 0) {
        png_set_bgr(png);
    }
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    int depth = bits == 16 && options.deep ? CV_16U : CV_8U;
    outcome.mat.create(int(height), int(width), CV_MAKETYPE(depth, png_get_channels(png, info)));
    if (png_get_rowbytes(png, info) > outcome.mat.step[0]) png_error(png, "The rows have an unexpected size.");
    outcome.rows.resize(height);
    for (png_uint_32 row = 0; row < height; row++) outcome.rows[row] = outcome.mat.ptr(int(row));
    png_read_image(png, outcome.rows.data());
    return true;
}

}  // namespace

int rcv_decode_png(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        Errors errors{};
        Source source{bytes, count, 0};
        Outcome outcome;
        size_t memory = 0;
        png_structp png = png_create_read_struct_2(
            PNG_LIBPNG_VER_STRING, &errors, fail, hush, &memory, allocate, release);
        if (png == nullptr) throw std::bad_alloc();
        png_infop info = png_create_info_struct(png);
        if (info == nullptr) {
            png_destroy_read_struct(&png, nullptr, nullptr);
            throw std::bad_alloc();
        }
        struct Guard {
            png_structp *png;
            png_infop *info;
            ~Guard() { png_destroy_read_struct(png, info, nullptr); }
        } guard{&png, &info};
        png_set_read_fn(png, &source, read);
        bool finished = decode(png, info, errors, options, outcome);
        if (!finished) throw Failure(RCV_CORRUPT, errors.message);
        if (outcome.code == RCV_TOO_LARGE) throw Failure(RCV_TOO_LARGE, "The picture has more pixels than are allowed.");
        cv::Mat mat = outcome.mat;
        if (!outcome.profile.empty()) mat = to_srgb(mat, outcome.profile.data(), outcome.profile.size(), false);
        return mat;
    });
}
