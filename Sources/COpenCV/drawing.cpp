// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace rcv;

int rcv_draw_rectangle(rcv_image *image, rcv_rect area, rcv_scalar color, int32_t thickness, rcv_error *error) {
    return guarded(error, [&] {
        cv::rectangle(image->mat, rect(area), scalar(color), thickness, cv::LINE_8);
    });
}

int rcv_draw_line(rcv_image *image, rcv_point from, rcv_point to, rcv_scalar color, int32_t thickness,
    rcv_error *error) {
    return guarded(error, [&] { cv::line(image->mat, point(from), point(to), scalar(color), thickness, cv::LINE_AA); });
}

int rcv_draw_circle(rcv_image *image, rcv_point center, int32_t radius, rcv_scalar color, int32_t thickness,
    rcv_error *error) {
    return guarded(error, [&] { cv::circle(image->mat, point(center), radius, scalar(color), thickness, cv::LINE_AA); });
}

int rcv_draw_ellipse(rcv_image *image, rcv_point_f center, float width, float height, float angle, rcv_scalar color,
    int32_t thickness, rcv_error *error) {
    return guarded(error, [&] {
        cv::ellipse(image->mat, cv::RotatedRect({center.x, center.y}, {width, height}, angle), scalar(color), thickness,
            cv::LINE_AA);
    });
}

int rcv_draw_polygon(rcv_image *image, const rcv_point *points, size_t count, bool closed, bool filled,
    rcv_scalar color, int32_t thickness, rcv_error *error) {
    return guarded(error, [&] {
        if (count == 0) return;
        const auto *start = reinterpret_cast<const cv::Point *>(points);
        std::vector<std::vector<cv::Point>> shape{{start, start + count}};
        if (filled) cv::fillPoly(image->mat, shape, scalar(color), cv::LINE_AA);
        else cv::polylines(image->mat, shape, closed, scalar(color), thickness, cv::LINE_AA);
    });
}

int rcv_draw_text(rcv_image *image, const char *text, rcv_point baseline, double scale, rcv_scalar color,
    int32_t thickness, rcv_error *error) {
    return guarded(error, [&] {
        cv::putText(image->mat, text, point(baseline), cv::FONT_HERSHEY_SIMPLEX, scale, scalar(color), thickness,
            cv::LINE_AA);
    });
}

void rcv_text_size(const char *text, double scale, int32_t thickness, int32_t *width, int32_t *height,
    int32_t *baseline) {
    try {
        int below = 0;
        cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &below);
        *width = size.width, *height = size.height, *baseline = below;
    } catch (...) {
        *width = *height = *baseline = 0;
    }
}

int rcv_draw_mask(rcv_image *image, const rcv_image *mask, rcv_rect area, rcv_scalar color, double opacity,
    rcv_error *error) {
    return guarded(error, [&] {
        cv::Rect whole(0, 0, image->mat.cols, image->mat.rows), place = rect(area);
        cv::Rect inside = place & whole;
        if (inside.empty()) return;
        if (mask->mat.type() != CV_8UC1 || mask->mat.size() != place.size())
            throw Failure(RCV_ARGUMENT, "A mask has one channel of 8 bits and the size of its place.");
        cv::Mat target = image->mat(inside), part = mask->mat(inside - place.tl());
        cv::Mat colored(target.size(), target.type(), scalar(color)), mixed;
        cv::addWeighted(colored, opacity, target, 1 - opacity, 0, mixed);
        mixed.copyTo(target, part);
    });
}

int rcv_draw_image(rcv_image *image, const rcv_image *other, rcv_point at, rcv_error *error) {
    return guarded(error, [&] {
        if (image->mat.type() != other->mat.type()) throw Failure(RCV_ARGUMENT, "Both pictures have one type.");
        cv::Rect place(at.x, at.y, other->mat.cols, other->mat.rows);
        cv::Rect inside = place & cv::Rect(0, 0, image->mat.cols, image->mat.rows);
        if (inside.empty()) return;
        other->mat(inside - place.tl()).copyTo(image->mat(inside));
    });
}

int rcv_draw_tint(rcv_image *image, rcv_rect area, rcv_scalar color, double opacity, rcv_error *error) {
    return guarded(error, [&] {
        cv::Rect inside = rect(area) & cv::Rect(0, 0, image->mat.cols, image->mat.rows);
        if (inside.empty()) return;
        cv::Mat target = image->mat(inside);
        cv::addWeighted(cv::Mat(target.size(), target.type(), scalar(color)), opacity, target, 1 - opacity, 0, target);
    });
}
