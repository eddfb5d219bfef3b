// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <lcms2.h>
#include <lcms2_plugin.h>
#include <opencv2/imgproc.hpp>

using namespace rcv;

namespace {

/// The most that one thing of a profile may take: a table of a large profile has 2 MB, and a small file can claim half a
/// gigabyte.
const cmsUInt32Number most_memory = 16 << 20;

void *allocate(cmsContext, cmsUInt32Number count) { return count > most_memory ? nullptr : std::malloc(count); }
void release(cmsContext, void *memory) { std::free(memory); }
void *reallocate(cmsContext, void *memory, cmsUInt32Number count) {
    return count > most_memory ? nullptr : std::realloc(memory, count);
}

/// A context of one conversion: silent, and with an end to its memory.
cmsContext bounded_context() {
    cmsPluginMemHandler memory{};
    memory.base.Magic = cmsPluginMagicNumber;
    memory.base.ExpectedVersion = 2060;
    memory.base.Type = cmsPluginMemHandlerSig;
    memory.MallocPtr = allocate;
    memory.FreePtr = release;
    memory.ReallocPtr = reallocate;
    cmsContext context = cmsCreateContext(&memory, nullptr);
    if (context == nullptr) throw std::bad_alloc();
    cmsSetLogErrorHandlerTHR(context, [](cmsContext, cmsUInt32Number, const char *) {});
    return context;
}

/// The code of OpenCV for a step that it makes at once, or -1.
int code(int32_t from, int32_t to) {
    switch (from * 16 + to) {
    case RCV_GRAY * 16 + RCV_BGR: return cv::COLOR_GRAY2BGR;
    case RCV_GRAY * 16 + RCV_RGB: return cv::COLOR_GRAY2BGR;
    case RCV_GRAY * 16 + RCV_BGRA: return cv::COLOR_GRAY2BGRA;
    case RCV_GRAY * 16 + RCV_RGBA: return cv::COLOR_GRAY2BGRA;
    case RCV_BGR * 16 + RCV_GRAY: return cv::COLOR_BGR2GRAY;
    case RCV_BGR * 16 + RCV_BGRA: return cv::COLOR_BGR2BGRA;
    case RCV_BGR * 16 + RCV_RGB: return cv::COLOR_BGR2RGB;
    case RCV_BGR * 16 + RCV_RGBA: return cv::COLOR_BGR2RGBA;
    case RCV_BGR * 16 + RCV_HSV: return cv::COLOR_BGR2HSV;
    case RCV_BGR * 16 + RCV_HLS: return cv::COLOR_BGR2HLS;
    case RCV_BGR * 16 + RCV_LAB: return cv::COLOR_BGR2Lab;
    case RCV_BGR * 16 + RCV_LUV: return cv::COLOR_BGR2Luv;
    case RCV_BGR * 16 + RCV_YCRCB: return cv::COLOR_BGR2YCrCb;
    case RCV_BGR * 16 + RCV_XYZ: return cv::COLOR_BGR2XYZ;
    case RCV_BGR * 16 + RCV_YUV: return cv::COLOR_BGR2YUV;
    case RCV_BGRA * 16 + RCV_GRAY: return cv::COLOR_BGRA2GRAY;
    case RCV_BGRA * 16 + RCV_BGR: return cv::COLOR_BGRA2BGR;
    case RCV_BGRA * 16 + RCV_RGB: return cv::COLOR_BGRA2RGB;
    case RCV_BGRA * 16 + RCV_RGBA: return cv::COLOR_BGRA2RGBA;
    case RCV_RGB * 16 + RCV_GRAY: return cv::COLOR_RGB2GRAY;
    case RCV_RGB * 16 + RCV_BGR: return cv::COLOR_RGB2BGR;
    case RCV_RGB * 16 + RCV_BGRA: return cv::COLOR_RGB2BGRA;
    case RCV_RGB * 16 + RCV_RGBA: return cv::COLOR_RGB2RGBA;
    case RCV_RGBA * 16 + RCV_GRAY: return cv::COLOR_RGBA2GRAY;
    case RCV_RGBA * 16 + RCV_BGR: return cv::COLOR_RGBA2BGR;
    case RCV_RGBA * 16 + RCV_BGRA: return cv::COLOR_RGBA2BGRA;
    case RCV_RGBA * 16 + RCV_RGB: return cv::COLOR_RGBA2RGB;
    case RCV_HSV * 16 + RCV_BGR: return cv::COLOR_HSV2BGR;
    case RCV_HLS * 16 + RCV_BGR: return cv::COLOR_HLS2BGR;
    case RCV_LAB * 16 + RCV_BGR: return cv::COLOR_Lab2BGR;
    case RCV_LUV * 16 + RCV_BGR: return cv::COLOR_Luv2BGR;
    case RCV_YCRCB * 16 + RCV_BGR: return cv::COLOR_YCrCb2BGR;
    case RCV_XYZ * 16 + RCV_BGR: return cv::COLOR_XYZ2BGR;
    case RCV_YUV * 16 + RCV_BGR: return cv::COLOR_YUV2BGR;
    default: return -1;
    }
}

}  // namespace

int rcv_convert_color(const rcv_image *image, int32_t from, int32_t to, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (from == to) return image->mat;
        cv::Mat result;
        int direct = code(from, to);
        if (direct >= 0) {
            cv::cvtColor(image->mat, result, direct);
            return result;
        }
        int first = code(from, RCV_BGR), second = code(RCV_BGR, to);
        if (first < 0 || second < 0) throw Failure(RCV_ARGUMENT, "These colour spaces cannot be converted.");
        cv::Mat between;
        cv::cvtColor(image->mat, between, first);
        cv::cvtColor(between, result, second);
        return result;
    });
}

int rcv_convert_depth(const rcv_image *image, int32_t depth, double scale, double offset, rcv_image **out,
    rcv_error *error) {
    return making(out, error, [&] {
        cv::Mat result;
        image->mat.convertTo(result, depth, scale, offset);
        return result;
    });
}

int rcv_extract_channel(const rcv_image *image, int32_t channel, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (channel < 0 || channel >= image->mat.channels())
            throw Failure(RCV_ARGUMENT, "The picture has no such channel.");
        cv::Mat result;
        cv::extractChannel(image->mat, result, channel);
        return result;
    });
}

int rcv_merge_channels(const rcv_image *const *images, size_t count, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        if (count < 1 || count > 4) throw Failure(RCV_ARGUMENT, "One to four channels make a picture.");
        std::vector<cv::Mat> mats;
        for (size_t index = 0; index < count; index++) mats.push_back(images[index]->mat);
        cv::Mat result;
        cv::merge(mats, result);
        return result;
    });
}

int rcv_flatten(const rcv_image *image, rcv_scalar background, rcv_image **out, rcv_error *error) {
    return making(out, error, [&] {
        const cv::Mat &mat = image->mat;
        if (mat.type() != CV_8UC4) throw Failure(RCV_ARGUMENT, "Only a picture of 8 bits with alpha is flattened.");
        cv::Mat result(mat.rows, mat.cols, CV_8UC3);
        int under[3];
        for (int channel = 0; channel < 3; channel++) under[channel] = cv::saturate_cast<uint8_t>(background.v[channel]);
        for (int y = 0; y < mat.rows; y++) {
            const uint8_t *from = mat.ptr(y);
            uint8_t *to = result.ptr(y);
            for (int x = 0; x < mat.cols; x++, from += 4, to += 3) {
                int alpha = from[3];
                for (int channel = 0; channel < 3; channel++)
                    to[channel] = uint8_t((from[channel] * alpha + under[channel] * (255 - alpha) + 127) / 255);
            }
        }
        return result;
    });
}

cv::Mat rcv::to_srgb(const cv::Mat &image, const uint8_t *profile, size_t count, bool cmyk) {
    cmsContext context = bounded_context();
    cmsHPROFILE from = nullptr, to = nullptr;
    cmsHTRANSFORM transform = nullptr;
    cv::Mat result;
    if (count > 0 && count <= UINT32_MAX) from = cmsOpenProfileFromMemTHR(context, profile, cmsUInt32Number(count));
    if (from != nullptr) {
        char name[128] = "";
        cmsGetProfileInfoASCII(from, cmsInfoDescription, "en", "US", name, sizeof name);
        bool already = !cmyk && std::strstr(name, "sRGB") != nullptr;
        cmsColorSpaceSignature space = cmsGetColorSpace(from);
        cmsUInt32Number input = 0, output = 0;
        int made = 0;
        if (cmyk && space == cmsSigCmykData) {
            input = TYPE_CMYK_8_REV, output = TYPE_BGR_8, made = CV_8UC3;
        } else if (!cmyk && !already && space == cmsSigRgbData) {
            bool deep = image.depth() == CV_16U;
            if (image.channels() == 3) input = output = deep ? TYPE_BGR_16 : TYPE_BGR_8;
            if (image.channels() == 4) input = output = deep ? TYPE_BGRA_16 : TYPE_BGRA_8;
            made = image.type();
        } else if (!cmyk && space == cmsSigGrayData && image.channels() == 1) {
            bool deep = image.depth() == CV_16U;
            input = output = deep ? TYPE_GRAY_16 : TYPE_GRAY_8;
            made = image.type();
        }
        if (input != 0) {
            if (image.channels() == 1) {
                cmsToneCurve *curve = cmsBuildGamma(context, 2.2);
                to = cmsCreateGrayProfileTHR(context, cmsD50_xyY(), curve);
                cmsFreeToneCurve(curve);
            } else {
                to = cmsCreate_sRGBProfileTHR(context);
            }
            cmsUInt32Number flags = image.channels() == 4 && !cmyk ? cmsFLAGS_COPY_ALPHA : 0;
            transform = cmsCreateTransformTHR(context, from, input, to, output, INTENT_PERCEPTUAL, flags);
        }
        if (transform != nullptr) {
            result.create(image.rows, image.cols, made);
            for (int y = 0; y < image.rows; y++)
                cmsDoTransform(transform, image.ptr(y), result.ptr(y), cmsUInt32Number(image.cols));
        }
    }
    if (transform != nullptr) cmsDeleteTransform(transform);
    if (from != nullptr) cmsCloseProfile(from);
    if (to != nullptr) cmsCloseProfile(to);
    cmsDeleteContext(context);
    if (!result.empty()) return result;
    if (!cmyk) return image;
    result.create(image.rows, image.cols, CV_8UC3);
    for (int y = 0; y < image.rows; y++) {
        const uint8_t *ink = image.ptr(y);
        uint8_t *pixel = result.ptr(y);
        // Inverted ink is light: what one ink lets through, times what black lets through.
        for (int x = 0; x < image.cols; x++, ink += 4, pixel += 3) {
            pixel[0] = uint8_t((ink[2] * ink[3] + 127) / 255);
            pixel[1] = uint8_t((ink[1] * ink[3] + 127) / 255);
            pixel[2] = uint8_t((ink[0] * ink[3] + 127) / 255);
        }
    }
    return result;
}
