package dev.virga.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.oci.RegistryHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requests of one user to one registry: proves who asks, and follows redirects. Tokens end with it. */
final class RegistrySession implements AutoCloseable {

    private static final int MAX_TOKEN = 1 << 20;
    private static final int MAX_REDIRECTS = 5;
    private static final int UNAUTHORIZED = 401;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final URI base;
    private final RegistryHttp http;
    private final Optional<Credentials> credentials;
    private Optional<String> authorization = Optional.empty();

    /**
     * @param name what the user calls it, {@code HOST[:PORT]}
     * @param host where it is, {@code HOST[:PORT]}
     */
    RegistrySession(String name, String host, RegistrySettings settings, Optional<Credentials> credentials) {
        this.name = name;
        this.credentials = credentials;
        URI secure = base("https://", host);
        int port = secure.getPort() < 0 ? RegistrySettings.HTTP : secure.getPort();
        this.base = settings.isPlain(secure.getHost(), port) ? base("http://", host) : secure;
        this.http = new RegistryHttp(settings);
    }

    private static URI base(String scheme, String host) {
        try {
            URI base = URI.create(scheme + host + "/v2/");
            if (base.getHost() != null && base.getUserInfo() == null && base.getPath().equals("/v2/")) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ImageException.Wrong("\"" + host + "\" is no registry: write HOST[:PORT]", null);
    }

    /** @param path below {@code /v2/} */
    URI uri(String path) {
        return base.resolve(path);
    }

    /**
     * What is answered, whatever it is.
     *
     * @throws ImageException if nothing is
     */
    Answer send(Call call) {
        Followed first = follow(call);
        // Where it has redirected to has no say in who is told the password.
        if (first.answer().status() != UNAUTHORIZED || !first.own()) {
            return first.answer();
        }
        Optional<Challenge> challenge = Challenge.of(first.answer().headers().getValuesList("WWW-Authenticate"));
        Optional<String> proof = challenge.flatMap(this::proof);
        if (proof.isEmpty() || proof.equals(authorization)) {
            return first.answer();
        }
        authorization = proof;
        return follow(call).answer();
    }

    /** @param own whether the registry itself has answered */
    private record Followed(Answer answer, boolean own) {}

    private Followed follow(Call call) {
        Call next = call;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            // What proves who asks is for the registry alone.
            boolean own = sameOrigin(base, next.uri());
            Answer answer = http.send(own && authorization.isPresent()
                    ? next.with("Authorization", authorization.get())
                    : next);
            Optional<String> location = isRedirect(answer) && next.reads() ? answer.header("Location") : Optional.empty();
            if (location.isEmpty()) {
                return new Followed(answer, own);
            }
            next = next.to(resolve(next.uri(), location.get()));
        }
        throw new ImageException.Wrong("the registry " + name + " redirects more than " + MAX_REDIRECTS + " times", null);
    }

    private static boolean isRedirect(Answer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Where an answer leads. */
    URI resolve(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ImageException.Wrong("the registry " + name + " leads to what is no address", e);
        }
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && String.valueOf(one.getRawAuthority()).equalsIgnoreCase(other.getRawAuthority());
    }

    private Optional<String> proof(Challenge challenge) {
        return challenge.scheme().equals("basic")
                ? credentials.map(RegistrySession::basic)
                : Optional.of("Bearer " + token(challenge.parameters()));
    }

    private static String basic(Credentials user) {
        String pair = user.user() + ":" + user.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String token(Map<String, String> challenge) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String parameter : new String[] {"service", "scope"}) {
            if (challenge.containsKey(parameter)) {
                query.put(parameter, challenge.get(parameter));
            }
        }
        URI realm = resolve(base, challenge.getOrDefault("realm", ""));
        Answer answer = http.send(credentials.filter(Credentials::isToken).isPresent()
                ? exchange(realm, query, credentials.get().password())
                : ask(realm, query));
        if (!answer.isGood()) {
            throw new ImageException.Denied("the token service of the registry " + name + " answers " + answer.status()
                    + ": " + RegistryErrors.LOG_IN.formatted(name), null);
        }
        try {
            JsonNode token = JSON.readTree(answer.body());
            String text = token.path("token").asText(token.path("access_token").asText());
            if (!text.matches("[\\x21-\\x7e]+")) {
                throw new IOException("there is no token in it");
            }
            return text;
        } catch (IOException e) {
            throw new ImageException.Wrong("the token service of the registry " + name + " answers with no token", e);
        }
    }

    private Call ask(URI realm, Map<String, String> query) {
        String separator = realm.getRawQuery() == null ? "?" : "&";
        Call call = Call.get(URI.create(realm + (query.isEmpty() ? "" : separator + form(query))), MAX_TOKEN);
        return credentials.map(user -> call.with("Authorization", basic(user))).orElse(call);
    }

    /** With an identity token in place of a password (Docker's OAuth 2 for registries). */
    private static Call exchange(URI realm, Map<String, String> query, String token) {
        Map<String, String> form = new LinkedHashMap<>(query);
        form.put("grant_type", "refresh_token");
        form.put("client_id", "virga");
        form.put("refresh_token", token);
        Call.Body body = new Call.Body(
                "application/x-www-form-urlencoded", form(form).getBytes(StandardCharsets.UTF_8));
        return new Call("POST", realm, Map.of(), Optional.of(body), MAX_TOKEN, Call.SILENT);
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        http.close();
    }
}
