#include "app.h"
#include <stdio.h>
#include <string.h>

/* As much as a stream takes in one call. */
#define MOST 4096

static void respond(exports_wasi_http_incoming_handler_own_response_outparam_t out, uint16_t status,
                    const uint8_t *text, size_t length) {
    wasi_http_types_own_fields_t headers = wasi_http_types_constructor_fields();
    wasi_http_types_own_outgoing_response_t response = wasi_http_types_constructor_outgoing_response(headers);
    wasi_http_types_method_outgoing_response_set_status_code(
        wasi_http_types_borrow_outgoing_response(response), status);
    wasi_http_types_own_outgoing_body_t body;
    wasi_http_types_method_outgoing_response_body(wasi_http_types_borrow_outgoing_response(response), &body);
    wasi_http_types_result_own_outgoing_response_error_code_t result = {.is_err = false, .val.ok = response};
    wasi_http_types_static_response_outparam_set(out, &result);

    wasi_http_types_own_output_stream_t stream;
    wasi_http_types_method_outgoing_body_write(wasi_http_types_borrow_outgoing_body(body), &stream);
    app_list_u8_t content = {(uint8_t *)text, length};
    wasi_io_streams_stream_error_t gone;
    wasi_io_streams_method_output_stream_blocking_write_and_flush(
        wasi_io_streams_borrow_output_stream(stream), &content, &gone);
    wasi_io_streams_output_stream_drop_own(stream);
    wasi_http_types_error_code_t error;
    wasi_http_types_static_outgoing_body_finish(body, NULL, &error);
}

void exports_wasi_http_incoming_handler_handle(exports_wasi_http_incoming_handler_own_incoming_request_t request,
                                               exports_wasi_http_incoming_handler_own_response_outparam_t out) {
    char text[MOST];
    app_string_t path = {0};
    bool some = wasi_http_types_method_incoming_request_path_with_query(
        wasi_http_types_borrow_incoming_request(request), &path);
    int length = snprintf(text, sizeof text, "Hello from %.*s\n", some ? (int)path.len : 1,
                          some ? (const char *)path.ptr : "/");
    if (some) {
        app_string_free(&path);
    }
    wasi_http_types_incoming_request_drop_own(request);
    respond(out, 200, (const uint8_t *)text, length < MOST ? (size_t)length : MOST - 1);
}
