// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <gif_lib.h>
#include <memory>

using namespace rcv;

namespace {

struct Source {
    const uint8_t *bytes;
    size_t count, position;
};

int read(GifFileType *gif, GifByteType *into, int count) {
    auto *source = static_cast<Source *>(gif->UserData);
    size_t wanted = count < 0 ? 0 : size_t(count), left = source->count - source->position;
    if (wanted > left) wanted = left;
    std::memcpy(into, source->bytes + source->position, wanted);
    source->position += wanted;
    return int(wanted);
}

int write(GifFileType *gif, const GifByteType *bytes, int count) {
    auto *into = static_cast<std::vector<uint8_t> *>(gif->UserData);
    into->insert(into->end(), bytes, bytes + count);
    return count;
}

struct Closer {
    void operator()(GifFileType *gif) const {
        int code;
        DGifCloseFile(gif, &code);
    }
};

Failure refusal(int code) {
    const char *text = GifErrorString(code);
    return Failure(RCV_CORRUPT, text != nullptr ? text : "The GIF is damaged or ends before its picture does.");
}

/// Lays the frame being read over the canvas; an interlaced one has its rows in four passes.
void draw(GifFileType *gif, cv::Mat &canvas, int transparent) {
    const GifImageDesc &frame = gif->Image;
    const ColorMapObject *colors = frame.ColorMap != nullptr ? frame.ColorMap : gif->SColorMap;
    if (colors == nullptr) throw Failure(RCV_CORRUPT, "The GIF has no colours.");
    static const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    std::vector<GifPixelType> row(size_t(frame.Width));
    auto put = [&](int y) {
        if (DGifGetLine(gif, row.data(), frame.Width) == GIF_ERROR) throw refusal(gif->Error);
        if (y + frame.Top >= canvas.rows) return;
        for (int x = 0; x < frame.Width && x + frame.Left < canvas.cols; x++) {
            int index = row[size_t(x)];
            if (index == transparent || index >= colors->ColorCount) continue;
            const GifColorType &color = colors->Colors[index];
            canvas.at<cv::Vec4b>(y + frame.Top, x + frame.Left) = {color.Blue, color.Green, color.Red, 255};
        }
    };
    if (frame.Interlace) {
        for (int pass = 0; pass < 4; pass++)
            for (int y = starts[pass]; y < frame.Height; y += steps[pass]) put(y);
    } else {
        for (int y = 0; y < frame.Height; y++) put(y);
    }
}

}  // namespace

int rcv_decode_gif(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error) {
    return making(out, error, [&]() -> cv::Mat {
        Source source{bytes, count, 0};
        int code = 0;
        std::unique_ptr<GifFileType, Closer> gif(DGifOpen(&source, read, &code));
        if (!gif) throw refusal(code);
        int width = gif->SWidth, height = gif->SHeight;
        check_size(width, height, options.most_pixels);
        cv::Mat canvas, before;
        GraphicsControlBlock control{DISPOSAL_UNSPECIFIED, false, 0, NO_TRANSPARENT_COLOR};
        int32_t index = 0;
        bool opaque = true;
        for (;;) {
            GifRecordType record;
            if (DGifGetRecordType(gif.get(), &record) == GIF_ERROR) throw refusal(gif->Error);
            if (record == TERMINATE_RECORD_TYPE) break;
            if (record == EXTENSION_RECORD_TYPE) {
                int function;
                GifByteType *block;
                if (DGifGetExtension(gif.get(), &function, &block) == GIF_ERROR) throw refusal(gif->Error);
                if (function == GRAPHICS_EXT_FUNC_CODE && block != nullptr && block[0] == 4)
                    DGifExtensionToGCB(4, block + 1, &control);
                while (block != nullptr)
                    if (DGifGetExtensionNext(gif.get(), &block) == GIF_ERROR) throw refusal(gif->Error);
                continue;
            }
            if (record != IMAGE_DESC_RECORD_TYPE) continue;
            if (DGifGetImageDesc(gif.get()) == GIF_ERROR) throw refusal(gif->Error);
            const GifImageDesc &frame = gif->Image;
            if (frame.Width <= 0 || frame.Height <= 0 || frame.Left < 0 || frame.Top < 0)
                throw Failure(RCV_CORRUPT, "A frame of the GIF has no pixels.");
            check_size(frame.Width, frame.Height, options.most_pixels);
            if (canvas.empty()) {
                check_canvas(int64_t(width) * height, int64_t(frame.Width) * frame.Height);
                canvas = cv::Mat(height, width, CV_8UC4, cv::Scalar(0, 0, 0, 0));
            }
            if (control.DisposalMode == DISPOSE_PREVIOUS) before = canvas.clone();
            draw(gif.get(), canvas, control.TransparentColor);
            if (index == options.frame) {
                for (int y = 0; opaque && y < canvas.rows; y++) {
                    const uint8_t *pixel = canvas.ptr(y);
                    for (int x = 0; x < canvas.cols; x++)
                        if (pixel[4 * x + 3] != 255) { opaque = false; break; }
                }
                if (!opaque) return canvas;
                cv::Mat result;
                int pairs[] = {0, 0, 1, 1, 2, 2};
                result.create(canvas.rows, canvas.cols, CV_8UC3);
                cv::mixChannels(&canvas, 1, &result, 1, pairs, 3);
                return result;
            }
            cv::Rect area = cv::Rect(frame.Left, frame.Top, frame.Width, frame.Height) & cv::Rect(0, 0, width, height);
            if (control.DisposalMode == DISPOSE_BACKGROUND) canvas(area).setTo(cv::Scalar(0, 0, 0, 0));
            if (control.DisposalMode == DISPOSE_PREVIOUS && !before.empty()) canvas = before;
            control = {DISPOSAL_UNSPECIFIED, false, 0, NO_TRANSPARENT_COLOR};
            index++;
        }
        throw Failure(index == 0 ? RCV_CORRUPT : RCV_ARGUMENT, "The GIF has no such frame.");
    });
}

namespace rcv {

/// Writes one frame with a palette of six levels of red, seven of green, six of blue, spread by ordered dithering;
/// a grey picture keeps its 256 greys.
std::vector<uint8_t> encode_gif(const cv::Mat &mat) {
    if (mat.depth() != CV_8U) throw Failure(RCV_ARGUMENT, "A GIF holds 8 bits per channel.");
    if (mat.cols > 65535 || mat.rows > 65535) throw Failure(RCV_ARGUMENT, "A GIF has at most 65,535 pixels a side.");
    std::vector<uint8_t> bytes;
    std::vector<GifColorType> colors(256, GifColorType{0, 0, 0});
    bool gray = mat.channels() == 1;
    for (int index = 0; index < 256; index++) {
        if (gray) colors[size_t(index)] = {GifByteType(index), GifByteType(index), GifByteType(index)};
        else if (index < 252)
            colors[size_t(index)] = {GifByteType(index / 42 * 51), GifByteType(index / 6 % 7 * 255 / 6),
                GifByteType(index % 6 * 51)};
    }
    static const int pattern[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
    int code = 0;
    GifFileType *gif = EGifOpen(&bytes, write, &code);
    if (gif == nullptr) throw std::bad_alloc();
    ColorMapObject *map = GifMakeMapObject(256, colors.data());
    bool fine = map != nullptr && EGifPutScreenDesc(gif, mat.cols, mat.rows, 8, 0, map) == GIF_OK;
    if (fine && mat.channels() == 4) {
        GraphicsControlBlock control{DISPOSAL_UNSPECIFIED, false, 0, 255};
        GifByteType block[4];
        EGifGCBToExtension(&control, block);
        fine = EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, 4, block) == GIF_OK;
    }
    fine = fine && EGifPutImageDesc(gif, 0, 0, mat.cols, mat.rows, false, nullptr) == GIF_OK;
    std::vector<GifPixelType> row(size_t(mat.cols));
    auto level = [](int value, int steps, int threshold) {
        int scaled = value * (steps - 1) * 16 + 255 * threshold;
        int found = scaled / (255 * 16);
        return found < steps - 1 ? found : steps - 1;
    };
    for (int y = 0; fine && y < mat.rows; y++) {
        const uint8_t *pixel = mat.ptr(y);
        for (int x = 0; x < mat.cols; x++, pixel += mat.channels()) {
            if (gray) { row[size_t(x)] = pixel[0]; continue; }
            if (mat.channels() == 4 && pixel[3] < 128) { row[size_t(x)] = 255; continue; }
            int threshold = pattern[y & 3][x & 3];
            row[size_t(x)] = GifPixelType(
                level(pixel[2], 6, threshold) * 42 + level(pixel[1], 7, threshold) * 6 + level(pixel[0], 6, threshold));
        }
        fine = EGifPutLine(gif, row.data(), mat.cols) == GIF_OK;
    }
    if (map != nullptr) GifFreeMapObject(map);
    fine = EGifCloseFile(gif, &code) == GIF_OK && fine;
    if (!fine) throw Failure(RCV_ARGUMENT, "The GIF could not be written.");
    return bytes;
}

}  // namespace rcv
