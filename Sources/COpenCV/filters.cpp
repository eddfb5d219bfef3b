// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace rcv;

int rcv_threshold(const rcv_image *image, double threshold, double maximum, int32_t kind, double *used, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        *used = cv::threshold(image->mat, result, threshold, maximum, kind);
        return result;
    });
}

int rcv_adaptive_threshold(const rcv_image *image, double maximum, bool gaussian, bool inverse, int32_t block,
    double offset, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::adaptiveThreshold(image->mat, result, maximum,
            gaussian ? cv::ADAPTIVE_THRESH_GAUSSIAN_C : cv::ADAPTIVE_THRESH_MEAN_C,
            inverse ? cv::THRESH_BINARY_INV : cv::THRESH_BINARY, block, offset);
        return result;
    });
}

int rcv_in_range(const rcv_image *image, rcv_scalar low, rcv_scalar high, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::inRange(image->mat, scalar(low), scalar(high), result);
        return result;
    });
}

int rcv_box_blur(const rcv_image *image, int32_t width, int32_t height, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::blur(image->mat, result, cv::Size(width, height));
        return result;
    });
}

int rcv_gaussian_blur(const rcv_image *image, int32_t size, double sigma, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::GaussianBlur(image->mat, result, cv::Size(size, size), sigma, sigma);
        return result;
    });
}

int rcv_median_blur(const rcv_image *image, int32_t size, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::medianBlur(image->mat, result, size);
        return result;
    });
}

int rcv_bilateral(const rcv_image *image, int32_t diameter, double sigma_color, double sigma_space, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::bilateralFilter(image->mat, result, diameter, sigma_color, sigma_space);
        return result;
    });
}

int rcv_filter(const rcv_image *image, const float *kernel, int32_t columns, int32_t rows, double offset,
    rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::filter2D(image->mat, result, -1, cv::Mat(rows, columns, CV_32F, const_cast<float *>(kernel)),
            cv::Point(-1, -1), offset);
        return result;
    });
}

int rcv_morphology(const rcv_image *image, int32_t operation, int32_t shape, int32_t width, int32_t height,
    int32_t iterations, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::morphologyEx(image->mat, result, operation, cv::getStructuringElement(shape, cv::Size(width, height)),
            cv::Point(-1, -1), iterations);
        return result;
    });
}

int rcv_combine(const rcv_image *a, const rcv_image *b, int32_t operation, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        switch (operation) {
        case RCV_ABSDIFF: cv::absdiff(a->mat, b->mat, result); break;
        case RCV_ADD: cv::add(a->mat, b->mat, result); break;
        case RCV_SUBTRACT: cv::subtract(a->mat, b->mat, result); break;
        case RCV_MULTIPLY: cv::multiply(a->mat, b->mat, result); break;
        case RCV_MIN: cv::min(a->mat, b->mat, result); break;
        case RCV_MAX: cv::max(a->mat, b->mat, result); break;
        case RCV_AND: cv::bitwise_and(a->mat, b->mat, result); break;
        case RCV_OR: cv::bitwise_or(a->mat, b->mat, result); break;
        case RCV_XOR: cv::bitwise_xor(a->mat, b->mat, result); break;
        default: throw Failure(RCV_ARGUMENT, "This operation is unknown.");
        }
        return result;
    });
}

int rcv_blend(const rcv_image *a, double alpha, const rcv_image *b, double beta, double offset, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::addWeighted(a->mat, alpha, b->mat, beta, offset, result);
        return result;
    });
}

int rcv_invert(const rcv_image *image, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        if (image->mat.depth() == CV_32F) cv::subtract(cv::Scalar::all(1), image->mat, result);
        else cv::bitwise_not(image->mat, result);
        return result;
    });
}

int rcv_choose(const rcv_image *a, const rcv_image *b, const rcv_image *mask, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (a->mat.size() != b->mat.size() || a->mat.type() != b->mat.type() || a->mat.size() != mask->mat.size())
            throw Failure(RCV_ARGUMENT, "Both pictures and the mask have one size, and the pictures one type.");
        cv::Mat result = b->mat.clone();
        a->mat.copyTo(result, mask->mat);
        return result;
    });
}
