package dev.virga.wasi.http;

import java.time.Duration;

/**
 * What a guest's own HTTP requests may take.
 *
 * @param fieldBytes the most that the headers or trailers of a response may hold for a guest
 * @param patience the longest that connecting, the first byte of a response or the next one may take;
 *     guests may ask for less
 */
public record HttpLimits(int fieldBytes, Duration patience) {

    /** 128 KiB and ten minutes. */
    public static final HttpLimits DEFAULT = new HttpLimits(128 * 1024, Duration.ofMinutes(10));
}
