// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "jpegerrors.hpp"
#include "support.hpp"

#include <cstdlib>

#include <opencv2/imgproc.hpp>

using namespace rcv;

namespace {

/// The most scans of a progressive picture; encoders write about ten. Each is as dear as a picture, however few bytes it has.
const int most_scans = 64;

void refuse_scans(j_common_ptr info) {
    auto *errors = JPEGErrors::of(info);
    std::snprintf(errors->message, sizeof errors->message, "The JPEG has more than %d scans.", most_scans);
    std::longjmp(errors->jump, 1);
}

/// The work is bounded here for whatever counting the scans beforehand has missed.
void progress(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most_scans)
        refuse_scans(info);
}

/// How many scans begin in `bytes`, counted up to one more than is allowed: in the data of a picture a byte of ones stands
/// before a marker only.
int scans_in(const uint8_t *bytes, size_t count) {
    int scans = 0;
    const uint8_t *end = bytes + count;
    while (scans <= most_scans) {
        bytes = static_cast<const uint8_t *>(std::memchr(bytes, 0xFF, size_t(end - bytes)));
        if (bytes == nullptr || ++bytes == end) break;
        if (*bytes == 0xDA) scans++;
    }
    return scans;
}

/// The profile's parts lie in APP2 markers, in any order (ICC.1, annex B.4).
std::vector<uint8_t> profile_of(j_decompress_ptr info) {
    std::vector<std::vector<uint8_t>> parts(256);
    for (jpeg_saved_marker_ptr marker = info->marker_list; marker != nullptr; marker = marker->next) {
        if (marker->marker != JPEG_APP0 + 2 || marker->data_length < 14) continue;
        if (std::memcmp(marker->data, "ICC_PROFILE\0", 12) != 0) continue;
        parts[marker->data[12]].assign(marker->data + 14, marker->data + marker->data_length);
    }
    std::vector<uint8_t> whole;
    for (auto &part : parts) whole.insert(whole.end(), part.begin(), part.end());
    return whole;
}

struct Outcome {
    int code = RCV_OK;
    cv::Mat mat;
    std::vector<uint8_t> profile;
    bool cmyk = false;
};

/// The part that libjpeg may leave by a jump; the matrices that it fills belong to `outcome`, which outlives it.
bool decode(jpeg_decompress_struct &info, JPEGErrors &errors, jpeg_progress_mgr &watch, const uint8_t *bytes, size_t count,
    const rcv_decode_options &options, Outcome &outcome) {
    if (setjmp(errors.jump)) return false;
    jpeg_create_decompress(&info);
    info.progress = &watch;
    jpeg_mem_src(&info, bytes, static_cast<unsigned long>(count));
    jpeg_save_markers(&info, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(&info, TRUE);
    if (int64_t(info.image_width) * int64_t(info.image_height) > options.most_pixels) {
        outcome.code = RCV_TOO_LARGE;
        return true;
    }
    // The scan that the header ends with has been read.
    if (info.progressive_mode && scans_in(info.src->next_input_byte, info.src->bytes_in_buffer) >= most_scans)
        refuse_scans(reinterpret_cast<j_common_ptr>(&info));
    outcome.cmyk = info.num_components == 4;
    info.scale_num = 1;
    info.scale_denom = unsigned(options.reduce);
    bool plain_gray = options.gray && !outcome.cmyk
        && (info.jpeg_color_space == JCS_YCbCr || info.jpeg_color_space == JCS_GRAYSCALE);
    info.out_color_space = outcome.cmyk ? JCS_CMYK : plain_gray || info.num_components == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
    jpeg_start_decompress(&info);
    outcome.mat.create(int(info.output_height), int(info.output_width), CV_8UC(info.output_components));
    while (info.output_scanline < info.output_height) {
        JSAMPROW rows[8];
        unsigned left = info.output_height - info.output_scanline, ask = left < 8 ? left : 8;
        for (unsigned row = 0; row < ask; row++) rows[row] = outcome.mat.ptr(int(info.output_scanline + row));
        jpeg_read_scanlines(&info, rows, ask);
    }
    if (options.srgb) outcome.profile = profile_of(&info);
    // Adobe writes inks inverted and marks it; others write them plain, and are brought into the same form.
    if (outcome.cmyk && !info.saw_Adobe_marker) cv::bitwise_not(outcome.mat, outcome.mat);
    return true;
}

}  // namespace

int rcv_decode_jpeg(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        jpeg_decompress_struct info{};
        JPEGErrors errors{};
        info.err = errors.installed();
        jpeg_progress_mgr watch{};
        watch.progress_monitor = progress;
        Outcome outcome;
        struct Guard {
            jpeg_decompress_struct *info;
            ~Guard() { jpeg_destroy_decompress(info); }
        } guard{&info};
        bool finished = decode(info, errors, watch, bytes, count, options, outcome);
        if (!finished) throw Failure(RCV_CORRUPT, errors.message);
        if (outcome.code == RCV_TOO_LARGE) throw Failure(RCV_TOO_LARGE, "The picture has more pixels than are allowed.");
        if (errors.truncated) throw Failure(RCV_CORRUPT, "The JPEG ends before its picture does.");
        cv::Mat mat = outcome.mat;
        if (outcome.cmyk || !outcome.profile.empty())
            mat = to_srgb(mat, outcome.profile.data(), outcome.profile.size(), outcome.cmyk);
        if (options.gray && mat.channels() == 3) cv::cvtColor(mat, mat, cv::COLOR_BGR2GRAY);
        return mat;
    });
}
