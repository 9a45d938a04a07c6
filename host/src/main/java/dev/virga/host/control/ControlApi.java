package dev.virga.host.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.host.Host;
import dev.virga.host.HostException;
import dev.virga.host.Status;
import dev.virga.host.manifest.Kind;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.host.manifest.Manifests;
import dev.virga.plugin.WorkloadName;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;

/** The calls of the control API; docs/host.md has them in a table. */
public final class ControlApi implements Calls.Service {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FILTERS = Set.of("kind", "namespace", "name", "secrets", "after", "wait");

    /** Proxies and clients give up on what is silent for longer. */
    private static final long MAX_WAIT_SECONDS = 30;

    private final Host host;
    private final Supplier<Map<String, String>> info;
    private final Runnable drain;

    /**
     * @param info about the host, by name
     * @param drain begins to stop the host, and returns at once
     */
    public ControlApi(Host host, Supplier<Map<String, String>> info, Runnable drain) {
        this.host = host;
        this.info = info;
        this.drain = drain;
    }

    @Override
    public void serve(Call call) throws IOException, InterruptedException {
        List<String> path = call.path();
        if (path.size() < 2 || !path.getFirst().equals("v1")) {
            throw new Call.Bad(HttpStatus.NOT_FOUND_404, "there is nothing here; paths begin with /v1/");
        }
        String what = call.method() + " " + path.get(1) + " " + path.size();
        switch (what) {
            case "GET host 2" -> call.answer(HttpStatus.OK_200, info());
            case "POST drain 2" -> drain(call);
            case "POST apply 2" -> apply(call);
            case "GET objects 2" -> list(call);
            case "GET objects 5" -> one(call, Target.of(path));
            case "DELETE objects 5" -> delete(call, Target.of(path));
            case "PUT objects 6" -> scale(call, Target.of(path), path.get(5));
            case "GET logs 4" -> logs(call, new WorkloadName(path.get(2), path.get(3)));
            default -> throw new Call.Bad(HttpStatus.NOT_FOUND_404, "there is no such call");
        }
    }

    private record Target(Kind kind, String namespace, String name) {
        static Target of(List<String> path) {
            return new Target(Query.kind(path.get(2)), path.get(3), path.get(4));
        }
    }

    private ObjectNode info() {
        ObjectNode view = Views.node();
        info.get().forEach(view::put);
        return view.put("workloads", host.status().size());
    }

    private void drain(Call call) throws IOException {
        call.answer(HttpStatus.ACCEPTED_202, Views.node().put("draining", true));
        drain.run();
    }

    private void apply(Call call) throws IOException {
        Manifests manifests = ManifestParser.parse("(request)", call.body());
        ObjectNode view = Views.node();
        ArrayNode objects = view.putArray("objects");
        host.apply(manifests.all()).forEach(applied -> objects.add(Views.applied(applied)));
        ArrayNode skipped = view.putArray("skipped");
        manifests.skipped().forEach(other ->
                skipped.addObject().put("apiVersion", other.apiVersion()).put("kind", other.kind()));
        call.answer(HttpStatus.OK_200, view);
    }

    /** With {@code after}, when there were more changes than so many, or {@code wait} seconds have passed. */
    private void list(Call call) throws IOException, InterruptedException {
        Query query = call.query(FILTERS);
        long seen = query.number("after", -1, Long.MAX_VALUE);
        long wait = query.number("wait", 0, MAX_WAIT_SECONDS);
        long changes = host.changes().after(seen, Duration.ofSeconds(wait));
        Optional<Kind> kind = query.kind();
        Map<String, Status> statuses = statuses();
        ObjectNode view = Views.node().put("changes", changes);
        ArrayNode objects = view.putArray("objects");
        for (Manifest manifest : host.manifests()) {
            if (kind.filter(k -> k != manifest.kind()).isEmpty()
                    && is(query.text("namespace"), manifest.metadata().namespace())
                    && is(query.text("name"), manifest.metadata().name())) {
                objects.add(Views.object(
                        manifest, Optional.ofNullable(statuses.get(manifest.id())), query.flag("secrets")));
            }
        }
        call.answer(HttpStatus.OK_200, view);
    }

    private static boolean is(Optional<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }

    private Map<String, Status> statuses() {
        Map<String, Status> all = new HashMap<>();
        host.status().forEach(s -> all.put(s.kind() + " " + s.namespace() + "/" + s.name(), s));
        return all;
    }

    private void one(Call call, Target target) throws IOException {
        boolean secrets = call.query(Set.of("secrets")).flag("secrets");
        Manifest manifest = host.manifest(target.kind(), target.namespace(), target.name())
                .orElseThrow(() -> new HostException.Missing("there is no " + target.kind() + " "
                        + target.namespace() + "/" + target.name()));
        call.answer(
                HttpStatus.OK_200,
                Views.object(manifest, Optional.ofNullable(statuses().get(manifest.id())), secrets));
    }

    private void delete(Call call, Target target) throws IOException {
        host.delete(target.kind(), target.namespace(), target.name());
        call.answer(HttpStatus.OK_200, Views.node().put("deleted", true));
    }

    private void scale(Call call, Target target, String what) throws IOException {
        if (!what.equals("replicas")) {
            throw new Call.Bad(HttpStatus.NOT_FOUND_404, "only replicas can be put there");
        }
        call.answer(
                HttpStatus.OK_200,
                Views.applied(host.scale(target.kind(), target.namespace(), target.name(), replicas(call.body()))));
    }

    private static int replicas(String body) {
        try {
            JsonNode number = JSON.readTree(body).path("replicas");
            if (number.isInt()) {
                return number.intValue();
            }
        } catch (JsonProcessingException e) {
            // told below
        }
        throw new Call.Bad(HttpStatus.BAD_REQUEST_400, "the body must be {\"replicas\": N}");
    }

    private void logs(Call call, WorkloadName workload) throws IOException, InterruptedException {
        Query query = call.query(Set.of("tail", "follow", "component", "format"));
        LogStream lines = new LogStream(
                host.log(workload).orElseThrow(() -> new HostException.Missing("no workload " + workload + " runs here")),
                query);
        lines.to(call);
    }
}
