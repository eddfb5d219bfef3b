// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace rcv;

static_assert(sizeof(cv::Point) == sizeof(rcv_point));

namespace {

rcv_contour measure(const std::vector<cv::Point> &points) {
    rcv_contour result{};
    cv::Moments moments = cv::moments(points);
    result.area = cv::contourArea(points);
    result.perimeter = cv::arcLength(points, true);
    cv::Rect bounds = cv::boundingRect(points);
    result.bounds = {bounds.x, bounds.y, bounds.width, bounds.height};
    if (moments.m00 != 0) {
        result.centroid_x = moments.m10 / moments.m00;
        result.centroid_y = moments.m01 / moments.m00;
    } else {
        result.centroid_x = bounds.x + (bounds.width - 1) / 2.0;
        result.centroid_y = bounds.y + (bounds.height - 1) / 2.0;
    }
    cv::HuMoments(moments, result.hu);
    std::vector<cv::Point> hull;
    cv::convexHull(points, hull);
    result.hull_area = cv::contourArea(hull);
    cv::RotatedRect box = cv::minAreaRect(points);
    result.box_x = box.center.x, result.box_y = box.center.y;
    result.box_width = box.size.width, result.box_height = box.size.height, result.box_angle = box.angle;
    cv::Point2f center;
    cv::minEnclosingCircle(points, center, result.circle_radius);
    result.circle_x = center.x, result.circle_y = center.y;
    result.convex = cv::isContourConvex(points);
    return result;
}

std::vector<cv::Point> copied(const rcv_point *points, size_t count) {
    const auto *start = reinterpret_cast<const cv::Point *>(points);
    return {start, start + count};
}

}  // namespace

int rcv_find_contours(const rcv_image *image, int32_t retrieval, bool every_point, size_t most, rcv_buffer *points,
    rcv_buffer *contours, rcv_error *error) {
    return guarded(error, [&] {
        std::vector<std::vector<cv::Point>> found;
        std::vector<cv::Vec4i> hierarchy;
        cv::findContours(image->mat, found, hierarchy, retrieval,
            every_point ? cv::CHAIN_APPROX_NONE : cv::CHAIN_APPROX_SIMPLE);
        if (found.size() > most) throw Failure(RCV_TOO_LARGE, "The picture has more contours than are allowed.");
        std::vector<rcv_point> all;
        std::vector<rcv_contour> measured;
        for (size_t index = 0; index < found.size(); index++) {
            rcv_contour one = measure(found[index]);
            one.start = all.size(), one.count = found[index].size();
            one.next = hierarchy[index][0], one.previous = hierarchy[index][1];
            one.child = hierarchy[index][2], one.parent = hierarchy[index][3];
            measured.push_back(one);
            for (const cv::Point &place : found[index]) all.push_back({place.x, place.y});
        }
        *points = handed(all);
        *contours = handed(measured);
    });
}

int rcv_approximate(const rcv_point *points, size_t count, double epsilon, bool closed, rcv_buffer *out,
    rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::Point> result;
        if (count > 0) cv::approxPolyDP(copied(points, count), result, epsilon, closed);
        *out = handed(reinterpret_cast<const rcv_point *>(result.data()), result.size());
    });
}

int rcv_convex_hull(const rcv_point *points, size_t count, rcv_buffer *out, rcv_error *error) {
    return guarded(error, [&] {
        std::vector<cv::Point> result;
        if (count > 0) cv::convexHull(copied(points, count), result);
        *out = handed(reinterpret_cast<const rcv_point *>(result.data()), result.size());
    });
}

double rcv_point_in_polygon(const rcv_point *points, size_t count, double x, double y) {
    try {
        return count == 0 ? -1 : cv::pointPolygonTest(copied(points, count), cv::Point2f(float(x), float(y)), false);
    } catch (...) {
        return -1;
    }
}

int rcv_components(const rcv_image *image, int32_t connectivity, size_t most, rcv_image **labels, rcv_buffer *out,
    rcv_error *error) {
    return guarded(error, [&] {
        cv::Mat marked, measures, centers;
        int count = cv::connectedComponentsWithStats(image->mat, marked, measures, centers, connectivity, CV_32S);
        if (size_t(count) > most) throw Failure(RCV_TOO_LARGE, "The picture has more components than are allowed.");
        std::vector<rcv_component> result;
        for (int index = 0; index < count; index++) {
            const int32_t *row = measures.ptr<int32_t>(index);
            const double *center = centers.ptr<double>(index);
            result.push_back({{row[0], row[1], row[2], row[3]}, row[4], center[0], center[1]});
        }
        *out = handed(result);
        *labels = new rcv_image{marked};
    });
}
