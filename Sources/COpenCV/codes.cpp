// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <memory>
#include <zbar.h>

using namespace rcv;
using namespace zbar;

namespace {

int32_t kind_of(zbar_symbol_type_t type) {
    switch (type) {
    case ZBAR_QRCODE: return RCV_CODE_QR;
    case ZBAR_EAN13: return RCV_CODE_EAN13;
    case ZBAR_EAN8: return RCV_CODE_EAN8;
    case ZBAR_UPCA: return RCV_CODE_UPCA;
    case ZBAR_UPCE: return RCV_CODE_UPCE;
    case ZBAR_CODE128: return RCV_CODE_CODE128;
    case ZBAR_CODE93: return RCV_CODE_CODE93;
    case ZBAR_CODE39: return RCV_CODE_CODE39;
    case ZBAR_I25: return RCV_CODE_I25;
    case ZBAR_CODABAR: return RCV_CODE_CODABAR;
    case ZBAR_DATABAR: return RCV_CODE_DATABAR;
    default: return RCV_CODE_OTHER;
    }
}

}  // namespace

int rcv_read_codes(const rcv_image *image, rcv_buffer *codes, rcv_buffer *text, rcv_error *error) {
    return guarded(error, [&] {
        cv::Mat mat = image->mat.isContinuous() ? image->mat : image->mat.clone();
        if (mat.type() != CV_8UC1) throw Failure(RCV_ARGUMENT, "Codes are looked for in a grey picture of 8 bits.");
        std::unique_ptr<zbar_image_scanner_t, decltype(&zbar_image_scanner_destroy)> scanner(
            zbar_image_scanner_create(), zbar_image_scanner_destroy);
        std::unique_ptr<zbar_image_t, decltype(&zbar_image_destroy)> picture(zbar_image_create(), zbar_image_destroy);
        if (!scanner || !picture) throw std::bad_alloc();
        // The bytes as they are: the library's guess at the character set takes UTF-8 for Big5.
        zbar_image_scanner_set_config(scanner.get(), ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
        zbar_image_set_format(picture.get(), zbar_fourcc('Y', '8', '0', '0'));
        zbar_image_set_size(picture.get(), unsigned(mat.cols), unsigned(mat.rows));
        zbar_image_set_data(picture.get(), mat.data, mat.total(), nullptr);
        if (zbar_scan_image(scanner.get(), picture.get()) < 0) throw Failure(RCV_ARGUMENT, "The picture could not be searched.");
        std::vector<rcv_code> result;
        std::string all;
        for (const zbar_symbol_t *one = zbar_image_first_symbol(picture.get()); one != nullptr; one = zbar_symbol_next(one)) {
            zbar_symbol_type_t type = zbar_symbol_get_type(one);
            unsigned count = zbar_symbol_get_loc_size(one);
            if (type <= ZBAR_PARTIAL || count == 0) continue;
            rcv_code code{};
            code.kind = kind_of(type);
            float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
            for (unsigned index = 0; index < count; index++) {
                float x = float(zbar_symbol_get_loc_x(one, index)), y = float(zbar_symbol_get_loc_y(one, index));
                left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
                if (count == 4) code.corners[index] = {x, y};
            }
            // A bar code's places are those of its scan lines; the box around them is what can be shown.
            if (count != 4) {
                code.corners[0] = {left, top}, code.corners[1] = {right, top};
                code.corners[2] = {right, bottom}, code.corners[3] = {left, bottom};
            }
            code.start = all.size(), code.count = zbar_symbol_get_data_length(one);
            all.append(zbar_symbol_get_data(one), zbar_symbol_get_data_length(one));
            result.push_back(code);
        }
        *codes = handed(result);
        *text = handed(all.data(), all.size());
    });
}
