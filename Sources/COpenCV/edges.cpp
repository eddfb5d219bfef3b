// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "canny.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace rcv;

int rcv_canny(const rcv_image *image, double low, double high, int32_t aperture, bool l2, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        if (aperture == 3 && !l2 && can_find_edges(image->mat)) return edges(image->mat, low, high);
        cv::Mat result;
        cv::Canny(image->mat, result, low, high, aperture, l2);
        return result;
    });
}

int rcv_sobel(const rcv_image *image, int32_t dx, int32_t dy, int32_t aperture, int32_t depth, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::Sobel(image->mat, result, depth, dx, dy, aperture);
        return result;
    });
}

int rcv_laplacian(const rcv_image *image, int32_t aperture, int32_t depth, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::Laplacian(image->mat, result, depth, aperture);
        return result;
    });
}

int rcv_hough_lines(const rcv_image *image, double rho, double theta, int32_t threshold, rcv_buffer *out,
    rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::Vec2f> lines;
        cv::HoughLines(image->mat, lines, rho, theta, threshold);
        *out = handed(reinterpret_cast<const float *>(lines.data()), lines.size() * 2);
    });
}

int rcv_hough_segments(const rcv_image *image, double rho, double theta, int32_t threshold, double minimum_length,
    double maximum_gap, rcv_buffer *out, rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::Vec4i> lines;
        cv::HoughLinesP(image->mat, lines, rho, theta, threshold, minimum_length, maximum_gap);
        *out = handed(reinterpret_cast<const int32_t *>(lines.data()), lines.size() * 4);
    });
}

int rcv_hough_circles(const rcv_image *image, double resolution, double minimum_distance, double high,
    double accumulator, int32_t minimum_radius, int32_t maximum_radius, rcv_buffer *out, rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::Vec3f> circles;
        cv::HoughCircles(image->mat, circles, cv::HOUGH_GRADIENT, resolution, minimum_distance, high, accumulator,
            minimum_radius, maximum_radius);
        *out = handed(reinterpret_cast<const float *>(circles.data()), circles.size() * 3);
    });
}
