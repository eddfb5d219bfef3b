// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/objdetect.hpp>

using namespace rcv;

struct rcv_cascade {
    cv::CascadeClassifier classifier;
};

int rcv_cascade_load(const char *xml, size_t count, rcv_cascade **out, rcv_error *error) {
    return guarded(error, [&] {
        cv::FileStorage storage(std::string(xml, count), cv::FileStorage::READ | cv::FileStorage::MEMORY);
        auto *cascade = new rcv_cascade;
        if (!storage.isOpened() || !cascade->classifier.read(storage.getFirstTopLevelNode())) {
            delete cascade;
            throw Failure(RCV_CORRUPT, "The file is no cascade that OpenCV reads.");
        }
        *out = cascade;
    });
}

void rcv_cascade_free(rcv_cascade *cascade) { delete cascade; }

void rcv_cascade_window(const rcv_cascade *cascade, int32_t *width, int32_t *height) {
    cv::Size size = cascade->classifier.getOriginalWindowSize();
    *width = size.width, *height = size.height;
}

int rcv_cascade_detect(rcv_cascade *cascade, const rcv_image *image, double scale, int32_t neighbors, int32_t min_width,
    int32_t min_height, int32_t max_width, int32_t max_height, rcv_buffer *out, rcv_error *error) {
    return guarded(error, [&] {
        if (image->mat.type() != CV_8UC1) throw Failure(RCV_ARGUMENT, "A cascade looks at a grey picture of 8 bits.");
        std::vector<cv::Rect> boxes;
        std::vector<int> counts;
        cascade->classifier.detectMultiScale(image->mat, boxes, counts, scale, neighbors, 0,
            cv::Size(min_width, min_height), cv::Size(max_width, max_height));
        std::vector<rcv_found> result;
        for (size_t index = 0; index < boxes.size(); index++) {
            const cv::Rect &box = boxes[index];
            int count = index < counts.size() ? counts[index] : 0;
            result.push_back({{box.x, box.y, box.width, box.height}, double(count), count});
        }
        *out = handed(result);
    });
}
