package dev.virga.plugin.postgres;

import dev.virga.plugin.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Servers that manifests may name: {@code db.example.com:5432}, {@code *.db.internal:*}. */
record Addresses(List<Pattern> patterns) {

    private record Pattern(String host, int port) {

        private static final int ANY = -1;

        boolean matches(ServerUrl url) {
            boolean hostMatches = host.startsWith("*.")
                    ? url.host().endsWith(host.substring(1)) && url.host().length() > host.length() - 1
                    : url.host().equals(host);
            return hostMatches && (port == ANY || port == url.port());
        }
    }

    static Addresses parse(String list) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : list.strip().toLowerCase(Locale.ROOT).split("\\s*,\\s*")) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? text : text.substring(0, colon);
            String port = colon < 0 ? "" : text.substring(colon + 1);
            String name = host.startsWith("*.") ? host.substring(2) : host.replaceAll("^\\[|]$", "");
            if (name.isEmpty() || name.contains("*") || !port.matches("\\*|[0-9]{1,5}")) {
                throw new PluginException.Refused("\"addresses\" lists HOST:PORT, where HOST may begin with *. and PORT "
                        + "may be *, but has " + text);
            }
            patterns.add(new Pattern(
                    host.startsWith("*.") ? host : name, port.equals("*") ? Pattern.ANY : Integer.parseInt(port)));
        }
        return new Addresses(List.copyOf(patterns));
    }

    boolean allow(ServerUrl url) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(url));
    }
}
