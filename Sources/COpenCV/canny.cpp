// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "canny.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

// One body for several generations of processors, of which the fitting one is chosen when the program starts.
#if defined(__x86_64__) && defined(__GLIBC__) && __has_attribute(target_clones)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

namespace {

// What a pixel is, as bytes of a map with a border of `nothing`.
constexpr uint8_t candidate = 0, nothing = 1, edge = 2;

/// Sums and differences of three rows, from top to bottom.
FOR_EACH_PROCESSOR
void add_rows(const uint8_t *__restrict above, const uint8_t *__restrict row, const uint8_t *__restrict below,
    int16_t *__restrict sums, int16_t *__restrict differences, int columns) {
    for (int column = 0; column < columns; column++) {
        sums[column] = int16_t(above[column] + 2 * row[column] + below[column]);
        differences[column] = int16_t(below[column] - above[column]);
    }
}

/// Both parts of the gradient, and the sum of their amounts, out of sums and differences that go on by one on both sides.
FOR_EACH_PROCESSOR
void gradient(const int16_t *__restrict sums, const int16_t *__restrict differences, int16_t *__restrict across,
    int16_t *__restrict down, int16_t *__restrict amounts, int columns) {
    for (int column = 0; column < columns; column++) {
        int16_t x = int16_t(sums[column + 1] - sums[column - 1]);
        int16_t y = int16_t(differences[column - 1] + 2 * differences[column] + differences[column + 1]);
        across[column] = x;
        down[column] = y;
        amounts[column] = int16_t((x < 0 ? -x : x) + (y < 0 ? -y : y));
    }
}

constexpr int lanes = 16;
typedef int16_t Numbers __attribute__((vector_size(2 * lanes)));
// The same, at any place in memory.
typedef int16_t Anywhere __attribute__((vector_size(2 * lanes), aligned(2)));
typedef int32_t Wide __attribute__((vector_size(4 * lanes)));
typedef uint8_t Bytes __attribute__((vector_size(lanes)));
typedef uint8_t ManyBytes __attribute__((vector_size(2 * lanes)));
typedef uint8_t AnywhereBytes __attribute__((vector_size(2 * lanes), aligned(1)));

/// Keeps the pixels whose gradient is the largest along its own direction, which is one of four.
///
/// The directions are parted at 22.5° and 67.5°, whose tangents are tan 22.5° and tan 22.5° + 2, the former in units of
/// 1/32768 as OpenCV has it. With at most 1020 for each part all of it fits into 16 bits. All rows go on behind their ends by
/// as many pixels as are looked at together.
FOR_EACH_PROCESSOR
void thin(const int16_t *__restrict across, const int16_t *__restrict down, const int16_t *__restrict above,
    const int16_t *__restrict amounts, const int16_t *__restrict below, uint8_t *__restrict map, int columns,
    int16_t low, int16_t high) {
    constexpr int16_t tangent = 13573;
    auto at = [](const int16_t *place) { return reinterpret_cast<const Anywhere *>(place); };
    for (int column = 0; column < columns; column += lanes) {
        const Anywhere *upper = at(above + column), *lower = at(below + column);
        Numbers dx = *at(across + column), dy = *at(down + column), amount = *at(amounts + column);
        Numbers x = dx < 0 ? -dx : dx, y = dy < 0 ? -dy : dy;
        // The part of x · tan 22.5° before the point; behind it there is none for x = 0 alone.
        Wide product = __builtin_convertvector(x + x, Wide) * tangent >> 16;
        Numbers share = __builtin_convertvector(product, Numbers);
        Numbers is_across = (y <= share) & (x > 0), is_down = y - x - x > share, rises = (dx ^ dy) < 0;
        Numbers most_across = (amount > *at(amounts + column - 1)) & (amount >= *at(amounts + column + 1));
        Numbers most_down = (amount > *upper) & (amount >= *lower);
        Numbers most_falling = (amount > *at(above + column - 1)) & (amount > *at(below + column + 1));
        Numbers most_rising = (amount > *at(above + column + 1)) & (amount > *at(below + column - 1));
        Numbers most_slanting = (rises & most_rising) | (~rises & most_falling);
        Numbers most_other = (is_down & most_down) | (~is_down & most_slanting);
        Numbers most = (is_across & most_across) | (~is_across & most_other);
        Numbers kept = most & (amount > low);
        // True is -1 here: 2 for an edge, 0 for a candidate, 1 for nothing.
        Numbers kinds = (kept & (amount > high) & edge) | (~kept & nothing);
        Bytes bytes = __builtin_convertvector(kinds, Bytes);
        std::memcpy(map + column, &bytes, sizeof bytes);
    }
}

FOR_EACH_PROCESSOR
void paint(const uint8_t *__restrict map, uint8_t *__restrict row, int columns) {
    for (int column = 0; column < columns; column++) row[column] = map[column] == edge ? 255 : 0;
}

/// Marks the edges of a row that touch a candidate.
FOR_EACH_PROCESSOR
void find_starts(const uint8_t *__restrict above, const uint8_t *__restrict row, const uint8_t *__restrict below,
    uint8_t *__restrict starts, int columns) {
    auto at = [](const uint8_t *place) { return reinterpret_cast<const AnywhereBytes *>(place); };
    for (int column = 0; column < columns; column += 2 * lanes) {
        ManyBytes least = *at(row + column - 1), next;
        for (const uint8_t *place : {row + column + 1, above + column - 1, above + column, above + column + 1,
                 below + column - 1, below + column, below + column + 1}) {
            next = *at(place);
            least = next < least ? next : least;
        }
        // True is 255 here.
        ManyBytes found = (*at(row + column) == edge) & (least == candidate);
        std::memcpy(starts + column, &found, sizeof found);
    }
}

/// Makes edges of the candidates that touch edges, from one of these on.
void follow(uint8_t *start, ptrdiff_t stride, std::vector<uint8_t *> &open) {
    open.push_back(start);
    while (!open.empty()) {
        uint8_t *place = open.back();
        open.pop_back();
        for (ptrdiff_t line = -stride; line <= stride; line += stride) {
            for (uint8_t *near = place + line - 1; near <= place + line + 1; near++) {
                if (*near != candidate) continue;
                *near = edge;
                open.push_back(near);
            }
        }
    }
}

/// The same from all edges of a row that touch candidates.
void follow(uint8_t *row, ptrdiff_t stride, const uint8_t *starts, int columns, std::vector<uint8_t *> &open) {
    for (int column = 0; column < columns; column += 8) {
        uint64_t marks;
        std::memcpy(&marks, starts + column, sizeof marks);
        if (marks == 0) continue;
        for (int next = column; next < column + 8; next++) {
            if (starts[next] != 0) follow(row + next, stride, open);
        }
    }
}

}  // namespace

namespace rcv {

bool can_find_edges(const cv::Mat &image) {
    return image.type() == CV_8UC1 && image.rows > 0 && image.cols > 0 && image.cols < 1 << 24;
}

cv::Mat edges(const cv::Mat &image, double low, double high) {
    if (low > high) std::swap(low, high);
    auto threshold = [](double value) { return int16_t(std::floor(std::min(value, 32767.0))); };
    const int rows = image.rows, columns = image.cols;
    // Rows of the gradient, each with a border; the outermost one is of a row that is not there.
    const int room = columns + 4 * lanes, border = lanes;
    cv::Mat buffers = cv::Mat::zeros(9, room, CV_16S);
    auto buffer = [&](int number) { return buffers.ptr<int16_t>(number) + border; };
    int16_t *sums = buffer(0), *differences = buffer(1);
    std::array<int16_t *, 3> amounts{buffer(2), buffer(3), buffer(4)};
    std::array<int16_t *, 2> across{buffer(5), buffer(6)}, down{buffer(7), buffer(8)};

    const ptrdiff_t stride = columns + 2 * lanes + 2;
    cv::Mat map(rows + 2, int(stride), CV_8UC1);
    auto map_row = [&](int row) { return map.ptr<uint8_t>(row + 1) + 1; };
    for (int row : {0, rows + 1}) std::memset(map.ptr<uint8_t>(row), nothing, size_t(stride));

    for (int row = 0; row <= rows; row++) {
        int16_t *own = amounts[size_t(row % 3)];
        if (row < rows) {
            add_rows(image.ptr(std::max(row - 1, 0)), image.ptr(row), image.ptr(std::min(row + 1, rows - 1)), sums,
                differences, columns);
            // What lies outside is what lies at the edge.
            sums[-1] = sums[0], sums[columns] = sums[columns - 1];
            differences[-1] = differences[0], differences[columns] = differences[columns - 1];
            gradient(sums, differences, across[size_t(row % 2)], down[size_t(row % 2)], own, columns);
        } else {
            std::memset(own, 0, size_t(columns) * sizeof *own);
        }
        if (row == 0) continue;
        const int done = row - 1;
        uint8_t *target = map_row(done);
        thin(across[size_t(done % 2)], down[size_t(done % 2)], amounts[size_t((row + 1) % 3)],
            amounts[size_t(done % 3)], own, target, columns, threshold(low), threshold(high));
        target[-1] = nothing;
        std::memset(target + columns, nothing, size_t(stride - columns - 1));
    }
    cv::Mat result(rows, columns, CV_8UC1);
    std::vector<uint8_t *> open;
    std::vector<uint8_t> starts(size_t(columns + 2 * lanes));
    for (int row = 0; row < rows; row++) {
        find_starts(map_row(row - 1), map_row(row), map_row(row + 1), starts.data(), columns);
        follow(map_row(row), stride, starts.data(), columns, open);
    }
    for (int row = 0; row < rows; row++) paint(map_row(row), result.ptr(row), columns);
    return result;
}

}  // namespace rcv
