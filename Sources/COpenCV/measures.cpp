// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace rcv;

int rcv_mean_deviation(const rcv_image *image, rcv_scalar *mean, rcv_scalar *deviation, rcv_error *error) {
    return guarded(error, [&] {
        cv::Scalar average, spread;
        cv::meanStdDev(image->mat, average, spread);
        for (int index = 0; index < 4; index++) mean->v[index] = average[index], deviation->v[index] = spread[index];
    });
}

int rcv_extremes(const rcv_image *image, double *minimum, double *maximum, rcv_point *minimum_at, rcv_point *maximum_at,
    rcv_error *error) {
    return guarded(error, [&] {
        cv::Point low, high;
        cv::minMaxLoc(image->mat, minimum, maximum, &low, &high);
        *minimum_at = {low.x, low.y};
        *maximum_at = {high.x, high.y};
    });
}

int rcv_count_nonzero(const rcv_image *image, int64_t *out, rcv_error *error) {
    return guarded(error, [&] { *out = cv::countNonZero(image->mat); });
}

int rcv_histogram(const rcv_image *image, int32_t channel, const rcv_image *mask, int32_t bins, float low, float high,
    rcv_buffer *out, rcv_error *error) {
    return guarded(error, [&] {
        if (channel < 0 || channel >= image->mat.channels())
            throw Failure(RCV_ARGUMENT, "The picture has no such channel.");
        if (bins < 1 || bins > 65536) throw Failure(RCV_ARGUMENT, "A histogram has 1 to 65,536 bins.");
        int channels[] = {channel}, sizes[] = {bins};
        float range[] = {low, high};
        const float *ranges[] = {range};
        cv::Mat result;
        cv::calcHist(&image->mat, 1, channels, mask != nullptr ? mask->mat : cv::Mat(), result, 1, sizes, ranges);
        *out = handed(result.ptr<float>(), size_t(bins));
    });
}

int rcv_compare_histograms(const float *a, const float *b, size_t count, int32_t method, double *out, rcv_error *error) {
    return guarded(error, [&] {
        cv::Mat first(int(count), 1, CV_32F, const_cast<float *>(a)), second(int(count), 1, CV_32F, const_cast<float *>(b));
        *out = cv::compareHist(first, second, method);
    });
}

int rcv_equalize(const rcv_image *image, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::equalizeHist(image->mat, result);
        return result;
    });
}

int rcv_clahe(const rcv_image *image, double clip, int32_t columns, int32_t rows, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        cv::createCLAHE(clip, cv::Size(columns, rows))->apply(image->mat, result);
        return result;
    });
}

int rcv_match_template(const rcv_image *image, const rcv_image *pattern, int32_t method, const rcv_image *mask,
    rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (pattern->mat.cols > image->mat.cols || pattern->mat.rows > image->mat.rows)
            throw Failure(RCV_ARGUMENT, "The pattern is larger than the picture.");
        cv::Mat result;
        cv::matchTemplate(image->mat, pattern->mat, result, method, mask != nullptr ? mask->mat : cv::Mat());
        return result;
    });
}

int rcv_perceptual_hash(const rcv_image *image, uint64_t *out, rcv_error *error) {
    return guarded(error, [&] {
        cv::Mat small, real, waves;
        cv::resize(image->mat, small, cv::Size(32, 32), 0, 0, cv::INTER_AREA);
        small.convertTo(real, CV_32F);
        cv::dct(real, waves);
        // The 8 × 8 lowest frequencies; the very first is the brightness, which the mean leaves out.
        cv::Mat corner = waves(cv::Rect(0, 0, 8, 8)).clone();
        double mean = (cv::sum(corner)[0] - corner.at<float>(0, 0)) / 63;
        uint64_t bits = 0;
        for (int index = 0; index < 64; index++)
            if (index > 0 && corner.at<float>(index / 8, index % 8) > mean) bits |= uint64_t(1) << (63 - index);
        *out = bits;
    });
}

int rcv_dominant_colors(const rcv_image *image, int32_t count, float *centers, float *shares, rcv_error *error) {
    return guarded(error, [&] {
        if (count < 1 || count > 64) throw Failure(RCV_ARGUMENT, "1 to 64 colours can be asked for.");
        cv::Mat small = image->mat;
        double scale = std::sqrt(10000.0 / (double(small.cols) * small.rows));
        if (scale < 1) {
            cv::Size size(std::max(1, int(small.cols * scale)), std::max(1, int(small.rows * scale)));
            small = cv::Mat();
            cv::resize(image->mat, small, size, 0, 0, cv::INTER_AREA);
        }
        cv::Mat samples, labels, found;
        small.convertTo(samples, CV_32F);
        samples = samples.reshape(1, small.rows * small.cols);
        int clusters = std::min(count, samples.rows);
        cv::theRNG().state = 0x5EED;
        cv::kmeans(samples, clusters, labels, cv::TermCriteria(cv::TermCriteria::EPS + cv::TermCriteria::COUNT, 30, 0.5), 3,
            cv::KMEANS_PP_CENTERS, found);
        std::vector<int> counts(size_t(count), 0);
        for (int row = 0; row < labels.rows; row++) counts[size_t(labels.at<int>(row))]++;
        int channels = samples.cols;
        for (int index = 0; index < count; index++) {
            bool there = index < clusters;
            shares[index] = there ? float(counts[size_t(index)]) / float(labels.rows) : 0;
            for (int channel = 0; channel < channels; channel++)
                centers[index * channels + channel] = there ? found.at<float>(index, channel) : 0;
        }
    });
}
