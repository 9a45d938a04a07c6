package dev.virga.host.control;

import dev.virga.host.HostException;
import dev.virga.host.manifest.ManifestException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Handles each call on a virtual thread of its own. */
final class Calls extends Handler.Abstract.NonBlocking implements AutoCloseable {

    /** What answers calls. */
    interface Service {
        void serve(Call call) throws IOException, InterruptedException;
    }

    /** More at a time are refused, followers of logs among them. */
    private static final int MOST = 256;

    private final Service service;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    Calls(Service service) {
        this.service = service;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        request.addIdleTimeoutListener(_ -> false); // who follows a log may wait long for a line
        Thread.ofVirtual().name("control").start(() -> {
            running.add(Thread.currentThread());
            try {
                serve(new Call(request, response));
                callback.succeeded();
            } catch (IOException | InterruptedException | RuntimeException e) {
                callback.failed(e);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        return true;
    }

    private void serve(Call call) throws IOException, InterruptedException {
        try {
            if (running.size() > MOST) {
                throw new Call.Bad(HttpStatus.SERVICE_UNAVAILABLE_503, "more than " + MOST + " calls at a time");
            }
            service.serve(call);
        } catch (Call.Bad e) {
            call.answer(e.status(), Views.error(e.getMessage()));
        } catch (ManifestException e) {
            call.answer(HttpStatus.BAD_REQUEST_400, Views.error(e));
        } catch (HostException e) {
            call.answer(status(e), Views.error(e.getMessage()));
        } catch (RuntimeException e) {
            call.answer(HttpStatus.INTERNAL_SERVER_ERROR_500, Views.error("the host failed at this: " + e));
        }
    }

    private static int status(HostException failure) {
        return switch (failure) {
            case HostException.Missing _ -> HttpStatus.NOT_FOUND_404;
            case HostException.Refused _ -> HttpStatus.CONFLICT_409;
            case HostException.Broken _ -> HttpStatus.INTERNAL_SERVER_ERROR_500;
        };
    }

    /** Ends those that wait. */
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
    }
}
