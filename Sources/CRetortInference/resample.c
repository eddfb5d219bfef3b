// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "CRetortInference.h"

#include <string.h>

// One body for several generations of processors, of which the fitting one is chosen when the program starts.
#if defined(__x86_64__) && defined(__GLIBC__) && __has_attribute(target_clones)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

// The same numbers on all of them: a product and a sum are rounded one after the other.
#pragma STDC FP_CONTRACT OFF

typedef uint8_t eight_bytes __attribute__((vector_size(8)));
typedef float eight_floats __attribute__((vector_size(32)));

FOR_EACH_PROCESSOR
void retort_scale_pairs(const uint8_t *row, size_t count, const int64_t *starts, const float *weights, int64_t columns,
    float *first, float *second, float *third) {
    for (int64_t column = 0; column < columns; column++) {
        size_t start = (size_t)starts[column] * 3;
        float near = weights[2 * column], far = weights[2 * column + 1];
        eight_floats pixels;
        if (start + 8 <= count) {
            eight_bytes bytes;
            memcpy(&bytes, row + start, sizeof bytes);
            pixels = __builtin_convertvector(bytes, eight_floats);
        } else {
            for (size_t place = 0; place < 8; place++) pixels[place] = place < 6 ? row[start + place] : 0;
        }
        pixels *= (eight_floats){near, near, near, far, far, far, 0, 0};
        first[column] = pixels[0] + pixels[3];
        second[column] = pixels[1] + pixels[4];
        third[column] = pixels[2] + pixels[5];
    }
}

FOR_EACH_PROCESSOR
void retort_blend(const float *restrict first, float near, const float *restrict second, float far, int64_t count,
    float *restrict sum) {
    for (int64_t place = 0; place < count; place++) sum[place] = near * first[place] + far * second[place];
}

FOR_EACH_PROCESSOR
void retort_normalise(const float *restrict numbers, float factor, float offset, int64_t count, float *restrict result) {
    for (int64_t place = 0; place < count; place++) result[place] = numbers[place] * factor + offset;
}

FOR_EACH_PROCESSOR
void retort_normalise_bytes(const float *restrict numbers, float factor, float offset, int64_t count, uint8_t *restrict result) {
    for (int64_t place = 0; place < count; place++) {
        float number = numbers[place] * factor + offset;
        number = number > 0 ? number : 0;
        number = number < 255 ? number : 255;
        result[place] = (uint8_t)(int32_t)(number + 0.5f);
    }
}
