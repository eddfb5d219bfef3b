// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// No `link` in the module map: what is linked comes from openvino.pc, so that a machine without OpenVINO links nothing.
#if __has_include(<openvino/c/openvino.h>)
#include <openvino/c/openvino.h>
#endif
