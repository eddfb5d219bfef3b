// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/calib3d.hpp>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

using namespace rcv;

int rcv_orb(const rcv_image *image, const rcv_image *mask, int32_t most, float scale, int32_t levels,
    int32_t fast_threshold, rcv_buffer *keypoints, rcv_image **descriptors, rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::KeyPoint> found;
        cv::Mat described;
        cv::ORB::create(most, scale, levels, 31, 0, 2, cv::ORB::HARRIS_SCORE, 31, fast_threshold)
            ->detectAndCompute(image->mat, mask != nullptr ? mask->mat : cv::Mat(), found, described);
        std::vector<rcv_keypoint> result;
        for (const cv::KeyPoint &one : found)
            result.push_back({one.pt.x, one.pt.y, one.size, one.angle, one.response, one.octave});
        *keypoints = handed(result);
        *descriptors = new rcv_image{described};
    });
}

int rcv_match_features(const rcv_image *query, const rcv_image *train, float ratio, rcv_buffer *out, rcv_error *error) {
    return guarded(error, [&] {
        std::vector<rcv_match> result;
        if (!query->mat.empty() && !train->mat.empty()) {
            if (ratio < 1) {
                std::vector<std::vector<cv::DMatch>> pairs;
                cv::BFMatcher(cv::NORM_HAMMING).knnMatch(query->mat, train->mat, pairs, 2);
                for (const auto &pair : pairs)
                    if (pair.size() == 2 && pair[0].distance < ratio * pair[1].distance)
                        result.push_back({pair[0].queryIdx, pair[0].trainIdx, pair[0].distance});
            } else {
                std::vector<cv::DMatch> matches;
                cv::BFMatcher(cv::NORM_HAMMING, true).match(query->mat, train->mat, matches);
                for (const cv::DMatch &one : matches) result.push_back({one.queryIdx, one.trainIdx, one.distance});
            }
        }
        *out = handed(result);
    });
}

int rcv_homography(const rcv_point_f *from, const rcv_point_f *to, size_t count, double threshold, double *matrix,
    uint8_t *inliers, bool *found, rcv_error *error) {
    return guarded(error, [&] {
        *found = false;
        if (count < 4) return;
        std::vector<cv::Point2f> source, target;
        for (size_t index = 0; index < count; index++) {
            source.push_back({from[index].x, from[index].y});
            target.push_back({to[index].x, to[index].y});
        }
        cv::Mat good;
        cv::Mat result = cv::findHomography(source, target, cv::RANSAC, threshold, good);
        if (result.empty()) return;
        std::memcpy(matrix, result.ptr<double>(), 9 * sizeof(double));
        for (size_t index = 0; index < count; index++) inliers[index] = good.at<uint8_t>(int(index));
        *found = true;
    });
}

int rcv_make_qr_code(const char *text, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::QRCodeEncoder::create()->encode(text, result);
        return result;
    });
}
