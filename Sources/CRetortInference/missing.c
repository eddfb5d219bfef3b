// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// The same functions where OpenVINO is not installed.

#include "CRetortInference.h"

#if !__has_include(<openvino/c/openvino.h>)

#define MISSING { return RETORT_OV_MISSING; }

bool retort_ov_is_present(void) { return false; }
const char *retort_ov_last_error(void) { return ""; }
int retort_ov_version(char *text, size_t size) MISSING
int retort_ov_core_create(retort_ov_core **core) MISSING
void retort_ov_core_free(retort_ov_core *core) {}
int retort_ov_core_set(retort_ov_core *core, const char *device, const char *key, const char *value) MISSING
int retort_ov_core_devices(retort_ov_core *core, char *text, size_t size) MISSING
int retort_ov_model_read(retort_ov_core *core, const char *path, retort_ov_model **model) MISSING
void retort_ov_model_free(retort_ov_model *model) {}
int retort_ov_model_ports(retort_ov_model *model, bool outputs, size_t *count) MISSING
int retort_ov_model_port(retort_ov_model *model, bool output, size_t index, retort_ov_port *port) MISSING
int retort_ov_model_reshape(retort_ov_model *model, const retort_ov_port *ports, size_t count) MISSING
int retort_ov_model_convert(retort_ov_model **model, const retort_ov_conversion *conversions, size_t count) MISSING
int retort_ov_compile(
    retort_ov_core *core, retort_ov_model *model, const char *device, const char *const *properties, size_t pairs,
    retort_ov_compiled **compiled) MISSING
void retort_ov_compiled_free(retort_ov_compiled *compiled) {}
int retort_ov_compiled_property(retort_ov_compiled *compiled, const char *key, char *text, size_t size) MISSING
int retort_ov_request_create(retort_ov_compiled *compiled, retort_ov_request **request) MISSING
void retort_ov_request_free(retort_ov_request *request) {}
int retort_ov_request_input(
    retort_ov_request *request, size_t index, int32_t element_type, int32_t rank, const int64_t *dims, void **data,
    size_t *bytes) MISSING
int retort_ov_request_lend(
    retort_ov_request *request, size_t index, int32_t element_type, int32_t rank, const int64_t *dims, const void *data)
    MISSING
int retort_ov_request_start(retort_ov_request *request, void (*done)(void *context), void *context) MISSING
int retort_ov_request_finish(retort_ov_request *request) MISSING
int retort_ov_request_cancel(retort_ov_request *request) MISSING
int retort_ov_request_output(
    retort_ov_request *request, size_t index, int32_t *element_type, int32_t *rank, int64_t *dims, const void **data,
    size_t *bytes) MISSING

#endif
