// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/core/utils/logger.hpp>

using namespace rcv;

namespace {

int quiet(int, const char *, const char *, const char *, int, void *) { return 0; }

/// OpenCV's messages reach the caller as values; nothing of them belongs on standard error.
const bool silent = [] {
    cv::redirectError(quiet);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    return true;
}();

int type(int32_t channels, int32_t depth) {
    if (channels < 1 || channels > 4) throw Failure(RCV_ARGUMENT, "A picture has one to four channels.");
    if (depth < 0 || depth > 5) throw Failure(RCV_ARGUMENT, "This depth is unknown.");
    return CV_MAKETYPE(depth, channels);
}

}  // namespace

void rcv_buffer_free(rcv_buffer buffer) {
    if (buffer.drop != nullptr) buffer.drop(buffer.owner);
}

int32_t rcv_opencv_version(void) { return CV_VERSION_MAJOR * 10000 + CV_VERSION_MINOR * 100 + CV_VERSION_REVISION; }

void rcv_set_threads(int32_t threads) {
    try { cv::setNumThreads(threads); } catch (...) {}
}

int rcv_create(int32_t width, int32_t height, int32_t channels, int32_t depth, rcv_scalar fill, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        if (width < 1 || height < 1) throw Failure(RCV_ARGUMENT, "A picture has at least one pixel.");
        return cv::Mat(height, width, type(channels, depth), scalar(fill));
    });
}

int rcv_from_pixels(int32_t width, int32_t height, int32_t channels, int32_t depth, const void *pixels, size_t stride,
    rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (width < 1 || height < 1) throw Failure(RCV_ARGUMENT, "A picture has at least one pixel.");
        return cv::Mat(height, width, type(channels, depth), const_cast<void *>(pixels), stride).clone();
    });
}

int rcv_clone(const rcv_image *image, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] { return image->mat.clone(); });
}

void rcv_release(rcv_image *image) { delete image; }

rcv_info rcv_describe(const rcv_image *image) {
    const cv::Mat &mat = image->mat;
    return {mat.cols, mat.rows, mat.channels(), mat.depth(), mat.step[0], mat.data, mat.isContinuous()};
}

uint8_t *rcv_pixels(rcv_image *image) { return image->mat.data; }
