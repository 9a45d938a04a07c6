package dev.virga.wasi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a workload may see and reach. Immutable; {@link #NONE} grants nothing, and each {@code
 * with…} method gives a copy with more.
 *
 * @param arguments the command line; the first is the program's own name
 * @param environment variables in the order in which the guest sees them
 * @param initialDirectory what the guest is told as its working directory, a guest path
 * @param preopens directories
 * @param sockets addresses that sockets may bind or reach
 * @param nameLookup whether names may be resolved to addresses through {@code wasi:sockets}
 * @param http hosts that outgoing HTTP requests may reach
 */
public record WasiGrants(
        List<String> arguments,
        Map<String, String> environment,
        Optional<String> initialDirectory,
        List<Preopen> preopens,
        List<SocketGrant> sockets,
        boolean nameLookup,
        List<HttpGrant> http) {

    /** Nothing: no arguments, no variables, no files, no network. */
    public static final WasiGrants NONE =
            new WasiGrants(List.of(), Map.of(), Optional.empty(), List.of(), List.of(), false, List.of());

    public WasiGrants {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        preopens = List.copyOf(preopens);
        sockets = List.copyOf(sockets);
        http = List.copyOf(http);
    }

    public WasiGrants withArguments(List<String> all) {
        return new WasiGrants(all, environment, initialDirectory, preopens, sockets, nameLookup, http);
    }

    /** Adds a variable, or replaces it. */
    public WasiGrants withVariable(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new WasiGrants(arguments, all, initialDirectory, preopens, sockets, nameLookup, http);
    }

    public WasiGrants withInitialDirectory(String guestPath) {
        return new WasiGrants(
                arguments, environment, Optional.of(guestPath), preopens, sockets, nameLookup, http);
    }

    public WasiGrants with(Preopen more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, plus(preopens, more), sockets, nameLookup, http);
    }

    public WasiGrants with(SocketGrant more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, preopens, plus(sockets, more), nameLookup, http);
    }

    public WasiGrants withNameLookup() {
        return new WasiGrants(arguments, environment, initialDirectory, preopens, sockets, true, http);
    }

    public WasiGrants with(HttpGrant more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, preopens, sockets, nameLookup, plus(http, more));
    }

    private static <E> List<E> plus(List<E> list, E more) {
        List<E> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    /** One line for each thing granted, for people; values of variables are left out, as they may be secret. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        if (!arguments.isEmpty()) {
            lines.add("arguments: " + String.join(" ", arguments));
        }
        if (!environment.isEmpty()) {
            lines.add("environment: " + String.join(", ", environment.keySet()));
        }
        initialDirectory.ifPresent(path -> lines.add("initial directory: " + path));
        preopens.forEach(preopen -> lines.add("directory: " + preopen));
        sockets.forEach(grant -> lines.add("sockets: " + grant));
        if (nameLookup) {
            lines.add("name lookup");
        }
        http.forEach(grant -> lines.add("outgoing http: " + grant));
        return lines;
    }

    /** As {@link #describe}, on one line. */
    @Override
    public String toString() {
        List<String> lines = describe();
        return lines.isEmpty() ? "nothing" : String.join("; ", lines);
    }
}
