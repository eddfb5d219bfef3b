// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <iostream>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace rcv;

namespace rcv {
std::vector<uint8_t> encode_gif(const cv::Mat &mat);
rcv_buffer encode_jpeg(const cv::Mat &mat, int quality, bool progressive);
}

namespace {

/// `imdecode` writes what its decoders throw to `std::cerr`, whatever the level of OpenCV's log. This stands in front of
/// the buffer of `std::cerr`, and drops what a thread writes while it decodes; it has no state of its own to share.
class Gate : public std::streambuf {
public:
    static thread_local bool closed;
    explicit Gate(std::streambuf *behind) : behind(behind) {}

protected:
    int overflow(int letter) override {
        if (closed || letter == traits_type::eof()) return traits_type::not_eof(letter);
        return behind->sputc(traits_type::to_char_type(letter));
    }
    std::streamsize xsputn(const char *text, std::streamsize count) override {
        return closed ? count : behind->sputn(text, count);
    }
    int sync() override { return closed ? 0 : behind->pubsync(); }

private:
    std::streambuf *behind;
};

thread_local bool Gate::closed = false;

/// Closes the gate for the calling thread.
struct Silence {
    Silence() {
        // Never freed: whatever writes at the exit of the program still goes through it.
        static Gate *gate = [] {
            auto *made = new Gate(std::cerr.rdbuf());
            std::cerr.rdbuf(made);
            return made;
        }();
        (void)gate;
        Gate::closed = true;
    }
    ~Silence() { Gate::closed = false; }
};

}  // namespace

bool rcv_can_decode_avif(void) {
    try { return cv::haveImageWriter(".avif"); } catch (...) { return false; }
}

int rcv_decode_other(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (count > INT32_MAX) throw Failure(RCV_TOO_LARGE, "The file is larger than 2 GB.");
        cv::Mat file(1, int(count), CV_8U, const_cast<uint8_t *>(bytes));
        cv::Mat mat;
        try {
            Silence silence;
            mat = cv::imdecode(file, cv::IMREAD_UNCHANGED);
        } catch (const cv::Exception &exception) {
            throw Failure(exception.code == cv::Error::StsNoMem ? RCV_MEMORY : RCV_CORRUPT, exception.err);
        }
        if (mat.empty()) throw Failure(RCV_CORRUPT, "The picture is damaged, or is of a kind that this OpenCV does not read.");
        check_size(mat.cols, mat.rows, options.most_pixels);
        if (mat.channels() == 2 || mat.channels() > 4) throw Failure(RCV_UNSUPPORTED, "The picture has an odd number of channels.");
        return mat;
    });
}

int rcv_encode(const rcv_image *image, int32_t format, int32_t quality, bool progressive, rcv_buffer *out,
    rcv_error *error) {
    return guarded(error, [&] {
        std::vector<uint8_t> bytes;
        std::vector<int> settings;
        const char *name = nullptr;
        cv::Mat mat = image->mat;
        switch (format) {
        case RCV_JPEG: *out = encode_jpeg(mat, quality, progressive); return;
        case RCV_PNG: name = ".png"; settings = {cv::IMWRITE_PNG_COMPRESSION, quality}; break;
        case RCV_WEBP: name = ".webp"; settings = {cv::IMWRITE_WEBP_QUALITY, quality}; break;
        case RCV_TIFF: name = ".tiff"; break;
        case RCV_BMP: name = ".bmp"; break;
        case RCV_AVIF: name = ".avif"; break;
        case RCV_GIF:
            bytes = encode_gif(mat);
            *out = handed(std::move(bytes));
            return;
        default: throw Failure(RCV_ARGUMENT, "This format is unknown.");
        }
        if (format == RCV_WEBP && mat.channels() == 1) cv::cvtColor(mat, mat, cv::COLOR_GRAY2BGR);
        if (!cv::imencode(name, mat, bytes, settings)) throw Failure(RCV_ARGUMENT, "OpenCV could not encode this picture.");
        *out = handed(std::move(bytes));
    });
}
