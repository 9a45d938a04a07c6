package dev.virga.cli;

import dev.virga.wasi.HostGrant;
import dev.virga.wasi.NamePattern;
import dev.virga.wasi.Preopen;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.WasiException;
import dev.virga.wasi.WasiGrants;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The flags that grant a guest something. Without them it sees and reaches nothing. */
public final class GrantOptions {

    private static final Set<SocketUse> TCP = EnumSet.of(SocketUse.TCP_CONNECT, SocketUse.TCP_BIND);
    private static final Set<SocketUse> UDP = EnumSet.of(SocketUse.UDP_SEND, SocketUse.UDP_BIND);

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "Set an environment variable; without a value, hand on this process's own.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "HOST[::GUEST][::ro]",
            description = "Let the guest use a directory, under another name if given, read-only with ::ro.")
    private List<String> directories = new ArrayList<>();

    @Option(
            names = "--allow-http",
            paramLabel = "[https://]HOST[:PORT]",
            description = "Allow outgoing HTTP requests to a host, *.DOMAIN, or * for all.")
    private List<String> httpHosts = new ArrayList<>();

    @Option(
            names = "--allow-host",
            paramLabel = "[PROTOCOL://]HOST[:PORT]",
            description = "Allow HTTP requests and sockets to a host, *.DOMAIN, or * for all; "
                    + "PROTOCOL is http, https, tcp or udp.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--allow-socket",
            paramLabel = "[USE@]ADDRESS[:PORT]",
            description = "Allow sockets to use these addresses, for example tcp-connect@10.0.0.0/8:5432; "
                    + "USE is a list of tcp-connect, tcp-bind, udp-send, udp-bind.")
    private List<String> socketAddresses = new ArrayList<>();

    @Option(names = "--allow-name-lookup", description = "Allow the guest to resolve names to addresses.")
    private boolean nameLookup;

    @Option(names = "--inherit-env", description = "Hand on all of this process's environment variables.")
    private boolean inheritEnvironment;

    @Option(
            names = "-S",
            split = ",",
            paramLabel = "NAME[=VALUE]",
            description = "The same as wasmtime writes it: inherit-env, inherit-network, tcp, udp, "
                    + "allow-ip-name-lookup[=NAME], http[=HOST[:PORT]].")
    private List<String> wasi = new ArrayList<>();

    /**
     * What the flags grant.
     *
     * @throws CliException.Usage if a flag's value cannot be understood or names nothing
     */
    public WasiGrants grants() {
        try {
            return collect();
        } catch (WasiException e) {
            throw new CliException.Usage(e.getMessage());
        }
    }

    private WasiGrants collect() {
        WasiGrants grants = WasiGrants.NONE;
        if (inheritEnvironment) {
            grants = inherited(grants);
        }
        for (String directory : directories) {
            Preopen preopen = Preopen.parse(directory);
            if (!Files.isDirectory(preopen.host())) {
                throw new CliException.Usage("--dir " + directory + ": "
                        + (Files.exists(preopen.host()) ? "not a directory" : "no such directory"));
            }
            grants = grants.with(preopen);
        }
        for (String host : httpHosts) {
            grants = grants.with(HostGrant.parseHttp(host));
        }
        for (String host : hosts) {
            grants = grants.with(HostGrant.parse(host));
        }
        for (String address : socketAddresses) {
            grants = grants.with(SocketGrant.parse(address));
        }
        if (nameLookup) {
            grants = grants.withNameLookup(NamePattern.ANY);
        }
        for (String option : wasi) {
            grants = wasi(option).apply(grants);
        }
        for (String variable : variables) {
            grants = variable(grants, variable);
        }
        return grants;
    }

    private static WasiGrants inherited(WasiGrants grants) {
        WasiGrants all = grants;
        for (Map.Entry<String, String> variable : new TreeMap<>(System.getenv()).entrySet()) {
            all = all.withVariable(variable.getKey(), variable.getValue());
        }
        return all;
    }

    private static WasiGrants variable(WasiGrants grants, String text) {
        int equals = text.indexOf('=');
        if (equals == 0 || text.isEmpty()) {
            throw new CliException.Usage("--env " + text + ": write NAME=VALUE, or NAME to hand on a variable");
        }
        if (equals > 0) {
            return grants.withVariable(text.substring(0, equals), text.substring(equals + 1));
        }
        String value = System.getenv(text);
        if (value == null) {
            throw new CliException.Usage("--env " + text + ": this process has no such variable; write " + text + "=VALUE");
        }
        return grants.withVariable(text, value);
    }

    private static Function<WasiGrants, WasiGrants> wasi(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "y" : option.substring(equals + 1);
        if (name.equals("http") && !isFlag(value)) {
            return grants -> grants.with(HostGrant.parseHttp(value));
        }
        if (name.equals("allow-ip-name-lookup") && !isFlag(value)) {
            return grants -> grants.withNameLookup(new NamePattern(value));
        }
        Function<WasiGrants, WasiGrants> grant = switch (name) {
            case "http" -> grants -> grants.with(HostGrant.parseHttp("*"));
            case "inherit-network" -> grants -> grants.with(SocketGrant.EVERYTHING);
            case "tcp" -> grants -> grants.with(everywhere(TCP));
            case "udp" -> grants -> grants.with(everywhere(UDP));
            case "allow-ip-name-lookup" -> grants -> grants.withNameLookup(NamePattern.ANY);
            case "inherit-env" -> GrantOptions::inherited;
            default -> throw new CliException.Usage("-S " + option + ": unknown; there is inherit-env, "
                    + "inherit-network, tcp, udp, allow-ip-name-lookup[=NAME], http[=HOST[:PORT]]");
        };
        if (!isFlag(value)) {
            throw new CliException.Usage("-S " + option + ": write " + name + ", " + name + "=y or " + name + "=n");
        }
        return value.startsWith("y") || value.equals("true") ? grant : Function.identity();
    }

    private static boolean isFlag(String value) {
        return Set.of("y", "yes", "true", "n", "no", "false").contains(value);
    }

    private static SocketGrant everywhere(Set<SocketUse> uses) {
        SocketGrant all = SocketGrant.EVERYTHING;
        return new SocketGrant(uses, all.addresses(), all.firstPort(), all.lastPort());
    }
}
