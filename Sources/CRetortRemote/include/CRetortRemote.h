// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// One request over libcurl to a server that the app has chosen itself. Each thread keeps its connections, so the next
// request of the same thread to the same server needs no new one.

#ifndef RETORT_REMOTE_H
#define RETORT_REMOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    RETORT_REMOTE_OK = 0,
    RETORT_REMOTE_STOPPED = 1, // a callback said stop
    RETORT_REMOTE_CONNECT = 2, // no connection, so nothing was sent
    RETORT_REMOTE_TIME = 3,    // too slow
    RETORT_REMOTE_BROKEN = 4,  // the connection broke, or the answer is not HTTP
    RETORT_REMOTE_FAILED = 5,  // anything else
} retort_remote_outcome;

typedef struct {
    const uint8_t *bytes;
    size_t count;
} retort_remote_piece;

typedef struct {
    const char *url;
    const char *first_header;  // a whole line, or NULL
    const char *second_header; // a whole line, or NULL
    bool is_post;
    const retort_remote_piece *pieces; // the body, in pieces that are not joined
    size_t piece_count;
    int64_t connect_milliseconds;
    int64_t total_milliseconds;
} retort_remote_request;

typedef struct {
    void *context;
    // Each returns false to stop.
    bool (*header)(void *context, const uint8_t *bytes, size_t count);
    bool (*body)(void *context, const uint8_t *bytes, size_t count);
    bool (*goes_on)(void *context);
} retort_remote_callbacks;

typedef struct {
    retort_remote_outcome outcome;
    int64_t status;
    char message[256];
} retort_remote_result;

/// Sends one request and returns when its answer is complete, with whatever status. Follows no redirects, uses no proxy, no
/// cookie and no file of credentials, and decodes nothing.
retort_remote_result retort_remote_send(const retort_remote_request *request, const retort_remote_callbacks *callbacks);

#endif
