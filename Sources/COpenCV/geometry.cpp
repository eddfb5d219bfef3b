// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace rcv;

namespace {

int interpolation_of(int32_t value) {
    switch (value) {
    case RCV_NEAREST: return cv::INTER_NEAREST;
    case RCV_LINEAR: return cv::INTER_LINEAR;
    case RCV_CUBIC: return cv::INTER_CUBIC;
    case RCV_AREA: return cv::INTER_AREA;
    case RCV_LANCZOS: return cv::INTER_LANCZOS4;
    default: throw Failure(RCV_ARGUMENT, "This interpolation is unknown.");
    }
}

void check_result(int32_t width, int32_t height) {
    if (width < 1 || height < 1 || width > 65535 || height > 65535)
        throw Failure(RCV_ARGUMENT, "The result has 1 to 65,535 pixels a side.");
}

}  // namespace

int rcv_crop(const rcv_image *image, rcv_rect area, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        int64_t right = int64_t(area.x) + area.width, bottom = int64_t(area.y) + area.height;
        if (area.x < 0 || area.y < 0 || area.width < 1 || area.height < 1 || right > image->mat.cols
            || bottom > image->mat.rows)
            throw Failure(RCV_ARGUMENT, "The rectangle is not inside the picture.");
        return image->mat(rect(area));
    });
}

int rcv_resize(const rcv_image *image, int32_t width, int32_t height, int32_t interpolation, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        check_result(width, height);
        cv::Mat result;
        cv::resize(image->mat, result, cv::Size(width, height), 0, 0, interpolation_of(interpolation));
        return result;
    });
}

int rcv_orient(const rcv_image *image, int32_t orientation, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result = image->mat, turned;
        switch (orientation) {
        case 2: cv::flip(image->mat, result = cv::Mat(), 1); break;
        case 3: cv::rotate(image->mat, result = cv::Mat(), cv::ROTATE_180); break;
        case 4: cv::flip(image->mat, result = cv::Mat(), 0); break;
        case 5: cv::transpose(image->mat, result = cv::Mat()); break;
        case 6: cv::rotate(image->mat, result = cv::Mat(), cv::ROTATE_90_CLOCKWISE); break;
        case 7:
            cv::transpose(image->mat, turned);
            cv::rotate(turned, result = cv::Mat(), cv::ROTATE_180);
            break;
        case 8: cv::rotate(image->mat, result = cv::Mat(), cv::ROTATE_90_COUNTERCLOCKWISE); break;
        default: break;
        }
        return result;
    });
}

int rcv_pad(const rcv_image *image, int32_t top, int32_t left, int32_t bottom, int32_t right, int32_t border,
    rcv_scalar color, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (top < 0 || left < 0 || bottom < 0 || right < 0) throw Failure(RCV_ARGUMENT, "A margin is not negative.");
        check_result(image->mat.cols + left + right, image->mat.rows + top + bottom);
        cv::Mat result;
        cv::copyMakeBorder(image->mat, result, top, bottom, left, right, border, scalar(color));
        return result;
    });
}

int rcv_warp_affine(const rcv_image *image, const double *matrix, int32_t width, int32_t height,
    int32_t interpolation, int32_t border, rcv_scalar color, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        check_result(width, height);
        cv::Mat result;
        cv::warpAffine(image->mat, result, cv::Mat(2, 3, CV_64F, const_cast<double *>(matrix)), cv::Size(width, height),
            interpolation_of(interpolation), border, scalar(color));
        return result;
    });
}

int rcv_warp_perspective(const rcv_image *image, const double *matrix, int32_t width, int32_t height,
    int32_t interpolation, int32_t border, rcv_scalar color, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        check_result(width, height);
        cv::Mat result;
        cv::warpPerspective(image->mat, result, cv::Mat(3, 3, CV_64F, const_cast<double *>(matrix)),
            cv::Size(width, height), interpolation_of(interpolation), border, scalar(color));
        return result;
    });
}

int rcv_perspective_matrix(const rcv_point_f *from, const rcv_point_f *to, double *matrix, rcv_error *error) {
    return guarded(error, [&] {
        cv::Point2f source[4], target[4];
        for (int index = 0; index < 4; index++) {
            source[index] = {from[index].x, from[index].y};
            target[index] = {to[index].x, to[index].y};
        }
        cv::Mat found = cv::getPerspectiveTransform(source, target);
        std::memcpy(matrix, found.ptr<double>(), 9 * sizeof(double));
    });
}
