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

typedef uint8_t four_bytes __attribute__((vector_size(4)));
typedef float four_floats __attribute__((vector_size(16)));

FOR_EACH_PROCESSOR
void retort_scale_pairs(const uint8_t *restrict row, size_t count, const int64_t *restrict starts,
    const float *restrict weights, int64_t columns, float *restrict pixels) {
    for (int64_t column = 0; column < columns; column++) {
        size_t start = (size_t)starts[column] * 3;
        float near = weights[2 * column], far = weights[2 * column + 1];
        four_bytes first, second;
        memcpy(&first, row + start, sizeof first);
        if (start + 7 <= count) {
            memcpy(&second, row + start + 3, sizeof second);
        } else {
            second = (four_bytes){row[start + 3], row[start + 4], row[start + 5], 0};
        }
        four_floats sum = __builtin_convertvector(first, four_floats) * near
            + __builtin_convertvector(second, four_floats) * far;
        // The fourth number is the next pixel's, which comes after it.
        memcpy(pixels + 3 * column, &sum, sizeof sum);
    }
}

FOR_EACH_PROCESSOR
void retort_blend(const float *restrict first, float near, const float *restrict second, float far, int64_t count,
    float *restrict sum) {
    for (int64_t place = 0; place < count; place++) sum[place] = near * first[place] + far * second[place];
}

FOR_EACH_PROCESSOR
void retort_split(const float *restrict pixels, int64_t count, const float *factors, const float *offsets,
    float *restrict first, float *restrict second, float *restrict third) {
    const float f0 = factors[0], f1 = factors[1], f2 = factors[2], o0 = offsets[0], o1 = offsets[1], o2 = offsets[2];
    for (int64_t place = 0; place < count; place++) {
        first[place] = pixels[3 * place] * f0 + o0;
        second[place] = pixels[3 * place + 1] * f1 + o1;
        third[place] = pixels[3 * place + 2] * f2 + o2;
    }
}

static inline uint8_t byte_of(float number) {
    number = number > 0 ? number : 0;
    number = number < 255 ? number : 255;
    return (uint8_t)(int32_t)(number + 0.5f);
}

FOR_EACH_PROCESSOR
void retort_split_bytes(const float *restrict pixels, int64_t count, const float *factors, const float *offsets,
    uint8_t *restrict first, uint8_t *restrict second, uint8_t *restrict third) {
    const float f0 = factors[0], f1 = factors[1], f2 = factors[2], o0 = offsets[0], o1 = offsets[1], o2 = offsets[2];
    for (int64_t place = 0; place < count; place++) {
        first[place] = byte_of(pixels[3 * place] * f0 + o0);
        second[place] = byte_of(pixels[3 * place + 1] * f1 + o1);
        third[place] = byte_of(pixels[3 * place + 2] * f2 + o2);
    }
}
