// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "support.hpp"

#include <memory>
#include <webp/decode.h>
#include <webp/demux.h>

using namespace rcv;

int rcv_decode_webp(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error) {
    return making(out, error, [&]() -> cv::Mat {
        WebPBitstreamFeatures features;
        if (WebPGetFeatures(bytes, count, &features) != VP8_STATUS_OK)
            throw Failure(RCV_CORRUPT, "The WebP's header cannot be read.");
        check_size(features.width, features.height, options.most_pixels);
        WebPData data{bytes, count};
        std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)> demuxer(WebPDemux(&data), WebPDemuxDelete);
        cv::Mat mat;
        if (features.has_animation) {
            WebPIterator first;
            if (!demuxer || !WebPDemuxGetFrame(demuxer.get(), 1, &first))
                throw Failure(RCV_CORRUPT, "The animated WebP has no frame.");
            int64_t covered = int64_t(first.width) * first.height;
            WebPDemuxReleaseIterator(&first);
            check_canvas(int64_t(features.width) * features.height, covered);
            WebPAnimDecoderOptions settings;
            if (!WebPAnimDecoderOptionsInit(&settings)) throw Failure(RCV_UNSUPPORTED, "This libwebp is of another version.");
            settings.color_mode = MODE_BGRA;
            std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
                WebPAnimDecoderNew(&data, &settings), WebPAnimDecoderDelete);
            if (!decoder) throw Failure(RCV_CORRUPT, "The animated WebP cannot be read.");
            uint8_t *pixels = nullptr;
            int time = 0;
            for (int32_t frame = 0; frame <= options.frame; frame++)
                if (!WebPAnimDecoderHasMoreFrames(decoder.get()) || !WebPAnimDecoderGetNext(decoder.get(), &pixels, &time))
                    throw Failure(frame == 0 ? RCV_CORRUPT : RCV_ARGUMENT, "The WebP has no such frame.");
            mat = cv::Mat(features.height, features.width, CV_8UC4, pixels).clone();
        } else {
            if (options.frame != 0) throw Failure(RCV_ARGUMENT, "The WebP has one frame.");
            mat.create(features.height, features.width, features.has_alpha ? CV_8UC4 : CV_8UC3);
            size_t size = mat.step[0] * size_t(mat.rows);
            uint8_t *done = features.has_alpha ? WebPDecodeBGRAInto(bytes, count, mat.data, size, int(mat.step[0]))
                                               : WebPDecodeBGRInto(bytes, count, mat.data, size, int(mat.step[0]));
            if (done == nullptr) throw Failure(RCV_CORRUPT, "The WebP is damaged or ends before its picture does.");
        }
        WebPChunkIterator chunk;
        if (options.srgb && demuxer && WebPDemuxGetChunk(demuxer.get(), "ICCP", 1, &chunk)) {
            mat = to_srgb(mat, chunk.chunk.bytes, chunk.chunk.size, false);
            WebPDemuxReleaseChunkIterator(&chunk);
        }
        return mat;
    });
}
