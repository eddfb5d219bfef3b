// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "CRetortRemote.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const retort_remote_request *request;
    const retort_remote_callbacks *callbacks;
    size_t piece;
    size_t offset;
    bool stopped;
} exchange;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key = false;

static void end_thread(void *handle) { curl_easy_cleanup(handle); }

static void initialize(void) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    has_key = pthread_key_create(&key, end_thread) == 0;
}

/// The handle of this thread, with its open connections and without the settings of the last request.
static CURL *handle_of_thread(void) {
    pthread_once(&once, initialize);
    if (!has_key) return NULL;
    CURL *handle = pthread_getspecific(key);
    if (handle != NULL) {
        curl_easy_reset(handle);
        return handle;
    }
    handle = curl_easy_init();
    if (handle != NULL && pthread_setspecific(key, handle) != 0) {
        curl_easy_cleanup(handle);
        return NULL;
    }
    return handle;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *context) {
    exchange *state = context;
    if (state->callbacks->header(state->callbacks->context, (const uint8_t *)bytes, size * count)) return size * count;
    state->stopped = true;
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    exchange *state = context;
    if (state->callbacks->body(state->callbacks->context, (const uint8_t *)bytes, size * count)) return size * count;
    state->stopped = true;
    return 0;
}

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    exchange *state = context;
    (void)a, (void)b, (void)c, (void)d;
    if (state->callbacks->goes_on(state->callbacks->context)) return 0;
    state->stopped = true;
    return 1;
}

static size_t on_read(char *buffer, size_t size, size_t count, void *context) {
    exchange *state = context;
    size_t room = size * count, filled = 0;
    while (filled < room && state->piece < state->request->piece_count) {
        const retort_remote_piece *piece = &state->request->pieces[state->piece];
        size_t part = piece->count - state->offset;
        if (part > room - filled) part = room - filled;
        if (part > 0) memcpy(buffer + filled, piece->bytes + state->offset, part);
        filled += part;
        state->offset += part;
        if (state->offset == piece->count) {
            state->piece++;
            state->offset = 0;
        }
    }
    return filled;
}

/// Back to the beginning, when a connection that was kept turned out to be closed.
static int on_seek(void *context, curl_off_t offset, int origin) {
    exchange *state = context;
    if (offset != 0 || origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
    state->piece = 0;
    state->offset = 0;
    return CURL_SEEKFUNC_OK;
}

static retort_remote_outcome outcome_of(CURLcode code, const exchange *state) {
    if (state->stopped) return RETORT_REMOTE_STOPPED;
    switch (code) {
    case CURLE_OK: return RETORT_REMOTE_OK;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return RETORT_REMOTE_CONNECT;
    case CURLE_OPERATION_TIMEDOUT: return RETORT_REMOTE_TIME;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_RECV_ERROR:
    case CURLE_WEIRD_SERVER_REPLY: return RETORT_REMOTE_BROKEN;
    default: return RETORT_REMOTE_FAILED;
    }
}

static struct curl_slist *append(struct curl_slist *list, const char *text, bool *failed) {
    if (text == NULL) return list;
    struct curl_slist *longer = curl_slist_append(list, text);
    if (longer == NULL) *failed = true;
    return longer == NULL ? list : longer;
}

static void say_where(CURL *handle, const retort_remote_request *request) {
    curl_easy_setopt(handle, CURLOPT_URL, request->url);
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "Retort");
    curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)request->connect_milliseconds);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)request->total_milliseconds);
    // Without this libcurl may use signals, which belong to the whole process.
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

static void say_to_whom(CURL *handle, exchange *state) {
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, state);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, state);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, state);
    if (!state->request->is_post) return;
    curl_off_t size = 0;
    for (size_t piece = 0; piece < state->request->piece_count; piece++) {
        size += (curl_off_t)state->request->pieces[piece].count;
    }
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, size);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(handle, CURLOPT_READDATA, state);
    curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(handle, CURLOPT_SEEKDATA, state);
    curl_easy_setopt(handle, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
}

retort_remote_result retort_remote_send(const retort_remote_request *request, const retort_remote_callbacks *callbacks) {
    retort_remote_result result = {.outcome = RETORT_REMOTE_FAILED};
    exchange state = {.request = request, .callbacks = callbacks};
    CURL *handle = handle_of_thread();
    bool failed = false;
    // No waiting for permission to send the body, and none of the types that libcurl would make up.
    struct curl_slist *headers = append(NULL, "Expect:", &failed);
    headers = append(headers, "Content-Type: application/octet-stream", &failed);
    headers = append(headers, request->first_header, &failed);
    headers = append(headers, request->second_header, &failed);
    if (handle != NULL && !failed) {
        say_where(handle, request);
        say_to_whom(handle, &state);
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, result.message);
        CURLcode code = curl_easy_perform(handle);
        long status = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        result.status = status;
        result.outcome = outcome_of(code, &state);
        if (code != CURLE_OK && result.message[0] == 0) {
            strncpy(result.message, curl_easy_strerror(code), sizeof(result.message) - 1);
        }
        // The handle outlives the buffer, the headers and the body, all of which it points to.
        curl_easy_reset(handle);
    }
    curl_slist_free_all(headers);
    return result;
}
