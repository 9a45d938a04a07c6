package dev.virga.ingress;

import dev.virga.wasi.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/** Holds a workload to its limits. Lives as long as the workload, through any number of tables. */
public final class Admission {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final RouteLimits limits;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Optional<RateLimit> rate;

    public Admission(RouteLimits limits) {
        this.limits = limits;
        this.turns = new Semaphore(limits.concurrency(), true);
        this.rate = limits.rate().map(r -> new RateLimit(r.perSecond(), r.burst(), System::nanoTime));
    }

    public RouteLimits limits() {
        return limits;
    }

    /** Waits for a turn if need be. Empty if the request may go on; then {@link #leave} must follow. */
    Optional<Refusal> enter(Exchange exchange) throws InterruptedException {
        Optional<Refusal> refusal = tooLarge(exchange).or(this::tooOften);
        if (refusal.isPresent()) {
            return refusal;
        }
        limits.requestTime().ifPresent(exchange.deadline()::shorten);
        return turns.tryAcquire() || waited(exchange) ? Optional.empty() : Optional.of(busy());
    }

    void leave() {
        turns.release();
    }

    private boolean waited(Exchange exchange) throws InterruptedException {
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return turns.tryAcquire(exchange.deadline().left(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Refusal busy() {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "the workload is at " + limits.concurrency() + " requests, as many as its concurrency allows",
                Optional.of(SOON));
    }

    private Optional<Refusal> tooOften() {
        return rate.map(r -> r.take(1)).filter(nanos -> nanos > 0).map(nanos -> new Refusal(
                HttpStatus.TOO_MANY_REQUESTS_429,
                "more than " + limits.rate().orElseThrow().perSecond() + " requests a second",
                Optional.of(Duration.ofNanos(nanos))));
    }

    private Optional<Refusal> tooLarge(Exchange exchange) {
        HttpFields headers = exchange.jettyRequest().getHeaders();
        if (headers.size() > limits.headerCount()
                || limits.headerBytes() < Integer.MAX_VALUE && bytes(headers) > limits.headerBytes()) {
            return Optional.of(new Refusal(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, "too many or too large headers for this route"));
        }
        return exchange.jettyRequest().getLength() > limits.bodyBytes()
                ? Optional.of(new Refusal(HttpStatus.PAYLOAD_TOO_LARGE_413,
                        "the body is longer than this route's " + limits.bodyBytes() + " bytes"))
                : Optional.empty();
    }

    private static long bytes(HttpFields headers) {
        long bytes = 0;
        for (HttpField field : headers) {
            bytes += field.getName().length() + (field.getValue() == null ? 0 : field.getValue().length());
        }
        return bytes;
    }
}
