package dev.virga.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.host.manifest.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Calls the host that runs on a folder. */
public final class ControlClient implements ControlPlane {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A delete lets requests under way end first. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private final Transport transport;
    private final HttpClient client = new HttpClient();

    /**
     * @param data the host's folder
     * @throws ControlException.Refused if the path is too long for a socket
     */
    public ControlClient(Path data) {
        this.data = data;
        this.transport = new Transport.TCPUnix(ControlSocket.of(data));
        QueuedThreadPool threads = new QueuedThreadPool(8, 1);
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setIdleTimeout(PATIENCE.toMillis());
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client does not start: " + e.getMessage(), e);
        }
    }

    /** About the host itself. */
    public JsonNode host() {
        return call(HttpMethod.GET, "host", Map.of(), "");
    }

    /** Tells the host to let its requests end and to stop. */
    public JsonNode drain() {
        return call(HttpMethod.POST, "drain", Map.of(), "");
    }

    @Override
    public JsonNode apply(String yaml) {
        return call(HttpMethod.POST, "apply", Map.of(), yaml);
    }

    @Override
    public JsonNode objects(Map<String, String> query) {
        return call(HttpMethod.GET, "objects", query, "");
    }

    @Override
    public JsonNode object(Kind kind, String namespace, String name) {
        return call(HttpMethod.GET, path(kind, namespace, name), Map.of(), "");
    }

    @Override
    public JsonNode delete(Kind kind, String namespace, String name) {
        return call(HttpMethod.DELETE, path(kind, namespace, name), Map.of(), "");
    }

    @Override
    public JsonNode scale(Kind kind, String namespace, String name, int replicas) {
        String body = JsonNodeFactory.instance.objectNode().put("replicas", replicas).toString();
        return call(HttpMethod.PUT, path(kind, namespace, name) + "/replicas", Map.of(), body);
    }

    private static String path(Kind kind, String namespace, String name) {
        return "objects/" + kind + "/" + encoded(namespace) + "/" + encoded(name);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    @Override
    public void logs(String namespace, String name, Map<String, String> query, Consumer<String> lines) {
        try (InputStream in = answer(HttpMethod.GET, "logs/" + encoded(namespace) + "/" + encoded(name), query, "");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) { // it is only to see whether we are still there
                    lines.accept(line);
                }
            }
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new ControlException.Unreachable("the host ended while its log was read", e);
            }
        }
    }

    private JsonNode call(HttpMethod method, String path, Map<String, String> query, String body) {
        try (InputStream in = answer(method, path, query, body)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new ControlException.Unreachable("the host ended before it had answered", e);
        }
    }

    private InputStream answer(HttpMethod method, String path, Map<String, String> query, String body) {
        Request request = client.newRequest("http://localhost/v1/" + path).method(method).transport(transport);
        query.forEach(request::param);
        if (!body.isEmpty()) {
            request.body(new StringRequestContent("application/yaml", body, StandardCharsets.UTF_8));
        }
        InputStreamResponseListener listener = new InputStreamResponseListener();
        request.send(listener);
        try {
            Response response = listener.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.getStatus() >= HttpStatus.BAD_REQUEST_400) {
                throw refused(listener.getInputStream());
            }
            return listener.getInputStream();
        } catch (ExecutionException | TimeoutException e) {
            throw new ControlException.Unreachable(
                    "no host runs on the folder " + data + "; start one with `virga host`, or name its folder with --data",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException.Unreachable("interrupted before the host had answered", e);
        }
    }

    private static ControlException.Refused refused(InputStream answer) {
        try (answer) {
            JsonNode error = JSON.readTree(answer).path("error");
            return new ControlException.Refused(
                    error.path("message").asText("the host refuses this and does not say why"),
                    error.path("problems") instanceof ArrayNode problems ? problems : JSON.createArrayNode());
        } catch (IOException e) {
            return new ControlException.Refused("the host refuses this with an answer that cannot be read");
        }
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client does not stop: " + e.getMessage(), e);
        }
    }
}
