// libcurl as Swift can call it.
//
// Swift cannot call C's variadic functions, and libcurl sets every option and reads every fact through one of them. Each
// function below is one such call with one type of argument, so that the compiler checks on both sides what libcurl's own
// macros check in C.
#ifndef AUTOTAGGER_CCURL_SHIM_H
#define AUTOTAGGER_CCURL_SHIM_H

#include <curl/curl.h>

// A whole number or a flag, for options of CURLOPTTYPE_LONG and CURLOPTTYPE_VALUES.
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

// A size, for options of CURLOPTTYPE_OFF_T.
static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// A text; libcurl keeps its own copy.
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

// A pointer that libcurl hands back or reads later; whoever sets it keeps it alive as long as the handle uses it.
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

// The headers to send; the list must outlive the transfer.
static inline CURLcode ccurl_set_headers(CURL *handle, struct curl_slist *headers) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

// What receives the body, or one header line.
static inline CURLcode ccurl_set_receiver(CURL *handle, CURLoption option, curl_write_callback receiver) {
    return curl_easy_setopt(handle, option, receiver);
}

// A whole number that the transfer ended with.
static inline CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

// The pointer that CURLOPT_PRIVATE was given.
static inline CURLcode ccurl_get_private(CURL *handle, char **value) {
    return curl_easy_getinfo(handle, CURLINFO_PRIVATE, value);
}

// A whole number for the handle that drives many transfers.
static inline CURLMcode ccurl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

#endif
