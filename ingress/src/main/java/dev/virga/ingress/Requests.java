package dev.virga.ingress;

import dev.virga.engine.Trap;
import dev.virga.wasi.Harmless;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Takes requests from the server, within the limits, and has a service answer them. */
final class Requests extends Handler.Abstract.NonBlocking {

    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Service service;
    private final Executor threads;
    private final ServeLimits limits;
    private final Headers headers;
    private final Optional<IngressListener> listener;
    private final Scheduler scheduler;
    private final ServeLog log;
    private final Semaphore turns;
    private final AtomicLong count = new AtomicLong();
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    Requests(Service service, Executor threads, ServeOptions options, Scheduler scheduler, ServeLog log) {
        this.service = service;
        this.threads = threads;
        this.limits = options.limits();
        this.headers = new Headers(options.forwarding());
        this.listener = options.listener();
        this.scheduler = scheduler;
        this.log = log;
        this.turns = new Semaphore(limits.requests());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (draining && request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        Optional<Refusal> refused = refused(request);
        if (refused.isPresent()) {
            request.setAttribute(Refusal.ATTRIBUTE, refused.get());
            Response.writeError(request, response, callback, refused.get().status());
            return true;
        }
        Exchange exchange = new Exchange(
                count.getAndIncrement(), request, response, callback, headers.of(request),
                new Deadline(scheduler, limits.requestTime()), limits);
        request.addIdleTimeoutListener(_ -> false); // a guest that thinks is not idle
        request.addFailureListener(exchange::lost);
        listener.ifPresent(told -> Request.addCompletionListener(
                request, failure -> told.ended(exchange, outcome(request, response, failure))));
        running.add(exchange);
        if (draining) { // since it was asked above
            exchange.closeAfter();
        }
        threads.execute(() -> serve(exchange));
        return true;
    }

    private Optional<Refusal> refused(Request request) {
        if (request.getHeaders().size() > limits.headerCount()) {
            return Optional.of(new Refusal(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "more than " + limits.headerCount() + " headers"));
        }
        if (request.getLength() > limits.bodyBytes()) {
            return Optional.of(new Refusal(HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "the body is longer than " + limits.bodyBytes() + " bytes"));
        }
        // over HTTP/2 a request names its host in :authority, and could name another one in host
        String host = request.getHeaders().get(HttpHeader.HOST);
        String authority = request.getHttpURI().getAuthority();
        return host == null || authority == null || Authority.same(host, authority)
                ? Optional.empty()
                : Optional.of(new Refusal(HttpStatus.BAD_REQUEST_400, "the request names two hosts"));
    }

    private static IngressListener.Outcome outcome(Request request, Response response, Throwable failure) {
        return new IngressListener.Outcome(
                response.isCommitted() ? response.getStatus() : 0,
                Request.getContentBytesRead(request),
                Response.getContentBytesWritten(response),
                System.nanoTime() - request.getHeadersNanoTime(),
                failure == null);
    }

    private void serve(Exchange exchange) {
        exchange.deadline().start(() -> timeOut(exchange));
        try {
            if (turns.tryAcquire(exchange.deadline().left(), TimeUnit.NANOSECONDS)) {
                serveInTurn(exchange);
            } else {
                exchange.refuse(busy());
            }
        } catch (InterruptedException e) {
            exchange.refuse(busy());
        } finally {
            exchange.deadline().stop();
            running.remove(exchange);
            synchronized (running) {
                running.notifyAll();
            }
        }
    }

    private static Refusal busy() {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "the server has too many requests");
    }

    private void serveInTurn(Exchange exchange) {
        try {
            listener.ifPresent(told -> told.begun(exchange));
            service.serve(exchange);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            exchange.fail(HttpStatus.INTERNAL_SERVER_ERROR_500);
            log(exchange, describe(e));
        } finally {
            turns.release();
            exchange.served();
            exchange.complaint().ifPresent(text -> log(exchange, text));
        }
    }

    private void timeOut(Exchange exchange) {
        exchange.interrupt(
                HttpStatus.GATEWAY_TIMEOUT_504,
                "the request took longer than " + text(exchange.deadline().time()));
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private void log(Exchange exchange, String text) {
        log.line("request " + exchange.id() + ": " + Harmless.text(text));
    }

    private static String describe(Throwable thrown) {
        return thrown instanceof Trap trap ? "the guest trapped: " + trap.describe() : thrown.toString();
    }

    /** From now on clients are told to close their connections. */
    void drain() {
        draining = true;
        running.forEach(Exchange::closeAfter);
    }

    /** Stops those that are under way, and waits a little for them. */
    void interrupt() {
        running.forEach(exchange -> exchange.interrupt(HttpStatus.SERVICE_UNAVAILABLE_503, "the server stops"));
        ended(System.nanoTime() + LAST_WORDS.toNanos());
    }

    /** Whether all have ended by a time, as {@link System#nanoTime} tells it. */
    boolean ended(long deadline) {
        synchronized (running) {
            while (!running.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(running, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }
}
