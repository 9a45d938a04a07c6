package dev.virga.wasi.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private static final byte[] ONE = {'1'};

    @Test
    void fieldsBeyondTheLimitTrapEvenIfTheyAreEmpty() {
        Fields fields = Fields.mutable(100);
        for (int i = 0; i < 3; i++) { // 32 and the name's length each
            assertTrue(fields.append("a", new byte[0]).isOk());
        }
        assertThrows(Trap.class, () -> fields.append("a", new byte[0]));
        assertThrows(Trap.class, () -> Fields.mutable(100).append("a", "x".repeat(1000).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void whatIsDeletedNoLongerCounts() {
        Fields fields = Fields.mutable(100);
        for (int i = 0; i < 100; i++) {
            assertTrue(fields.append("a", ONE).isOk());
            assertTrue(fields.delete("A").isOk());
        }
        assertEquals(List.of(), fields.entries());
    }

    @Test
    void aLengthIsSaidOnceAndInDigits() {
        Fields fields = Fields.mutable(1000);
        assertEquals(Result.err(new HeaderError.InvalidSyntax()), fields.append("Content-Length", new byte[] {'-', '1'}));
        assertEquals(Result.err(new HeaderError.InvalidSyntax()), fields.set("content-length", List.of(ONE, ONE)));
        assertTrue(fields.set("content-length", List.of(ONE)).isOk());
        assertEquals(Result.err(new HeaderError.InvalidSyntax()), fields.append("content-length", ONE));
        assertEquals(1, fields.contentLength().orElseThrow());
    }

    @Test
    void valuesKeepTheirBytes() {
        byte[] odd = {(byte) 0xe9, '\t', (byte) 0xff};
        Fields fields = Fields.mutable(1000);
        assertTrue(fields.append("x", odd).isOk());
        HttpFields.Mutable wire = HttpFields.build();
        fields.copyTo(wire);
        assertArrayEquals(odd, Fields.received(wire, 1000).get("X").getFirst());
    }

    @Test
    void hopByHopFieldsFromTheWireStayHidden() {
        HttpFields.Mutable wire = HttpFields.build().add("Connection", "close").add("Host", "h").add("X", "1");
        assertEquals(List.of("x"), Fields.received(wire, 1000).entries().stream().map(FieldEntry::name).toList());
    }

    @Test
    void trailersCannotCarryFraming() {
        HttpFields.Mutable wire =
                HttpFields.build().add("Content-Length", "5").add("Transfer-Encoding", "chunked").add("TE", "x").add("X", "1");
        assertEquals(List.of("x"), Fields.receivedTrailers(wire, 1000).entries().stream().map(FieldEntry::name).toList());
    }

    @Test
    void aCloneMayBeChangedAndLeavesTheOriginalAlone() {
        Fields original = Fields.received(HttpFields.build().add("X", "1"), 1000);
        Fields copy = original.clone();
        assertTrue(copy.delete("x").isOk());
        assertTrue(original.has("x"));
        assertFalse(copy.has("x"));
        assertEquals(Result.err(new HeaderError.Immutable()), original.delete("x"));
    }
}
