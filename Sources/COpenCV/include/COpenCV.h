// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0
//
// OpenCV, libjpeg-turbo, libpng, libwebp, giflib and Little CMS behind a C interface: what RetortImaging calls.
//
// Rules that hold for every function:
// - It returns RCV_OK, or another code and a sentence in `error`. No C++ exception leaves this library.
// - A picture is never changed after it was returned; functions that draw get a picture of their own (`rcv_clone`).
// - Colours are in OpenCV's order: blue, green, red, alpha. Coordinates are pixels, from the upper left corner.
// - What is returned through `rcv_image **` belongs to the caller (`rcv_release`), as does the memory of an
//   `rcv_buffer` (`rcv_buffer_free`).

#ifndef RETORT_COPENCV_H
#define RETORT_COPENCV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { RCV_OK = 0, RCV_ARGUMENT = 1, RCV_MEMORY = 2, RCV_CORRUPT = 3, RCV_UNSUPPORTED = 4, RCV_TOO_LARGE = 5 };

typedef struct { char message[256]; } rcv_error;

typedef struct rcv_image rcv_image;

/// Memory that the library allocated: `count` elements of what the function's comment says, and how it is given back.
typedef struct {
    void *data;
    size_t count;
    void *owner;
    void (*drop)(void *owner);
} rcv_buffer;

typedef struct { int32_t x, y; } rcv_point;
typedef struct { float x, y; } rcv_point_f;
typedef struct { int32_t x, y, width, height; } rcv_rect;
typedef struct { double v[4]; } rcv_scalar;

// MARK: Pictures

/// What a pixel is made of; the depths are OpenCV's numbers.
enum { RCV_U8 = 0, RCV_U16 = 2, RCV_S16 = 3, RCV_S32 = 4, RCV_F32 = 5 };

typedef struct {
    int32_t width, height, channels, depth;
    /// Bytes from the start of a row to the start of the next.
    size_t stride;
    const uint8_t *pixels;
    bool contiguous;
} rcv_info;

void rcv_buffer_free(rcv_buffer buffer);
int32_t rcv_opencv_version(void);
void rcv_set_threads(int32_t threads);
/// How many bytes of large blocks that pictures have left are kept for later ones; 192 MB at first.
void rcv_keep_memory(size_t bytes);

int rcv_create(int32_t width, int32_t height, int32_t channels, int32_t depth, rcv_scalar fill, rcv_image **out,
    rcv_error *error);
int rcv_from_pixels(int32_t width, int32_t height, int32_t channels, int32_t depth, const void *pixels, size_t stride,
    rcv_image **out, rcv_error *error);
int rcv_clone(const rcv_image *image, rcv_image **out, rcv_error *error);
void rcv_release(rcv_image *image);
rcv_info rcv_describe(const rcv_image *image);
/// The pixels of a picture that nobody else has yet.
uint8_t *rcv_pixels(rcv_image *image);

// MARK: Codecs

typedef struct {
    /// Whether one grey channel is wanted.
    bool gray;
    /// Whether an alpha channel is kept.
    bool alpha;
    /// Whether 16 bits per channel are kept.
    bool deep;
    /// A divisor of the size, 1, 2, 4 or 8; only JPEG heeds it, the others decode at full size.
    int32_t reduce;
    /// Which frame of an animation, from 0.
    int32_t frame;
    /// The most pixels of a frame that are decoded.
    int64_t most_pixels;
    /// Whether an embedded colour profile is converted to sRGB.
    bool srgb;
} rcv_decode_options;

int rcv_decode_jpeg(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error);
int rcv_decode_png(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error);
int rcv_decode_webp(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error);
int rcv_decode_gif(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error);
/// TIFF, BMP, and what else this OpenCV knows (AVIF).
int rcv_decode_other(const uint8_t *bytes, size_t count, rcv_decode_options options, rcv_image **out, rcv_error *error);
bool rcv_can_decode_avif(void);

enum { RCV_JPEG = 0, RCV_PNG = 1, RCV_WEBP = 2, RCV_TIFF = 3, RCV_BMP = 4, RCV_AVIF = 5, RCV_GIF = 6 };

/// Encodes without metadata. `quality`: JPEG and AVIF 0–100, WebP 1–100 or 101 for lossless, PNG a compression of 0–9.
/// Bytes in `out`.
int rcv_encode(const rcv_image *image, int32_t format, int32_t quality, bool progressive, rcv_buffer *out,
    rcv_error *error);

// MARK: Colour and depth

enum {
    RCV_GRAY = 0, RCV_BGR = 1, RCV_BGRA = 2, RCV_RGB = 3, RCV_RGBA = 4, RCV_HSV = 5, RCV_HLS = 6, RCV_LAB = 7,
    RCV_LUV = 8, RCV_YCRCB = 9, RCV_XYZ = 10, RCV_YUV = 11,
};

int rcv_convert_color(const rcv_image *image, int32_t from, int32_t to, rcv_image **out, rcv_error *error);
/// Multiplies by `scale`, adds `offset`, and saturates to the depth.
int rcv_convert_depth(const rcv_image *image, int32_t depth, double scale, double offset, rcv_image **out,
    rcv_error *error);
int rcv_extract_channel(const rcv_image *image, int32_t channel, rcv_image **out, rcv_error *error);
int rcv_merge_channels(const rcv_image *const *images, size_t count, rcv_image **out, rcv_error *error);
/// Lays a picture with alpha over a colour and drops the alpha.
int rcv_flatten(const rcv_image *image, rcv_scalar background, rcv_image **out, rcv_error *error);

// MARK: Geometry

enum { RCV_NEAREST = 0, RCV_LINEAR = 1, RCV_CUBIC = 2, RCV_AREA = 3, RCV_LANCZOS = 4 };
enum { RCV_BORDER_CONSTANT = 0, RCV_BORDER_REPLICATE = 1, RCV_BORDER_REFLECT = 4 };

int rcv_crop(const rcv_image *image, rcv_rect area, rcv_image **out, rcv_error *error);
int rcv_resize(const rcv_image *image, int32_t width, int32_t height, int32_t interpolation, rcv_image **out,
    rcv_error *error);
/// Applies an EXIF orientation, 1 to 8.
int rcv_orient(const rcv_image *image, int32_t orientation, rcv_image **out, rcv_error *error);
int rcv_pad(const rcv_image *image, int32_t top, int32_t left, int32_t bottom, int32_t right, int32_t border,
    rcv_scalar color, rcv_image **out, rcv_error *error);
/// `matrix`: six numbers, row by row, source to result.
int rcv_warp_affine(const rcv_image *image, const double *matrix, int32_t width, int32_t height,
    int32_t interpolation, int32_t border, rcv_scalar color, rcv_image **out, rcv_error *error);
/// `matrix`: nine numbers, row by row, source to result.
int rcv_warp_perspective(const rcv_image *image, const double *matrix, int32_t width, int32_t height,
    int32_t interpolation, int32_t border, rcv_scalar color, rcv_image **out, rcv_error *error);
/// The 3 × 3 matrix that takes four points to four points.
int rcv_perspective_matrix(const rcv_point_f *from, const rcv_point_f *to, double *matrix, rcv_error *error);

// MARK: Filters

enum { RCV_THRESH_BINARY = 0, RCV_THRESH_BINARY_INV = 1, RCV_THRESH_TRUNC = 2, RCV_THRESH_TOZERO = 3,
    RCV_THRESH_TOZERO_INV = 4, RCV_THRESH_OTSU = 8, RCV_THRESH_TRIANGLE = 16 };

/// `used` gets the threshold, which Otsu's method and the triangle method choose themselves.
int rcv_threshold(const rcv_image *image, double threshold, double maximum, int32_t kind, double *used, rcv_image **out,
    rcv_error *error);
int rcv_adaptive_threshold(const rcv_image *image, double maximum, bool gaussian, bool inverse, int32_t block,
    double offset, rcv_image **out, rcv_error *error);
int rcv_in_range(const rcv_image *image, rcv_scalar low, rcv_scalar high, rcv_image **out, rcv_error *error);
int rcv_box_blur(const rcv_image *image, int32_t width, int32_t height, rcv_image **out, rcv_error *error);
int rcv_gaussian_blur(const rcv_image *image, int32_t size, double sigma, rcv_image **out, rcv_error *error);
int rcv_median_blur(const rcv_image *image, int32_t size, rcv_image **out, rcv_error *error);
int rcv_bilateral(const rcv_image *image, int32_t diameter, double sigma_color, double sigma_space, rcv_image **out,
    rcv_error *error);
/// Correlates with a kernel of `columns × rows` numbers; the depth stays.
int rcv_filter(const rcv_image *image, const float *kernel, int32_t columns, int32_t rows, double offset,
    rcv_image **out, rcv_error *error);

enum { RCV_ERODE = 0, RCV_DILATE = 1, RCV_OPEN = 2, RCV_CLOSE = 3, RCV_GRADIENT = 4, RCV_TOPHAT = 5, RCV_BLACKHAT = 6 };
enum { RCV_SHAPE_RECT = 0, RCV_SHAPE_CROSS = 1, RCV_SHAPE_ELLIPSE = 2 };
int rcv_morphology(const rcv_image *image, int32_t operation, int32_t shape, int32_t width, int32_t height,
    int32_t iterations, rcv_image **out, rcv_error *error);

enum { RCV_ABSDIFF = 0, RCV_ADD = 1, RCV_SUBTRACT = 2, RCV_MULTIPLY = 3, RCV_MIN = 4, RCV_MAX = 5, RCV_AND = 6,
    RCV_OR = 7, RCV_XOR = 8 };
int rcv_combine(const rcv_image *a, const rcv_image *b, int32_t operation, rcv_image **out, rcv_error *error);
int rcv_blend(const rcv_image *a, double alpha, const rcv_image *b, double beta, double offset, rcv_image **out,
    rcv_error *error);
int rcv_invert(const rcv_image *image, rcv_image **out, rcv_error *error);
/// Where `mask` is not zero, `a`; elsewhere `b`.
int rcv_choose(const rcv_image *a, const rcv_image *b, const rcv_image *mask, rcv_image **out, rcv_error *error);

// MARK: Edges and lines

int rcv_canny(const rcv_image *image, double low, double high, int32_t aperture, bool l2, rcv_image **out,
    rcv_error *error);
/// `aperture` -1 is Scharr's kernel. The result has the depth `depth`.
int rcv_sobel(const rcv_image *image, int32_t dx, int32_t dy, int32_t aperture, int32_t depth, rcv_image **out,
    rcv_error *error);
int rcv_laplacian(const rcv_image *image, int32_t aperture, int32_t depth, rcv_image **out, rcv_error *error);
/// `out`: pairs of float, rho and theta.
int rcv_hough_lines(const rcv_image *image, double rho, double theta, int32_t threshold, rcv_buffer *out,
    rcv_error *error);
/// `out`: four int32 a segment: x1, y1, x2, y2.
int rcv_hough_segments(const rcv_image *image, double rho, double theta, int32_t threshold, double minimum_length,
    double maximum_gap, rcv_buffer *out, rcv_error *error);
/// `out`: three float a circle: x, y, radius.
int rcv_hough_circles(const rcv_image *image, double resolution, double minimum_distance, double high,
    double accumulator, int32_t minimum_radius, int32_t maximum_radius, rcv_buffer *out, rcv_error *error);

// MARK: Contours and components

typedef struct {
    /// Where the contour's points start in the points, and how many there are.
    uint64_t start, count;
    int32_t next, previous, child, parent;
    double area, perimeter;
    rcv_rect bounds;
    double centroid_x, centroid_y;
    double hull_area;
    /// The smallest rectangle at any angle: centre, size, degrees.
    float box_x, box_y, box_width, box_height, box_angle;
    float circle_x, circle_y, circle_radius;
    bool convex;
    double hu[7];
} rcv_contour;

enum { RCV_RETR_EXTERNAL = 0, RCV_RETR_LIST = 1, RCV_RETR_CCOMP = 2, RCV_RETR_TREE = 3 };
/// `points`: rcv_point; `contours`: rcv_contour. More than `most` contours give RCV_TOO_LARGE.
int rcv_find_contours(const rcv_image *image, int32_t retrieval, bool every_point, size_t most, rcv_buffer *points,
    rcv_buffer *contours, rcv_error *error);
int rcv_approximate(const rcv_point *points, size_t count, double epsilon, bool closed, rcv_buffer *out,
    rcv_error *error);
int rcv_convex_hull(const rcv_point *points, size_t count, rcv_buffer *out, rcv_error *error);
double rcv_point_in_polygon(const rcv_point *points, size_t count, double x, double y);

typedef struct { rcv_rect bounds; int64_t area; double x, y; } rcv_component;
/// `labels` gets a picture of int32, 0 being the background; `out`: rcv_component, the background first.
int rcv_components(const rcv_image *image, int32_t connectivity, size_t most, rcv_image **labels, rcv_buffer *out,
    rcv_error *error);

// MARK: Measures

/// Mean and standard deviation of up to four channels.
int rcv_mean_deviation(const rcv_image *image, rcv_scalar *mean, rcv_scalar *deviation, rcv_error *error);
/// Extremes of a picture with one channel.
int rcv_extremes(const rcv_image *image, double *minimum, double *maximum, rcv_point *minimum_at, rcv_point *maximum_at,
    rcv_error *error);
int rcv_count_nonzero(const rcv_image *image, int64_t *out, rcv_error *error);
/// `out`: `bins` float for one channel of 8-bit, 16-bit or float values in `[low, high)`.
int rcv_histogram(const rcv_image *image, int32_t channel, const rcv_image *mask, int32_t bins, float low, float high,
    rcv_buffer *out, rcv_error *error);
int rcv_compare_histograms(const float *a, const float *b, size_t count, int32_t method, double *out, rcv_error *error);
int rcv_equalize(const rcv_image *image, rcv_image **out, rcv_error *error);
int rcv_clahe(const rcv_image *image, double clip, int32_t columns, int32_t rows, rcv_image **out, rcv_error *error);
int rcv_match_template(const rcv_image *image, const rcv_image *pattern, int32_t method, const rcv_image *mask,
    rcv_image **out, rcv_error *error);
/// The 64 bits of a DCT hash of a grey picture.
int rcv_perceptual_hash(const rcv_image *image, uint64_t *out, rcv_error *error);
/// `centers`: `count` × channels float; `shares`: the part of the pixels of each. A fixed seed: the same picture, the same answer.
int rcv_dominant_colors(const rcv_image *image, int32_t count, float *centers, float *shares, rcv_error *error);

// MARK: Features

typedef struct { float x, y, size, angle, response; int32_t octave; } rcv_keypoint;
typedef struct { int32_t query, train; float distance; } rcv_match;
/// `keypoints`: rcv_keypoint; `descriptors`: a picture of 32 bytes a row.
int rcv_orb(const rcv_image *image, const rcv_image *mask, int32_t most, float scale, int32_t levels,
    int32_t fast_threshold, rcv_buffer *keypoints, rcv_image **descriptors, rcv_error *error);
/// Hamming distance; Lowe's ratio where below 1, else the best of both directions. `out`: rcv_match.
int rcv_match_features(const rcv_image *query, const rcv_image *train, float ratio, rcv_buffer *out, rcv_error *error);
/// `inliers` has room for `count` bytes. A homography that cannot be found gives `found` false.
int rcv_homography(const rcv_point_f *from, const rcv_point_f *to, size_t count, double threshold, double *matrix,
    uint8_t *inliers, bool *found, rcv_error *error);

enum { RCV_CODE_OTHER = 0, RCV_CODE_QR = 1, RCV_CODE_EAN13 = 2, RCV_CODE_EAN8 = 3, RCV_CODE_UPCA = 4,
    RCV_CODE_UPCE = 5, RCV_CODE_CODE128 = 6, RCV_CODE_CODE93 = 7, RCV_CODE_CODE39 = 8, RCV_CODE_I25 = 9,
    RCV_CODE_CODABAR = 10, RCV_CODE_DATABAR = 11 };
typedef struct { int32_t kind; rcv_point_f corners[4]; uint64_t start, count; } rcv_code;
/// Needs a grey picture of 8 bits. `codes`: rcv_code; `text`: bytes of all codes one after another.
int rcv_read_codes(const rcv_image *image, rcv_buffer *codes, rcv_buffer *text, rcv_error *error);
int rcv_make_qr_code(const char *text, rcv_image **out, rcv_error *error);

// MARK: Cascades

typedef struct rcv_cascade rcv_cascade;
typedef struct { rcv_rect box; double weight; int32_t level; } rcv_found;
int rcv_cascade_load(const char *xml, size_t count, rcv_cascade **out, rcv_error *error);
void rcv_cascade_free(rcv_cascade *cascade);
void rcv_cascade_window(const rcv_cascade *cascade, int32_t *width, int32_t *height);
/// Needs a grey picture of 8 bits; one caller at a time. `out`: rcv_found.
int rcv_cascade_detect(rcv_cascade *cascade, const rcv_image *image, double scale, int32_t neighbors, int32_t min_width,
    int32_t min_height, int32_t max_width, int32_t max_height, rcv_buffer *out, rcv_error *error);

// MARK: Drawing; each changes `image`

int rcv_draw_rectangle(rcv_image *image, rcv_rect area, rcv_scalar color, int32_t thickness, rcv_error *error);
int rcv_draw_line(rcv_image *image, rcv_point from, rcv_point to, rcv_scalar color, int32_t thickness,
    rcv_error *error);
int rcv_draw_circle(rcv_image *image, rcv_point center, int32_t radius, rcv_scalar color, int32_t thickness,
    rcv_error *error);
int rcv_draw_ellipse(rcv_image *image, rcv_point_f center, float width, float height, float angle, rcv_scalar color,
    int32_t thickness, rcv_error *error);
int rcv_draw_polygon(rcv_image *image, const rcv_point *points, size_t count, bool closed, bool filled,
    rcv_scalar color, int32_t thickness, rcv_error *error);
int rcv_draw_text(rcv_image *image, const char *text, rcv_point baseline, double scale, rcv_scalar color,
    int32_t thickness, rcv_error *error);
void rcv_text_size(const char *text, double scale, int32_t thickness, int32_t *width, int32_t *height,
    int32_t *baseline);
/// Mixes a colour into the pixels where `mask`, as large as the picture or as `area`, is not zero.
int rcv_draw_mask(rcv_image *image, const rcv_image *mask, rcv_rect area, rcv_scalar color, double opacity,
    rcv_error *error);
int rcv_draw_image(rcv_image *image, const rcv_image *other, rcv_point at, rcv_error *error);
/// Mixes a colour into a rectangle.
int rcv_draw_tint(rcv_image *image, rcv_rect area, rcv_scalar color, double opacity, rcv_error *error);

// MARK: Video

typedef struct rcv_background rcv_background;
int rcv_background_create(bool knn, int32_t history, double threshold, bool shadows, rcv_background **out,
    rcv_error *error);
void rcv_background_free(rcv_background *background);
int rcv_background_apply(rcv_background *background, const rcv_image *frame, double rate, rcv_image **mask,
    rcv_error *error);
/// Pyramidal Lucas–Kanade. `to`, `found` and `errors` have room for `count`.
int rcv_flow_points(const rcv_image *previous, const rcv_image *next, const rcv_point_f *from, size_t count,
    int32_t window, int32_t levels, rcv_point_f *to, uint8_t *found, float *errors, rcv_error *error);
/// Farnebäck. The result has two float channels: the move along x and y in pixels.
int rcv_flow_dense(const rcv_image *previous, const rcv_image *next, rcv_image **out, rcv_error *error);
/// Shi–Tomasi corners. `out`: rcv_point_f.
int rcv_good_features(const rcv_image *image, int32_t most, double quality, double distance, rcv_buffer *out,
    rcv_error *error);

#ifdef __cplusplus
}
#endif
#endif
