package dev.virga.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.oci.RegistryHttp.Answer;
import dev.virga.wasi.Harmless;
import java.io.IOException;

/** What a registry's refusals mean. */
final class RegistryErrors {

    /** For the registry's name. */
    static final String LOG_IN =
            "log in with `virga oci login %s`; for a workload, check its imagePullSecret";

    private static final int LONGEST = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryErrors() {}

    /** @param what was asked for, in words */
    static ImageException of(String registry, String what, Answer answer) {
        return switch (answer.status()) {
            case 401, 403 -> new ImageException.Denied(what + ": the registry answers " + answer.status()
                    + said(answer) + ": " + LOG_IN.formatted(registry), null);
            case 404 -> new ImageException.Missing(what + ": there is no such image", null);
            default -> new ImageException.Unreachable(
                    what + ": the registry answers " + answer.status() + said(answer), null);
        };
    }

    /** The first of the errors, if they are written as the specification has them. */
    private static String said(Answer answer) {
        try {
            JsonNode first = JSON.readTree(answer.body()).path("errors").path(0);
            String text = Harmless.text(first.path("message").asText(first.path("code").asText()));
            return text.isEmpty() ? "" : " (" + text.substring(0, Math.min(text.length(), LONGEST)) + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
