// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#ifndef RETORT_COPENCV_CANNY_HPP
#define RETORT_COPENCV_CANNY_HPP

#include "support.hpp"

namespace rcv {

/// Whether `edges` takes a picture.
bool can_find_edges(const cv::Mat &image);

/// What `cv::Canny` makes of a grey picture with an aperture of 3 and the sum of both parts as the gradient, to the pixel,
/// in a fraction of its time: OpenCV looks at one pixel after the other and branches at each, which processors guess wrong
/// on photographs; here nothing branches before edges are followed, so that many pixels are looked at together.
cv::Mat edges(const cv::Mat &image, double low, double high);

}  // namespace rcv

#endif
