package dev.virga.wasi.http;

import java.util.Optional;

/** {@code wasi:http/types.error-code}: why an HTTP operation failed (the proxy error types of RFC 9209, 2.3). */
public sealed interface ErrorCode {

    /** {@code DNS-error-payload}. */
    record DnsErrorPayload(Optional<String> rcode, Optional<Short> infoCode) {}

    /** {@code TLS-alert-received-payload}. */
    record TlsAlertReceivedPayload(Optional<Byte> alertId, Optional<String> alertMessage) {}

    /** {@code field-size-payload}. */
    record FieldSizePayload(Optional<String> fieldName, Optional<Integer> fieldSize) {}

    record DnsTimeout() implements ErrorCode {}

    record DnsError(DnsErrorPayload payload) implements ErrorCode {}

    record DestinationNotFound() implements ErrorCode {}

    record DestinationUnavailable() implements ErrorCode {}

    record DestinationIpProhibited() implements ErrorCode {}

    record DestinationIpUnroutable() implements ErrorCode {}

    record ConnectionRefused() implements ErrorCode {}

    record ConnectionTerminated() implements ErrorCode {}

    record ConnectionTimeout() implements ErrorCode {}

    record ConnectionReadTimeout() implements ErrorCode {}

    record ConnectionWriteTimeout() implements ErrorCode {}

    record ConnectionLimitReached() implements ErrorCode {}

    record TlsProtocolError() implements ErrorCode {}

    record TlsCertificateError() implements ErrorCode {}

    record TlsAlertReceived(TlsAlertReceivedPayload payload) implements ErrorCode {}

    record HttpRequestDenied() implements ErrorCode {}

    record HttpRequestLengthRequired() implements ErrorCode {}

    record HttpRequestBodySize(Optional<Long> size) implements ErrorCode {}

    record HttpRequestMethodInvalid() implements ErrorCode {}

    record HttpRequestUriInvalid() implements ErrorCode {}

    record HttpRequestUriTooLong() implements ErrorCode {}

    record HttpRequestHeaderSectionSize(Optional<Integer> size) implements ErrorCode {}

    record HttpRequestHeaderSize(Optional<FieldSizePayload> field) implements ErrorCode {}

    record HttpRequestTrailerSectionSize(Optional<Integer> size) implements ErrorCode {}

    record HttpRequestTrailerSize(FieldSizePayload field) implements ErrorCode {}

    record HttpResponseIncomplete() implements ErrorCode {}

    record HttpResponseHeaderSectionSize(Optional<Integer> size) implements ErrorCode {}

    record HttpResponseHeaderSize(FieldSizePayload field) implements ErrorCode {}

    record HttpResponseBodySize(Optional<Long> size) implements ErrorCode {}

    record HttpResponseTrailerSectionSize(Optional<Integer> size) implements ErrorCode {}

    record HttpResponseTrailerSize(FieldSizePayload field) implements ErrorCode {}

    record HttpResponseTransferCoding(Optional<String> message) implements ErrorCode {}

    record HttpResponseContentCoding(Optional<String> message) implements ErrorCode {}

    record HttpResponseTimeout() implements ErrorCode {}

    record HttpUpgradeFailed() implements ErrorCode {}

    record HttpProtocolError() implements ErrorCode {}

    record LoopDetected() implements ErrorCode {}

    record ConfigurationError() implements ErrorCode {}

    record InternalError(Optional<String> message) implements ErrorCode {}

    /** The case's name in WIT, with its payload where there is one, for logs. */
    default String text() {
        String[] words = getClass().getSimpleName().split("(?<=[a-z])(?=[A-Z])");
        String name = String.join("-", words).toLowerCase(java.util.Locale.ROOT);
        String whole = toString();
        String payload = whole.substring(whole.indexOf('['));
        return payload.equals("[]") ? name : name + payload;
    }
}
