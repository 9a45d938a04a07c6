package dev.virga.wasi;

import dev.virga.wasi.sockets.VirtualLoopback;
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
 * @param nameLookups names that may be resolved to addresses through {@code wasi:sockets}
 * @param hosts hosts that outgoing HTTP requests and sockets may reach
 * @param loopback what loopback addresses mean to this workload's sockets, if not the host's own; it
 *     can then be used without a grant for sockets
 */
public record WasiGrants(
        List<String> arguments,
        Map<String, String> environment,
        Optional<String> initialDirectory,
        List<Preopen> preopens,
        List<SocketGrant> sockets,
        List<NamePattern> nameLookups,
        List<HostGrant> hosts,
        Optional<VirtualLoopback> loopback) {

    /** Nothing: no arguments, no variables, no files, no network. */
    public static final WasiGrants NONE = new WasiGrants(
            List.of(), Map.of(), Optional.empty(), List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public WasiGrants {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        preopens = List.copyOf(preopens);
        sockets = List.copyOf(sockets);
        nameLookups = List.copyOf(nameLookups);
        hosts = List.copyOf(hosts);
    }

    public WasiGrants withArguments(List<String> all) {
        return new WasiGrants(all, environment, initialDirectory, preopens, sockets, nameLookups, hosts, loopback);
    }

    /** Adds a variable, or replaces it. */
    public WasiGrants withVariable(String name, String value) {
        return withVariables(Map.of(name, value));
    }

    public WasiGrants withVariables(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new WasiGrants(arguments, all, initialDirectory, preopens, sockets, nameLookups, hosts, loopback);
    }

    public WasiGrants withInitialDirectory(String guestPath) {
        return new WasiGrants(
                arguments, environment, Optional.of(guestPath), preopens, sockets, nameLookups, hosts, loopback);
    }

    public WasiGrants with(Preopen more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, plus(preopens, more), sockets, nameLookups, hosts, loopback);
    }

    public WasiGrants with(SocketGrant more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, preopens, plus(sockets, more), nameLookups, hosts, loopback);
    }

    public WasiGrants withNameLookup(NamePattern more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, preopens, sockets, plus(nameLookups, more), hosts, loopback);
    }

    public WasiGrants with(HostGrant more) {
        return new WasiGrants(
                arguments, environment, initialDirectory, preopens, sockets, nameLookups, plus(hosts, more), loopback);
    }

    public WasiGrants with(VirtualLoopback own) {
        return new WasiGrants(
                arguments, environment, initialDirectory, preopens, sockets, nameLookups, hosts, Optional.of(own));
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
        nameLookups.forEach(names -> lines.add("name lookup: " + names));
        hosts.forEach(grant -> lines.add("host: " + grant));
        loopback.ifPresent(own -> lines.add("loopback: " + own));
        return lines;
    }

    /** As {@link #describe}, on one line. */
    @Override
    public String toString() {
        List<String> lines = describe();
        return lines.isEmpty() ? "nothing" : String.join("; ", lines);
    }
}
