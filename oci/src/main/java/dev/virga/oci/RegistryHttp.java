package dev.virga.oci;

import dev.virga.wasi.Harmless;
import dev.virga.wasi.SpecialAddresses;
import dev.virga.wasi.http.BareClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * HTTP to registries and to where they lead. No request, be it a redirect's or one for a token, reaches an address
 * that is not public unless the settings name its host.
 */
final class RegistryHttp implements AutoCloseable {

    /** Of an answer that only says why. */
    static final int MAX_ERROR = 64 * 1024;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SLOWEST = 250_000;
    private static final long CONNECT_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 60_000;
    private static final int CHUNK = 64 * 1024;

    /** An answer, read to its end. */
    record Answer(int status, HttpFields headers, byte[] body) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    private final RegistrySettings settings;
    private final HttpClient client;

    /** @throws ImageException.Denied if the authority's certificates cannot be read */
    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        try {
            client = BareClient.start(RegistryTls.trusting(settings.authority()), this::resolve, IDLE_MILLIS);
        } catch (ImageException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client does not start: " + e.getMessage(), e);
        }
        client.setConnectTimeout(CONNECT_MILLIS);
    }

    /** @throws ImageException if it is refused here, fails, or is answered with more than may come */
    Answer send(Call call) {
        String host = call.uri().getHost();
        boolean plain = "http".equals(call.uri().getScheme());
        if (host == null || !plain && !"https".equals(call.uri().getScheme())) {
            throw new ImageException.Wrong(
                    "the registry leads to " + Harmless.text(call.uri().toString()) + ", which is no address of HTTP", null);
        }
        if (plain && !settings.isPlain(host, call.uri().getPort() < 0 ? RegistrySettings.HTTP : call.uri().getPort())) {
            throw new ImageException.Denied("the registry leads to " + origin(call) + " without TLS", null);
        }
        long size = Math.max(call.most(), call.body().map(body -> (long) body.bytes().length).orElse(0L));
        Duration time = PATIENCE.plusSeconds(size / SLOWEST);
        Request request = client.newRequest(call.uri())
                .method(call.method())
                .timeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .headers(fields -> call.headers().forEach(fields::put));
        call.body().ifPresent(body -> {
            AtomicLong sent = new AtomicLong();
            request.body(new BytesRequestContent(body.type(), chunks(body.bytes())));
            request.onRequestContent((_, bytes) -> call.progress().accept(sent.addAndGet(bytes.remaining())));
        });
        InputStreamResponseListener listener = new InputStreamResponseListener();
        request.send(listener);
        try {
            Response response = listener.get(time.toMillis(), TimeUnit.MILLISECONDS);
            try (InputStream in = listener.getInputStream()) {
                return new Answer(response.getStatus(), response.getHeaders(), read(in, response.getStatus(), call));
            }
        } catch (InterruptedException | InterruptedIOException e) {
            request.abort(e);
            Thread.currentThread().interrupt();
            throw new ImageException.Unreachable("interrupted while " + origin(call) + " was asked", e);
        } catch (TimeoutException e) {
            throw new ImageException.Unreachable(origin(call) + " took longer than " + time.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw failure(call, e.getCause(), time);
        } catch (IOException e) {
            throw failure(call, e.getCause() == null ? e : e.getCause(), time);
        }
    }

    /** In parts, so that progress is seen. */
    private static byte[][] chunks(byte[] bytes) {
        byte[][] parts = new byte[(bytes.length + CHUNK - 1) / CHUNK][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Arrays.copyOfRange(bytes, i * CHUNK, Math.min(bytes.length, (i + 1) * CHUNK));
        }
        return parts;
    }

    /** What says why something failed is cut off; what is asked for must be all there. */
    private static byte[] read(InputStream in, int status, Call call) throws IOException {
        if (status < 200 || status >= 300) {
            return in.readNBytes(MAX_ERROR);
        }
        byte[] all = counted(in, call).readNBytes(Math.toIntExact(call.most() + 1));
        if (all.length > call.most()) {
            throw new ImageException.Wrong(
                    origin(call) + " answers with more than the " + call.most() + " bytes that it may", null);
        }
        return all;
    }

    private static InputStream counted(InputStream in, Call call) {
        return new FilterInputStream(in) {
            private long count;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (read > 0 && call.body().isEmpty()) {
                    count += read;
                    call.progress().accept(count);
                }
                return read;
            }
        };
    }

    private static ImageException failure(Call call, Throwable cause, Duration time) {
        return switch (cause) {
            case ImageException e -> e;
            case TimeoutException _ -> new ImageException.Unreachable(
                    origin(call) + " took longer than " + time.toSeconds() + " s", cause);
            case javax.net.ssl.SSLException _ -> new ImageException.Unreachable(origin(call)
                    + " cannot be reached with TLS: " + cause.getMessage()
                    + "; name its authority, or allow it without TLS", cause);
            default -> new ImageException.Unreachable(origin(call) + " cannot be reached: "
                    + (cause.getMessage() == null ? cause.toString() : cause.getMessage()), cause);
        };
    }

    private static String origin(Call call) {
        return Harmless.text(call.uri().getScheme() + "://" + call.uri().getRawAuthority());
    }

    private void resolve(
            String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Thread.ofVirtual().name("registry-resolve").start(() -> {
            List<InetSocketAddress> addresses;
            try {
                addresses = addresses(host, port);
            } catch (RuntimeException e) {
                promise.failed(e);
                return;
            }
            promise.succeeded(addresses);
        });
    }

    /** Checked here, with the addresses that the connection will use: a second look-up could differ. */
    private List<InetSocketAddress> addresses(String host, int port) {
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host.replaceAll("[\\[\\]]", ""));
        } catch (UnknownHostException e) {
            throw new ImageException.Unreachable("there is no host " + host, e);
        }
        boolean any = settings.mayBeInternal(host, port);
        List<InetSocketAddress> addresses = Arrays.stream(found)
                .filter(address -> any || !SpecialAddresses.contain(address))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (addresses.isEmpty()) {
            throw new ImageException.Denied(host + ":" + port
                    + " is at an address that is not public; allow it with --allow-registry " + host + ":" + port, null);
        }
        return addresses;
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
    }
}
