package dev.virga.ingress;

import dev.virga.wasi.AddressRange;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * Tells services where a request came from: {@code x-forwarded-for}, {@code -proto} and {@code -host},
 * and {@code forwarded} (RFC 7239). What clients sent of these is replaced.
 *
 * @param trusted proxies in front of this server: what they sent is kept, and added to
 */
public record Forwarding(List<AddressRange> trusted) {

    private static final String FOR = "x-forwarded-for";
    private static final String PROTO = "x-forwarded-proto";
    private static final String HOST = "x-forwarded-host";
    private static final String FORWARDED = "forwarded";

    /** Others that say the same are nobody's word once the request has passed here. */
    private static final Set<String> NAMES =
            Set.of(FOR, PROTO, HOST, FORWARDED, "x-forwarded-port", "x-forwarded-prefix", "x-forwarded-by", "x-real-ip");

    private static final Pattern PLAIN_HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");

    public Forwarding {
        trusted = List.copyOf(trusted);
    }

    static boolean named(String name) {
        return NAMES.contains(name);
    }

    boolean trusts(Request request) {
        SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
        return !trusted.isEmpty()
                && peer instanceof InetSocketAddress internet
                && trusted.stream().anyMatch(range -> range.contains(internet.getAddress()));
    }

    /** Adds what this server knows. The nearest proxy's word comes last where there are several. */
    void addTo(HttpFields.Mutable headers, Request request) {
        String peer = Request.getRemoteAddr(request);
        String proto = request.isSecure() ? "https" : "http";
        String authority = request.getHttpURI().getAuthority();
        boolean hosted = authority != null && PLAIN_HOST.matcher(authority).matches();
        append(headers, FOR, unbracketed(peer));
        if (!headers.contains(PROTO)) {
            headers.add(PROTO, proto);
        }
        if (hosted && !headers.contains(HOST)) {
            headers.add(HOST, authority);
        }
        append(headers, FORWARDED, "for=" + (peer.contains(":") ? "\"[" + unbracketed(peer) + "]\"" : peer)
                + ";proto=" + proto + (hosted ? ";host=\"" + authority + "\"" : ""));
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }

    private static void append(HttpFields.Mutable headers, String name, String value) {
        List<String> before = headers.getValuesList(name);
        headers.put(name, before.isEmpty() ? value : String.join(", ", before) + ", " + value);
    }
}
