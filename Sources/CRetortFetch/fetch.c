// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

#include "CRetortFetch.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

typedef struct {
    const retort_fetch_request *request;
    const retort_fetch_callbacks *callbacks;
    bool stopped;
    bool other_address;
} transfer;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialize(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

void retort_fetch_set_up(void) { pthread_once(&once, initialize); }

static size_t on_header(char *bytes, size_t size, size_t count, void *context) {
    transfer *state = context;
    if (state->callbacks->header(state->callbacks->context, (const uint8_t *)bytes, size * count)) return size * count;
    state->stopped = true;
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    transfer *state = context;
    if (state->callbacks->body(state->callbacks->context, (const uint8_t *)bytes, size * count)) return size * count;
    state->stopped = true;
    return 0;
}

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    transfer *state = context;
    (void)a, (void)b, (void)c, (void)d;
    if (state->callbacks->goes_on(state->callbacks->context)) return 0;
    state->stopped = true;
    return 1;
}

/// The last word on the address: whatever libcurl has parsed or looked up, only the checked one gets a socket.
static curl_socket_t on_open(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    transfer *state = context;
    const retort_fetch_request *request = state->request;
    bool same = false;
    if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET && !request->is_ipv6) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&address->addr;
        same = memcmp(&four->sin_addr, request->address, 4) == 0;
    } else if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET6 && request->is_ipv6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->addr;
        same = memcmp(&six->sin6_addr, request->address, 16) == 0;
    }
    if (!same) {
        state->other_address = true;
        return CURL_SOCKET_BAD;
    }
#ifdef SOCK_CLOEXEC
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return socket(address->family, address->socktype, address->protocol);
#endif
}

static retort_fetch_outcome outcome_of(CURLcode code, const transfer *state) {
    if (state->other_address) return RETORT_FETCH_ADDRESS;
    if (state->stopped) return RETORT_FETCH_STOPPED;
    switch (code) {
    case CURLE_OK: return RETORT_FETCH_OK;
    case CURLE_COULDNT_CONNECT: return RETORT_FETCH_CONNECT;
    case CURLE_OPERATION_TIMEDOUT: return RETORT_FETCH_TIME;
    case CURLE_FILESIZE_EXCEEDED: return RETORT_FETCH_SIZE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return RETORT_FETCH_TLS;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return RETORT_FETCH_PROTOCOL;
    default: return RETORT_FETCH_FAILED;
    }
}

static struct curl_slist *append(struct curl_slist *list, const char *text, bool *failed) {
    struct curl_slist *longer = curl_slist_append(list, text);
    if (longer == NULL) *failed = true;
    return longer == NULL ? list : longer;
}

static void say_where(CURL *handle, const retort_fetch_request *request, struct curl_slist *connect_to) {
    curl_easy_setopt(handle, CURLOPT_URL, request->url);
    curl_easy_setopt(handle, CURLOPT_CONNECT_TO, connect_to);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(handle, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, request->user_agent);
}

static void say_how_much(CURL *handle, const retort_fetch_request *request) {
    curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)request->most_bytes);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)request->connect_milliseconds);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)request->total_milliseconds);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, (long)request->least_bytes_per_second);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 5L);
    // Without this libcurl may use signals, which belong to the whole process.
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

static void say_to_whom(CURL *handle, transfer *state) {
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, state);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, state);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, state);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, state);
}

retort_fetch_result retort_fetch_get(const retort_fetch_request *request, const retort_fetch_callbacks *callbacks) {
    retort_fetch_result result = {.outcome = RETORT_FETCH_FAILED};
    transfer state = {.request = request, .callbacks = callbacks};
    bool failed = false;
    struct curl_slist *connect_to = append(NULL, request->connect_to, &failed);
    struct curl_slist *headers = append(NULL, request->accept, &failed);
    CURL *handle = curl_easy_init();
    if (handle != NULL && !failed) {
        say_where(handle, request, connect_to);
        say_how_much(handle, request);
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
        // The buffer is part of what is returned; libcurl must not write to it while it cleans up.
        curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, NULL);
    }
    if (handle != NULL) curl_easy_cleanup(handle);
    curl_slist_free_all(headers);
    curl_slist_free_all(connect_to);
    return result;
}
