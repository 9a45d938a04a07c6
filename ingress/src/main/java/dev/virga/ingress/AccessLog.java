package dev.virga.ingress;

import dev.virga.wasi.Harmless;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.RequestLog;

/** What is written for each request that was answered. */
public enum AccessLog {
    /** Nothing. */
    OFF(""),
    /** The Common Log Format of the NCSA server. */
    COMMON(CustomRequestLog.NCSA_FORMAT),
    /** The common format with referrer and user agent, as Apache's {@code combined}. */
    COMBINED(CustomRequestLog.EXTENDED_NCSA_FORMAT),
    /** The request line, status and milliseconds, for people. */
    BRIEF("%r %s %{ms}T ms");

    private final String format;

    AccessLog(String format) {
        this.format = format;
    }

    RequestLog to(ServeLog log) {
        return new CustomRequestLog(line -> log.line(Harmless.text(line)), format);
    }
}
