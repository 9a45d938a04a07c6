package dev.virga.ingress;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The body of an answer that is not a service's: a line of text or, for who asks for JSON, RFC 9457's form. */
final class ErrorPage {

    private static final int MAX_REASON = 300;

    private ErrorPage() {}

    static boolean write(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String title = String.valueOf(HttpStatus.getMessage(status));
        Optional<Refusal> refusal = Optional.ofNullable((Refusal) request.getAttribute(Refusal.ATTRIBUTE))
                .filter(r -> r.status() == status);
        Optional<String> reason = refusal.map(r -> shown(r.reason()));
        refusal.flatMap(Refusal::retryAfter)
                .ifPresent(time -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds(time)));
        boolean json = wantsJson(request);
        response.getHeaders().put(
                HttpHeader.CONTENT_TYPE, json ? "application/problem+json" : "text/plain; charset=utf-8");
        Content.Sink.write(response, true, json ? json(status, title, reason) : text(status, title, reason), callback);
        return true;
    }

    private static boolean wantsJson(Request request) {
        return request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
                .anyMatch(type -> type.contains("application/json") || type.contains("application/problem+json"));
    }

    private static String shown(String reason) {
        String harmless = Harmless.text(reason);
        return harmless.length() <= MAX_REASON ? harmless : harmless.substring(0, MAX_REASON) + "…";
    }

    /** Rounded up: who comes a moment too early would be refused again. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }

    private static String text(int status, String title, Optional<String> reason) {
        return status + " " + title + reason.map(r -> ": " + r).orElse("") + "\n";
    }

    private static String json(int status, String title, Optional<String> reason) {
        return "{\"status\":" + status + ",\"title\":\"" + escape(title) + "\""
                + reason.map(r -> ",\"detail\":\"" + escape(r) + "\"").orElse("") + "}\n";
    }

    /** Control characters other than the tab are gone already. */
    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
    }
}
