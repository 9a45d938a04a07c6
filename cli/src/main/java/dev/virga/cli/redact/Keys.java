package dev.virga.cli.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the names of fields, settings and headers say of their values. */
final class Keys {

    /** Wherever they stand in a name. */
    private static final Set<String> SECRET = Set.of(
            "password", "passwd", "passphrase", "secret", "secrets", "credential", "credentials", "apikey", "authorization",
            "cookie", "stringdata");

    /** At the end of a word, as in {@code PGPASSWORD}. */
    private static final List<String> SECRET_END = List.of("password", "passwd", "secret", "apikey", "authtoken", "accesstoken");

    /** At the end of a name, or before one of {@link #FORMS}. */
    private static final Set<String> SECRET_LAST =
            Set.of("token", "pwd", "pass", "auth", "session", "signature", "sig", "jwt", "otp", "nkey", "bearer", "sessionid");

    /** What comes before {@code key} if that is a secret. */
    private static final Set<String> SECRET_KEYS =
            Set.of("api", "access", "private", "account", "encryption", "signing", "master", "shared", "license");

    private static final Set<String> REQUESTS = Set.of(
            "request", "req", "trace", "span", "correlation", "transaction", "invocation", "traceparent", "tracestate");

    private static final Set<String> REQUESTS_JOINED =
            Set.of("requestid", "traceid", "spanid", "parentspanid", "correlationid", "transactionid", "reqid");

    private static final Set<String> TENANTS = Set.of(
            "namespace", "workload", "tenant", "customer", "organization", "organisation", "org", "account", "project",
            "tenantid", "accountid");

    private static final Set<String> HOSTS = Set.of(
            "host", "hostname", "node", "nodename", "pod", "fqdn", "domain", "instance", "peer", "upstream", "remote", "ip",
            "addr", "address", "ipaddress");

    /** Words after the one that counts. */
    private static final Set<String> FORMS =
            Set.of("id", "name", "value", "hash", "string", "header", "data", "raw", "uid", "address", "addr", "ip");

    private Keys() {}

    /** @param key as it stands: {@code X-Request-Id}, {@code apiKey}, {@code k8s.namespace.name} */
    static Optional<Kind> kind(String key) {
        List<String> words = words(key);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        int last = words.size() - 1;
        while (last > 0 && FORMS.contains(words.get(last))) {
            last--;
        }
        String word = words.get(last);
        boolean named = last < words.size() - 1; // as in request-id
        if (words.stream().anyMatch(one -> SECRET.contains(one) || SECRET_END.stream().anyMatch(one::endsWith))
                || SECRET_LAST.contains(word)
                || (word.equals("key") || word.equals("keys")) && last > 0 && SECRET_KEYS.contains(words.get(last - 1))) {
            return Optional.of(Kind.TOKEN);
        }
        if (REQUESTS_JOINED.contains(word) || REQUESTS.contains(word) && (named || words.size() == 1)) {
            return Optional.of(Kind.REQUEST);
        }
        if (TENANTS.contains(word)) {
            return Optional.of(Kind.TENANT);
        }
        boolean address = words.size() > 1 && (word.equals("server") || word.equals("client")) && named;
        return HOSTS.contains(word) || address ? Optional.of(Kind.HOST) : Optional.empty();
    }

    /** In lower case, split where words end: at signs, and before capital letters. */
    private static List<String> words(String key) {
        List<String> words = new ArrayList<>();
        for (String part : key.split("[^\\p{L}\\p{N}]+")) {
            for (String word : part.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
                if (!word.isEmpty()) {
                    words.add(word.toLowerCase(Locale.ROOT));
                }
            }
        }
        return words;
    }
}
