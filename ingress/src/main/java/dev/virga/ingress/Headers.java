package dev.virga.ingress;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** A request's headers as services see them: without those that only this server may set, and with those that it sets. */
final class Headers {

    static final String SUBJECT = "x-client-cert-subject";

    private final Optional<Forwarding> forwarding;

    Headers(Optional<Forwarding> forwarding) {
        this.forwarding = forwarding;
    }

    HttpFields of(Request request) {
        HttpFields sent = request.getHeaders();
        Optional<Forwarding> replacing = forwarding.filter(f -> !f.trusts(request));
        Optional<String> subject = subject(request);
        boolean clean = !holds(sent, replacing.isPresent());
        if (clean && subject.isEmpty() && forwarding.isEmpty()) {
            return sent;
        }
        HttpFields.Mutable headers = clean ? HttpFields.build(sent) : without(sent, replacing.isPresent());
        subject.ifPresent(name -> headers.add(SUBJECT, name));
        forwarding.ifPresent(f -> f.addTo(headers, request));
        return headers.asImmutable();
    }

    /**
     * Trailers without what only this server may say, whatever it says: some servers mix them with
     * headers. Null, as the library has it, stays null.
     */
    static HttpFields trailers(HttpFields sent) {
        return sent != null && holds(sent, true) ? without(sent, true) : sent;
    }

    private static HttpFields.Mutable without(HttpFields sent, boolean forwarded) {
        HttpFields.Mutable headers = HttpFields.build();
        for (HttpField field : sent) {
            if (!reserved(field, forwarded)) {
                headers.add(field);
            }
        }
        return headers;
    }

    private static boolean holds(HttpFields headers, boolean forwarded) {
        for (HttpField field : headers) {
            if (reserved(field, forwarded)) {
                return true;
            }
        }
        return false;
    }

    /** Many a server takes underscores for hyphens. */
    private static boolean reserved(HttpField field, boolean forwarded) {
        String name = field.getLowerCaseName().replace('_', '-');
        return name.startsWith("x-client-cert-")
                || name.equals("client-cert") || name.equals("client-cert-chain")
                || forwarded && Forwarding.named(name);
    }

    /** Whom the client's certificate, which was checked in the handshake, names. */
    private static Optional<String> subject(Request request) {
        if (!request.isSecure()) {
            return Optional.empty();
        }
        Object data = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        X509Certificate[] chain = data instanceof EndPoint.SslSessionData session ? session.peerCertificates() : null;
        return chain == null || chain.length == 0
                ? Optional.empty()
                : Optional.of(DistinguishedNames.ascii(chain[0].getSubjectX500Principal()));
    }
}
