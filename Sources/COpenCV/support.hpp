// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#ifndef RETORT_COPENCV_SUPPORT_HPP
#define RETORT_COPENCV_SUPPORT_HPP

#include "include/COpenCV.h"

#include <opencv2/core.hpp>

#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <vector>

struct rcv_image {
    cv::Mat mat;
};

namespace rcv {

/// A refusal with the code that the caller gets.
struct Failure : std::runtime_error {
    int code;
    Failure(int code, const std::string &message) : std::runtime_error(message), code(code) {}
};

inline void say(rcv_error *error, const char *message) {
    std::snprintf(error->message, sizeof error->message, "%s", message);
}

/// Runs `body` and turns whatever it throws into a code and a sentence.
template <typename Body> int guarded(rcv_error *error, Body body) noexcept {
    try {
        body();
        return RCV_OK;
    } catch (const Failure &failure) {
        say(error, failure.what());
        return failure.code;
    } catch (const cv::Exception &exception) {
        say(error, exception.err.c_str());
        return exception.code == cv::Error::StsNoMem ? RCV_MEMORY : RCV_ARGUMENT;
    } catch (const std::bad_alloc &) {
        say(error, "There is not enough memory for this picture.");
        return RCV_MEMORY;
    } catch (const std::exception &exception) {
        say(error, exception.what());
        return RCV_ARGUMENT;
    } catch (...) {
        say(error, "An unknown exception.");
        return RCV_ARGUMENT;
    }
}

/// As `guarded`, for a body that returns a matrix.
template <typename Body> int making(rcv_image **out, rcv_error *error, Body body) noexcept {
    return guarded(error, [&] { *out = new rcv_image{body()}; });
}

/// Hands elements over; those of a vector that is moved in are not copied.
template <typename Element> rcv_buffer handed(std::vector<Element> elements) {
    if (elements.empty()) return {};
    auto *owner = new std::vector<Element>(std::move(elements));
    return {owner->data(), owner->size(), owner, [](void *vector) { delete static_cast<std::vector<Element> *>(vector); }};
}

template <typename Element> rcv_buffer handed(const Element *elements, size_t count) {
    return handed(std::vector<Element>(elements, elements + count));
}

inline cv::Scalar scalar(rcv_scalar value) { return {value.v[0], value.v[1], value.v[2], value.v[3]}; }
inline cv::Rect rect(rcv_rect value) { return {value.x, value.y, value.width, value.height}; }
inline cv::Point point(rcv_point value) { return {value.x, value.y}; }

/// Converts `image` from the profile in `profile` to sRGB; leaves it when the profile is unusable or is sRGB already.
/// `cmyk` pictures have four channels, inverted as Adobe writes them, and become BGR; without a profile they are
/// converted by the plain formula.
cv::Mat to_srgb(const cv::Mat &image, const uint8_t *profile, size_t count, bool cmyk);

/// Throws when a frame would have more pixels than allowed.
inline void check_size(int64_t width, int64_t height, int64_t most) {
    if (width <= 0 || height <= 0) throw Failure(RCV_CORRUPT, "The picture has no pixels.");
    if (width > most / height) throw Failure(RCV_TOO_LARGE, "The picture has more pixels than are allowed.");
}

/// Throws when a large canvas has a tiny first frame: the few bytes of such a file would take hundreds of megabytes.
inline void check_canvas(int64_t canvas, int64_t frame) {
    if (canvas > 4'000'000 && frame < canvas / 16)
        throw Failure(RCV_CORRUPT, "The first frame covers less than a sixteenth of the picture.");
}

}  // namespace rcv

#endif
