// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// What RetortInference needs of OpenVINO, as plain functions: Swift cannot call functions with a variable number of
// arguments, and a machine without OpenVINO shall still build. There every function answers RETORT_OV_MISSING.

#ifndef CRETORTINFERENCE_H
#define CRETORTINFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RETORT_OV_OK 0
#define RETORT_OV_CANCELLED (-13)
#define RETORT_OV_MISSING (-1000)
#define RETORT_OV_TOO_LARGE (-1001)

#define RETORT_OV_MAX_RANK 16

// Types of elements. OpenVINO numbers its own differently from version to version.
enum {
    RETORT_OV_UNKNOWN,
    RETORT_OV_BOOL,
    RETORT_OV_UINT8,
    RETORT_OV_UINT16,
    RETORT_OV_UINT32,
    RETORT_OV_UINT64,
    RETORT_OV_INT8,
    RETORT_OV_INT16,
    RETORT_OV_INT32,
    RETORT_OV_INT64,
    RETORT_OV_FLOAT16,
    RETORT_OV_BFLOAT16,
    RETORT_OV_FLOAT32,
    RETORT_OV_FLOAT64,
    RETORT_OV_STRING,
    RETORT_OV_TYPES
};

typedef struct retort_ov_core retort_ov_core;
typedef struct retort_ov_model retort_ov_model;
typedef struct retort_ov_compiled retort_ov_compiled;
typedef struct retort_ov_request retort_ov_request;

// An input or an output. A dimension that is not fixed has lowest != highest; highest is -1 where there is no bound.
typedef struct {
    char name[256];
    int32_t element_type;
    int32_t rank;  // -1: even the number of dimensions is open
    int64_t lowest[RETORT_OV_MAX_RANK];
    int64_t highest[RETORT_OV_MAX_RANK];
} retort_ov_port;

// Whether the library was there when this was built.
bool retort_ov_is_present(void);

// OpenVINO's words about its last failure, for logs; never NULL.
const char *retort_ov_last_error(void);

// Writes the number of the build, cut where it is longer.
int retort_ov_version(char *text, size_t size);

int retort_ov_core_create(retort_ov_core **core);
void retort_ov_core_free(retort_ov_core *core);
int retort_ov_core_set(retort_ov_core *core, const char *device, const char *key, const char *value);
// The names of the devices, separated by commas.
int retort_ov_core_devices(retort_ov_core *core, char *text, size_t size);

int retort_ov_model_read(retort_ov_core *core, const char *path, retort_ov_model **model);
void retort_ov_model_free(retort_ov_model *model);
int retort_ov_model_ports(retort_ov_model *model, bool outputs, size_t *count);
int retort_ov_model_port(retort_ov_model *model, bool output, size_t index, retort_ov_port *port);
// Shapes by index of the input; those whose rank is -1 stay as they are.
int retort_ov_model_reshape(retort_ov_model *model, const retort_ov_port *ports, size_t count);

// What callers give an input, which the model makes of it what its file wants.
typedef struct {
    size_t index;          // of the input
    int32_t element_type;  // what is given
    int32_t channels;      // how many means and deviations there are; 0 for none
    bool channels_last;    // whether the channels are the last axis, and not the second one
    float means[4];        // taken from each channel
    float deviations[4];   // what the rest is divided by
} retort_ov_conversion;

// Changes the model in place.
int retort_ov_model_convert(retort_ov_model **model, const retort_ov_conversion *conversions, size_t count);

// Keys and values alternate in `properties`, at most 8 pairs.
int retort_ov_compile(
    retort_ov_core *core, retort_ov_model *model, const char *device, const char *const *properties, size_t pairs,
    retort_ov_compiled **compiled);
void retort_ov_compiled_free(retort_ov_compiled *compiled);
int retort_ov_compiled_property(retort_ov_compiled *compiled, const char *key, char *text, size_t size);

int retort_ov_request_create(retort_ov_compiled *compiled, retort_ov_request **request);
// The request must not be running.
void retort_ov_request_free(retort_ov_request *request);
// The memory of an input of that shape, to be filled before the start.
int retort_ov_request_input(
    retort_ov_request *request, size_t index, int32_t element_type, int32_t rank, const int64_t *dims, void **data,
    size_t *bytes);
// Gives memory of the caller to an input, which must stay as it is until the end. The request is not asked for memory of its
// own for that input then.
int retort_ov_request_lend(
    retort_ov_request *request, size_t index, int32_t element_type, int32_t rank, const int64_t *dims, const void *data);
// Starts, and calls `done` once from a thread of OpenVINO when it is over, also after a cancellation or a failure.
int retort_ov_request_start(retort_ov_request *request, void (*done)(void *context), void *context);
// How it ended. To be called once after `done`; returns when the request can be used again.
int retort_ov_request_finish(retort_ov_request *request);
int retort_ov_request_cancel(retort_ov_request *request);
// An output after the end; the memory is the request's until its next start.
int retort_ov_request_output(
    retort_ov_request *request, size_t index, int32_t *element_type, int32_t *rank, int64_t *dims, const void **data,
    size_t *bytes);

// MARK: Pictures

/// Scales a row of pixels of three bytes to pixels that lie between two neighbours each.
///
/// `row` has `count` bytes. The pixel of each column begins at the pixel `starts[column]`, which has a neighbour, and takes
/// two of `weights`. `pixels` has room for three numbers for each column, and one more.
void retort_scale_pairs(const uint8_t *row, size_t count, const int64_t *starts, const float *weights, int64_t columns,
    float *pixels);

/// The sum of two rows by their weights.
void retort_blend(const float *first, float near, const float *second, float far, int64_t count, float *sum);

/// Brings the three numbers of each pixel apart, each as `number × factor + offset` by its place.
void retort_split(const float *pixels, int64_t count, const float *factors, const float *offsets, float *first,
    float *second, float *third);

/// The same, rounded to the nearest number from 0 to 255.
void retort_split_bytes(const float *pixels, int64_t count, const float *factors, const float *offsets, uint8_t *first,
    uint8_t *second, uint8_t *third);

#endif
