// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/imgproc.hpp>
#include <opencv2/video.hpp>

using namespace rcv;

struct rcv_background {
    cv::Ptr<cv::BackgroundSubtractor> subtractor;
};

int rcv_background_create(bool knn, int32_t history, double threshold, bool shadows, rcv_background **out,
    rcv_error *error) {
    return guarded(error, [&] {
        cv::Ptr<cv::BackgroundSubtractor> made;
        if (knn) made = cv::createBackgroundSubtractorKNN(history, threshold, shadows);
        else made = cv::createBackgroundSubtractorMOG2(history, threshold, shadows);
        *out = new rcv_background{made};
    });
}

void rcv_background_free(rcv_background *background) { delete background; }

int rcv_background_apply(rcv_background *background, const rcv_image *frame, double rate, rcv_image **mask,
    rcv_error *error) {
    return making(mask, error, [&] {
        cv::Mat result;
        background->subtractor->apply(frame->mat, result, rate);
        return result;
    });
}

int rcv_flow_points(const rcv_image *previous, const rcv_image *next, const rcv_point_f *from, size_t count,
    int32_t window, int32_t levels, rcv_point_f *to, uint8_t *found, float *errors, rcv_error *error) {
    return guarded(error, [&] {
        if (count == 0) return;
        std::vector<cv::Point2f> start, end;
        for (size_t index = 0; index < count; index++) start.push_back({from[index].x, from[index].y});
        std::vector<uint8_t> status;
        std::vector<float> differences;
        cv::calcOpticalFlowPyrLK(previous->mat, next->mat, start, end, status, differences, cv::Size(window, window),
            levels);
        for (size_t index = 0; index < count; index++) {
            to[index] = {end[index].x, end[index].y};
            found[index] = status[index];
            errors[index] = differences[index];
        }
    });
}

int rcv_flow_dense(const rcv_image *previous, const rcv_image *next, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::calcOpticalFlowFarneback(previous->mat, next->mat, result, 0.5, 3, 15, 3, 5, 1.2, 0);
        return result;
    });
}

int rcv_good_features(const rcv_image *image, int32_t most, double quality, double distance, rcv_buffer *out,
    rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::Point2f> found;
        cv::goodFeaturesToTrack(image->mat, found, most, quality, distance);
        std::vector<rcv_point_f> result;
        for (const cv::Point2f &one : found) result.push_back({one.x, one.y});
        *out = handed(result);
    });
}
