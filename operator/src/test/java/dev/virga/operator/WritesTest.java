package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritesTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 422})
    void whatTheClusterDoesNotTakeIsARefusal(int code) {
        assertTrue(Writes.isRefusal(new KubernetesClientException("no", code, null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 503, 504})
    void whatPassesIsNone(int code) {
        assertFalse(Writes.isRefusal(new KubernetesClientException("later", code, null)));
    }

    @Test
    void aLostConnectionIsNone() {
        assertFalse(Writes.isRefusal(new KubernetesClientException("reset", new IOException("reset"))));
    }
}
