// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

// One GET request over libcurl to one address that the caller has checked. libcurl sets its options through functions
// with variable arguments, which Swift cannot call, so they are set here.

#ifndef RETORT_FETCH_H
#define RETORT_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    RETORT_FETCH_OK = 0,
    RETORT_FETCH_STOPPED = 1,       // a callback said stop
    RETORT_FETCH_CONNECT = 2,       // no connection to the address
    RETORT_FETCH_TLS = 3,           // no TLS, or a certificate that is not trusted
    RETORT_FETCH_TIME = 4,          // too slow
    RETORT_FETCH_SIZE = 5,          // the announced length is over the limit
    RETORT_FETCH_ADDRESS = 6,       // libcurl wanted to connect to another address
    RETORT_FETCH_PROTOCOL = 7,      // the answer is not HTTP, or ends too early
    RETORT_FETCH_FAILED = 8,        // anything else
} retort_fetch_outcome;

typedef struct {
    const char *url;
    const char *connect_to;         // "::address:port", an IPv6 address in brackets
    const char *user_agent;
    const char *accept;             // value of the Accept header
    uint8_t address[16];            // network order; the first 4 bytes for IPv4
    bool is_ipv6;
    int64_t most_bytes;
    int64_t connect_milliseconds;
    int64_t total_milliseconds;
    int64_t least_bytes_per_second; // over 5 seconds
} retort_fetch_request;

typedef struct {
    void *context;
    // Each returns false to stop.
    bool (*header)(void *context, const uint8_t *bytes, size_t count);
    bool (*body)(void *context, const uint8_t *bytes, size_t count);
    bool (*goes_on)(void *context);
} retort_fetch_callbacks;

typedef struct {
    retort_fetch_outcome outcome;
    int64_t status;
    char message[256];
} retort_fetch_result;

/// Must have returned once before the first request; later calls do nothing.
void retort_fetch_set_up(void);

/// Sends one GET request, and returns when its answer is complete. Never follows redirects, uses no proxy, no cookie, no
/// file of credentials, and decodes nothing.
retort_fetch_result retort_fetch_get(const retort_fetch_request *request, const retort_fetch_callbacks *callbacks);

#endif
