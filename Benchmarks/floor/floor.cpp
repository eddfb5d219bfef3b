// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// The rows of pictures in OpenCV alone: what the work costs without any framework around it.
//
//     floor ROW FILE SECONDS
//
// does the row's work again and again, and prints the microseconds of processor time that one time takes.

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/resource.h>

namespace {

double processor_time() {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

double clock_time() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

struct Work {
    std::string row;
    std::vector<uchar> file;
    cv::CascadeClassifier faces{"/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml"};

    /// Bytes of the answer, so that nothing is left out by the compiler.
    size_t once() {
        std::vector<uchar> answer;
        if (row == "canny") {
            cv::Mat image = cv::imdecode(file, cv::IMREAD_GRAYSCALE), edges;
            cv::Canny(image, edges, 100, 200);
            cv::imencode(".jpg", edges, answer, {cv::IMWRITE_JPEG_QUALITY, 90});
            return answer.size();
        }
        if (row == "thumbnail") {
            cv::Mat image = cv::imdecode(file, cv::IMREAD_REDUCED_COLOR_4), small;
            cv::resize(image, small, cv::Size(640, 640 * image.rows / image.cols), 0, 0, cv::INTER_AREA);
            cv::imencode(".jpg", small, answer, {cv::IMWRITE_JPEG_QUALITY, 90});
            return answer.size();
        }
        cv::Mat image = cv::imdecode(file, row == "detect" ? cv::IMREAD_GRAYSCALE : cv::IMREAD_REDUCED_GRAYSCALE_4);
        if (row != "detect") cv::resize(image, image, cv::Size(640, 640 * image.rows / image.cols), 0, 0, cv::INTER_AREA);
        std::vector<cv::Rect> boxes;
        faces.detectMultiScale(image, boxes, 1.1, 5, 0, cv::Size(25, 25));
        return boxes.size();
    }
};

}  // namespace

int main(int count, char **arguments) {
    if (count != 4) {
        std::fprintf(stderr, "usage: floor canny|detect|detect-small|thumbnail FILE SECONDS\n");
        return 64;
    }
    cv::setNumThreads(1);
    Work work;
    work.row = arguments[1];
    std::ifstream file(arguments[2], std::ios::binary);
    work.file.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    size_t sum = work.once();
    double until = clock_time() + std::atof(arguments[3]), before = processor_time();
    int times = 0;
    for (; times == 0 || clock_time() < until; times++) sum += work.once();
    double spent = processor_time() - before;
    std::printf("%.1f us, %d times, %zu\n", spent / times, times, sum);
    return sum == 0;
}
