package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.Egress;
import dev.virga.wasi.MissingGrant;
import dev.virga.wasi.NameLookup;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.Protocol;
import dev.virga.wasi.Quota;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.http.UriSyntax.Authority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Promise;

/**
 * Sends the requests of one workload's guests, over HTTP/1.1 or, where a TLS peer offers it,
 * HTTP/2. Connections and TLS sessions are shared between its instances and with nobody else.
 */
public final class HttpSender implements AutoCloseable {

    private static final String KIND = "outgoing HTTP";

    /** Where a request goes. */
    record Target(boolean secure, Authority authority, int port) {

        Protocol protocol() {
            return secure ? Protocol.HTTPS : Protocol.HTTP;
        }

        @Override
        public String toString() {
            return protocol().label() + "://" + bracketed(authority.host()) + ":" + port;
        }
    }

    private final HttpClients clients;
    private final WasiGrants grants;
    private final Egress egress;
    private final HttpLimits limits;
    private final NetworkQuota quota;
    private final Diagnostics diagnostics;
    private Optional<SSLContext> tls = Optional.empty();
    private volatile boolean closed;

    /** @param quota of the workload: each request counts as one connection until its response is over */
    public HttpSender(
            HttpClients clients, WasiGrants grants, HttpLimits limits, NetworkQuota quota, Diagnostics diagnostics) {
        this.clients = clients;
        this.grants = grants;
        this.egress = new Egress(grants);
        this.limits = limits;
        this.quota = quota;
        this.diagnostics = diagnostics;
    }

    Result<FutureIncomingResponse, ErrorCode> send(
            Target target, OutgoingRequest request, RequestOptions options, OutgoingTrace trace) {
        String host = target.authority().host();
        if (!egress.mayAsk(target.protocol(), host, target.port())) {
            diagnostics.refused(KIND, "request to " + target, missing(target, Optional.empty()));
            return Result.err(new ErrorCode.HttpRequestDenied());
        }
        Optional<Quota.Lease> lease = quota.connections().take();
        if (lease.isEmpty()) {
            diagnostics.refused(
                    "connection limit",
                    target + ", with " + quota.connections().max() + " connections open",
                    "raise the workload's limit for connections");
            return Result.err(new ErrorCode.ConnectionLimitReached());
        }
        try {
            HttpClient client = started();
            diagnostics.used(KIND, target::toString);
            return Result.ok(new SentRequest(client, this, limits, target, request, options, trace, lease.get()).send());
        } catch (RuntimeException e) {
            lease.get().close();
            throw e;
        }
    }

    private HttpClient started() {
        if (closed) {
            throw new IllegalStateException("this sender was closed");
        }
        return clients.started();
    }

    synchronized SSLContext tls() {
        if (tls.isEmpty()) {
            tls = Optional.of(clients.senderTls());
        }
        return tls.get();
    }

    void resolve(boolean secure, String host, int port, Promise<List<InetSocketAddress>> promise) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Target target = new Target(secure, new Authority(bare, Optional.of(port)), port);
        NameLookup.start(bare, quota.lookups()).whenComplete((addresses, failure) -> {
            if (failure instanceof RejectedExecutionException) {
                diagnostics.refused(
                        "name lookup limit", failure.getMessage(), "raise the workload's limit for look-ups");
            }
            if (failure != null) {
                promise.failed(failure);
                return;
            }
            List<InetSocketAddress> allowed = allowed(target, addresses);
            if (allowed.isEmpty()) {
                promise.failed(new HttpFailure(new ErrorCode.DestinationIpProhibited()));
            } else {
                promise.succeeded(allowed);
            }
        });
    }

    /** Checked here, with the addresses that the connection will use: a second look-up could differ. */
    private List<InetSocketAddress> allowed(Target target, List<InetAddress> addresses) {
        List<InetSocketAddress> allowed = new ArrayList<>();
        for (InetAddress address : addresses) {
            InetSocketAddress candidate = new InetSocketAddress(address, target.port());
            if (egress.mayRequest(target.protocol(), target.authority().host(), candidate)) {
                allowed.add(candidate);
            }
        }
        if (allowed.isEmpty()) {
            String address = addresses.getFirst().getHostAddress();
            String reached =
                    target.authority().host().equals(address) ? "" : ", whose address " + address + " is private or special";
            diagnostics.refused(
                    KIND, "request to " + target + reached, missing(target, Optional.of(addresses.getFirst())));
        }
        return allowed;
    }

    private MissingGrant missing(Target target, Optional<InetAddress> address) {
        if (grants.loopback().isPresent() && address.filter(InetAddress::isLoopbackAddress).isPresent()) {
            return new MissingGrant.HostLoopback(target.port());
        }
        return new MissingGrant.Http(
                target.secure() ? "https" : "http", target.authority().host(), target.port(), address);
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        closed = true;
        clients.drop(this);
    }
}
