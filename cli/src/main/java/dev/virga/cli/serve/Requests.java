package dev.virga.cli.serve;

import dev.virga.engine.Trap;
import dev.virga.wasi.Harmless;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Takes requests from the server, within the limits, and has a service answer them. */
final class Requests extends Handler.Abstract.NonBlocking {

    private static final int MAX_FRAMES = 32;

    private final Service service;
    private final ServeLimits limits;
    private final Scheduler scheduler;
    private final ServeLog log;
    private final Semaphore turns;
    private final AtomicLong count = new AtomicLong();
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    Requests(Service service, ServeLimits limits, Scheduler scheduler, ServeLog log) {
        this.service = service;
        this.limits = limits;
        this.scheduler = scheduler;
        this.log = log;
        this.turns = new Semaphore(limits.requests());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (draining) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        } else if (request.getHeaders().size() > limits.headerCount()) {
            Response.writeError(request, response, callback, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
        } else if (request.getLength() > limits.bodyBytes()) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
        } else {
            Exchange exchange = new Exchange(count.getAndIncrement(), request, response, callback, limits);
            request.addIdleTimeoutListener(_ -> false); // a guest that thinks is not idle
            request.addFailureListener(exchange::lost);
            running.add(exchange);
            Thread.ofVirtual().name("request-", exchange.id()).start(() -> serve(exchange));
        }
        return true;
    }

    private void serve(Exchange exchange) {
        Scheduler.Task timeout = scheduler.schedule(() -> timeOut(exchange), limits.requestTime());
        try {
            if (turns.tryAcquire(limits.requestTime().toNanos(), TimeUnit.NANOSECONDS)) {
                serveInTurn(exchange);
            } else {
                exchange.fail(HttpStatus.SERVICE_UNAVAILABLE_503);
            }
        } catch (InterruptedException e) {
            exchange.fail(HttpStatus.SERVICE_UNAVAILABLE_503);
        } finally {
            timeout.cancel();
            running.remove(exchange);
            synchronized (running) {
                running.notifyAll();
            }
        }
    }

    private void serveInTurn(Exchange exchange) {
        try {
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
                HttpStatus.GATEWAY_TIMEOUT_504, "the request took longer than " + text(limits.requestTime()));
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private void log(Exchange exchange, String text) {
        log.line("request " + exchange.id() + ": " + Harmless.text(text));
    }

    private static String describe(Throwable thrown) {
        if (!(thrown instanceof Trap trap)) {
            return thrown.toString();
        }
        StringBuilder text = new StringBuilder("the guest trapped: ").append(trap.getMessage());
        trap.backtrace().stream().limit(MAX_FRAMES).forEach(frame -> text.append(", at ").append(frame));
        int more = trap.backtrace().size() - MAX_FRAMES;
        return more > 0 ? text.append(", and ").append(more).append(" more").toString() : text.toString();
    }

    /** Waits for the requests under way, then stops those that are left. */
    void drain(Duration grace) {
        draining = true;
        if (!ended(grace)) {
            running.forEach(exchange ->
                    exchange.interrupt(HttpStatus.SERVICE_UNAVAILABLE_503, "the server stops"));
            ended(grace);
        }
    }

    private boolean ended(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
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
