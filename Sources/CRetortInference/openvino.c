// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "CRetortInference.h"

#if __has_include(<openvino/c/openvino.h>)

#include <openvino/c/openvino.h>

#include <stdlib.h>
#include <string.h>

struct retort_ov_request {
    ov_infer_request_t *request;
    ov_callback_t callback;  // OpenVINO keeps the address of it
    void (*done)(void *context);
    void *context;
    bool has_callback;
};

static const ov_element_type_e types[RETORT_OV_TYPES] = {
    [RETORT_OV_UNKNOWN] = DYNAMIC, [RETORT_OV_BOOL] = BOOLEAN,  [RETORT_OV_UINT8] = U8,
    [RETORT_OV_UINT16] = U16,      [RETORT_OV_UINT32] = U32,    [RETORT_OV_UINT64] = U64,
    [RETORT_OV_INT8] = I8,         [RETORT_OV_INT16] = I16,     [RETORT_OV_INT32] = I32,
    [RETORT_OV_INT64] = I64,       [RETORT_OV_FLOAT16] = F16,   [RETORT_OV_BFLOAT16] = BF16,
    [RETORT_OV_FLOAT32] = F32,     [RETORT_OV_FLOAT64] = F64,   [RETORT_OV_STRING] = STRING,
};

static int32_t type_number(ov_element_type_e type) {
    for (int32_t number = 1; number < RETORT_OV_TYPES; number++) {
        if (types[number] == type) return number;
    }
    return RETORT_OV_UNKNOWN;
}

static ov_core_t *core_of(retort_ov_core *core) { return (ov_core_t *)core; }
static ov_model_t *model_of(retort_ov_model *model) { return (ov_model_t *)model; }
static ov_compiled_model_t *compiled_of(retort_ov_compiled *compiled) { return (ov_compiled_model_t *)compiled; }

bool retort_ov_is_present(void) { return true; }

const char *retort_ov_last_error(void) {
    const char *message = ov_get_last_err_msg();
    return message == NULL ? "" : message;
}

static void copy_text(char *text, size_t size, const char *source) {
    if (size == 0) return;
    size_t length = strlen(source);
    if (length >= size) length = size - 1;
    memcpy(text, source, length);
    text[length] = 0;
}

int retort_ov_version(char *text, size_t size) {
    ov_version_t version;
    ov_status_e status = ov_get_openvino_version(&version);
    if (status != OK) return status;
    copy_text(text, size, version.buildNumber);
    ov_version_free(&version);
    return RETORT_OV_OK;
}

int retort_ov_core_create(retort_ov_core **core) { return ov_core_create((ov_core_t **)core); }
void retort_ov_core_free(retort_ov_core *core) { ov_core_free(core_of(core)); }

int retort_ov_core_set(retort_ov_core *core, const char *device, const char *key, const char *value) {
    return ov_core_set_property(core_of(core), device, key, value);
}

int retort_ov_core_devices(retort_ov_core *core, char *text, size_t size) {
    ov_available_devices_t devices;
    ov_status_e status = ov_core_get_available_devices(core_of(core), &devices);
    if (status != OK) return status;
    size_t used = 0;
    if (size > 0) text[0] = 0;
    for (size_t index = 0; index < devices.size; index++) {
        if (index > 0 && used + 1 < size) {
            text[used++] = ',';
            text[used] = 0;
        }
        copy_text(text + used, size - used, devices.devices[index]);
        used += strlen(text + used);
    }
    ov_available_devices_free(&devices);
    return RETORT_OV_OK;
}

int retort_ov_model_read(retort_ov_core *core, const char *path, retort_ov_model **model) {
    return ov_core_read_model(core_of(core), path, NULL, (ov_model_t **)model);
}

void retort_ov_model_free(retort_ov_model *model) { ov_model_free(model_of(model)); }

int retort_ov_model_ports(retort_ov_model *model, bool outputs, size_t *count) {
    return outputs ? ov_model_outputs_size(model_of(model), count) : ov_model_inputs_size(model_of(model), count);
}

static int describe(ov_output_const_port_t *port, retort_ov_port *description) {
    char *name = NULL;
    // A port need not have a name.
    if (ov_port_get_any_name(port, &name) == OK && name != NULL) {
        if (strlen(name) >= sizeof description->name) {
            ov_free(name);
            return RETORT_OV_TOO_LARGE;
        }
        copy_text(description->name, sizeof description->name, name);
        ov_free(name);
    }
    ov_element_type_e type;
    ov_status_e status = ov_port_get_element_type(port, &type);
    if (status != OK) return status;
    description->element_type = type_number(type);
    ov_partial_shape_t shape;
    status = ov_port_get_partial_shape(port, &shape);
    if (status != OK) return status;
    int result = RETORT_OV_OK;
    if (shape.rank.min != shape.rank.max) {
        description->rank = -1;
    } else if (shape.rank.max > RETORT_OV_MAX_RANK) {
        result = RETORT_OV_TOO_LARGE;
    } else {
        description->rank = (int32_t)shape.rank.max;
        for (int32_t axis = 0; axis < description->rank; axis++) {
            description->lowest[axis] = shape.dims[axis].min;
            description->highest[axis] = shape.dims[axis].max;
        }
    }
    ov_partial_shape_free(&shape);
    return result;
}

int retort_ov_model_port(retort_ov_model *model, bool output, size_t index, retort_ov_port *description) {
    memset(description, 0, sizeof *description);
    ov_output_const_port_t *port = NULL;
    ov_status_e status = output ? ov_model_const_output_by_index(model_of(model), index, &port)
                                : ov_model_const_input_by_index(model_of(model), index, &port);
    if (status != OK) return status;
    int result = describe(port, description);
    ov_output_const_port_free(port);
    return result;
}

int retort_ov_model_reshape(retort_ov_model *model, const retort_ov_port *ports, size_t count) {
    size_t *indexes = calloc(count + 1, sizeof *indexes);
    ov_partial_shape_t *shapes = calloc(count + 1, sizeof *shapes);
    size_t used = 0;
    ov_status_e status = indexes == NULL || shapes == NULL ? NOT_ALLOCATED : OK;
    for (size_t index = 0; index < count && status == OK; index++) {
        if (ports[index].rank < 0) continue;
        ov_dimension_t dims[RETORT_OV_MAX_RANK];
        for (int32_t axis = 0; axis < ports[index].rank; axis++) {
            dims[axis].min = ports[index].lowest[axis];
            dims[axis].max = ports[index].highest[axis];
        }
        status = ov_partial_shape_create(ports[index].rank, dims, &shapes[used]);
        if (status == OK) indexes[used++] = index;
    }
    if (status == OK && used > 0) status = ov_model_reshape_by_port_indexes(model_of(model), indexes, shapes, used);
    for (size_t index = 0; index < used; index++) ov_partial_shape_free(&shapes[index]);
    free(indexes);
    free(shapes);
    return status;
}

static ov_status_e set_steps(ov_preprocess_input_info_t *input, const retort_ov_conversion *conversion) {
    ov_preprocess_preprocess_steps_t *steps = NULL;
    ov_status_e status = ov_preprocess_input_info_get_preprocess_steps(input, &steps);
    // Before the numbers are changed, so that they need not be whole.
    if (status == OK) status = ov_preprocess_preprocess_steps_convert_element_type(steps, F32);
    size_t channels = (size_t)conversion->channels;
    if (status == OK) status = ov_preprocess_preprocess_steps_mean_multi_channels(steps, conversion->means, channels);
    if (status == OK) {
        status = ov_preprocess_preprocess_steps_scale_multi_channels(steps, conversion->deviations, channels);
    }
    if (steps != NULL) ov_preprocess_preprocess_steps_free(steps);
    return status;
}

static ov_status_e convert(ov_preprocess_prepostprocessor_t *processor, const retort_ov_conversion *conversion) {
    ov_preprocess_input_info_t *input = NULL;
    ov_preprocess_input_tensor_info_t *tensor = NULL;
    ov_layout_t *layout = NULL;
    ov_status_e status = ov_preprocess_prepostprocessor_get_input_info_by_index(processor, conversion->index, &input);
    if (status == OK) status = ov_preprocess_input_info_get_tensor_info(input, &tensor);
    if (status == OK) {
        status = ov_preprocess_input_tensor_info_set_element_type(tensor, types[conversion->element_type]);
    }
    if (status == OK && conversion->channels > 0) {
        status = ov_layout_create(conversion->channels_last ? "N...C" : "NC...", &layout);
        if (status == OK) status = ov_preprocess_input_tensor_info_set_layout(tensor, layout);
        if (status == OK) status = set_steps(input, conversion);
    }
    if (layout != NULL) ov_layout_free(layout);
    if (tensor != NULL) ov_preprocess_input_tensor_info_free(tensor);
    if (input != NULL) ov_preprocess_input_info_free(input);
    return status;
}

int retort_ov_model_convert(retort_ov_model **model, const retort_ov_conversion *conversions, size_t count) {
    ov_preprocess_prepostprocessor_t *processor = NULL;
    ov_status_e status = ov_preprocess_prepostprocessor_create(model_of(*model), &processor);
    for (size_t index = 0; index < count && status == OK; index++) {
        int32_t type = conversions[index].element_type, channels = conversions[index].channels;
        bool fits = type > RETORT_OV_UNKNOWN && type < RETORT_OV_TYPES && channels >= 0 && channels <= 4;
        status = fits ? convert(processor, &conversions[index]) : INVALID_C_PARAM;
    }
    ov_model_t *made = NULL;
    if (status == OK) status = ov_preprocess_prepostprocessor_build(processor, &made);
    if (status == OK) {
        ov_model_free(model_of(*model));
        *model = (retort_ov_model *)made;
    }
    if (processor != NULL) ov_preprocess_prepostprocessor_free(processor);
    return status;
}

int retort_ov_compile(
    retort_ov_core *core, retort_ov_model *model, const char *device, const char *const *p, size_t pairs,
    retort_ov_compiled **compiled) {
    if (pairs > 8) return RETORT_OV_TOO_LARGE;
    const char *q[16] = {0};
    for (size_t index = 0; index < 2 * pairs; index++) q[index] = p[index];
    // Only as many arguments are read as the count says.
    return ov_core_compile_model(
        core_of(core), model_of(model), device, 2 * pairs, (ov_compiled_model_t **)compiled, q[0], q[1], q[2], q[3],
        q[4], q[5], q[6], q[7], q[8], q[9], q[10], q[11], q[12], q[13], q[14], q[15]);
}

void retort_ov_compiled_free(retort_ov_compiled *compiled) { ov_compiled_model_free(compiled_of(compiled)); }

int retort_ov_compiled_property(retort_ov_compiled *compiled, const char *key, char *text, size_t size) {
    char *value = NULL;
    ov_status_e status = ov_compiled_model_get_property(compiled_of(compiled), key, &value);
    if (status != OK) return status;
    copy_text(text, size, value);
    ov_free(value);
    return RETORT_OV_OK;
}

int retort_ov_request_create(retort_ov_compiled *compiled, retort_ov_request **request) {
    retort_ov_request *made = calloc(1, sizeof *made);
    if (made == NULL) return NOT_ALLOCATED;
    ov_status_e status = ov_compiled_model_create_infer_request(compiled_of(compiled), &made->request);
    if (status != OK) {
        free(made);
        return status;
    }
    *request = made;
    return RETORT_OV_OK;
}

void retort_ov_request_free(retort_ov_request *request) {
    ov_infer_request_free(request->request);
    free(request);
}

static bool has_shape(const ov_tensor_t *tensor, ov_element_type_e type, int32_t rank, const int64_t *dims) {
    ov_element_type_e own;
    if (ov_tensor_get_element_type(tensor, &own) != OK || own != type) return false;
    ov_shape_t shape;
    if (ov_tensor_get_shape(tensor, &shape) != OK) return false;
    bool same = shape.rank == rank;
    for (int32_t axis = 0; same && axis < rank; axis++) same = shape.dims[axis] == dims[axis];
    ov_shape_free(&shape);
    return same;
}

int retort_ov_request_input(
    retort_ov_request *request, size_t index, int32_t element_type, int32_t rank, const int64_t *dims, void **data,
    size_t *bytes) {
    if (element_type <= RETORT_OV_UNKNOWN || element_type >= RETORT_OV_TYPES) return INVALID_C_PARAM;
    ov_element_type_e type = types[element_type];
    ov_tensor_t *tensor = NULL;
    ov_status_e status = ov_infer_request_get_input_tensor_by_index(request->request, index, &tensor);
    if (status == OK && !has_shape(tensor, type, rank, dims)) {
        // Of an open shape, or used with another one before.
        ov_tensor_free(tensor);
        tensor = NULL;
        ov_shape_t shape;
        status = ov_shape_create(rank, dims, &shape);
        if (status == OK) {
            status = ov_tensor_create(type, shape, &tensor);
            ov_shape_free(&shape);
        }
        if (status == OK) status = ov_infer_request_set_input_tensor_by_index(request->request, index, tensor);
    }
    if (status == OK) status = ov_tensor_get_byte_size(tensor, bytes);
    if (status == OK) status = ov_tensor_data(tensor, data);
    // The request holds the memory.
    if (tensor != NULL) ov_tensor_free(tensor);
    return status;
}

int retort_ov_request_lend(
    retort_ov_request *request, size_t index, int32_t element_type, int32_t rank, const int64_t *dims, const void *data) {
    if (element_type <= RETORT_OV_UNKNOWN || element_type >= RETORT_OV_TYPES) return INVALID_C_PARAM;
    ov_tensor_t *tensor = NULL;
    ov_shape_t shape;
    ov_status_e status = ov_shape_create(rank, dims, &shape);
    if (status != OK) return status;
    // Inputs are only read; the interface knows no memory that cannot be written.
    status = ov_tensor_create_from_host_ptr(types[element_type], shape, (void *)data, &tensor);
    ov_shape_free(&shape);
    if (status == OK) status = ov_infer_request_set_input_tensor_by_index(request->request, index, tensor);
    // The request holds what is needed of it.
    if (tensor != NULL) ov_tensor_free(tensor);
    return status;
}

static void call_back(void *args) {
    retort_ov_request *request = args;
    request->done(request->context);
}

int retort_ov_request_start(retort_ov_request *request, void (*done)(void *context), void *context) {
    request->done = done;
    request->context = context;
    if (!request->has_callback) {
        request->callback.callback_func = call_back;
        request->callback.args = request;
        ov_status_e status = ov_infer_request_set_callback(request->request, &request->callback);
        if (status != OK) return status;
        request->has_callback = true;
    }
    return ov_infer_request_start_async(request->request);
}

int retort_ov_request_finish(retort_ov_request *request) { return ov_infer_request_wait(request->request); }
int retort_ov_request_cancel(retort_ov_request *request) { return ov_infer_request_cancel(request->request); }

int retort_ov_request_output(
    retort_ov_request *request, size_t index, int32_t *element_type, int32_t *rank, int64_t *dims, const void **data,
    size_t *bytes) {
    ov_tensor_t *tensor = NULL;
    ov_status_e status = ov_infer_request_get_output_tensor_by_index(request->request, index, &tensor);
    if (status != OK) return status;
    ov_element_type_e type;
    status = ov_tensor_get_element_type(tensor, &type);
    *element_type = type_number(type);
    ov_shape_t shape;
    if (status == OK) status = ov_tensor_get_shape(tensor, &shape);
    if (status == OK) {
        if (shape.rank > RETORT_OV_MAX_RANK) {
            status = OUT_OF_BOUNDS;
        } else {
            *rank = (int32_t)shape.rank;
            for (int64_t axis = 0; axis < shape.rank; axis++) dims[axis] = shape.dims[axis];
        }
        ov_shape_free(&shape);
    }
    if (status == OK) status = ov_tensor_get_byte_size(tensor, bytes);
    void *memory = NULL;
    if (status == OK && *bytes > 0) status = ov_tensor_data(tensor, &memory);
    *data = memory;
    ov_tensor_free(tensor);
    return status;
}

#endif
