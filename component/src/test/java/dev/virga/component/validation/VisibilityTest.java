package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Bytes;
import dev.virga.component.binary.ComponentDecoder;
import org.junit.jupiter.api.Test;

/** Imports may not use the names that exports give (Explainer, "External Visibility of Types"). */
class VisibilityTest {

    @Test
    void anImportCannotBeEqualToAnExportedRecord() {
        assertThrows(ComponentException.Invalid.class, () -> validate(importOfExport(Bytes.of(0x72, 1).name("a").then(0x7d))));
    }

    @Test
    void typesThatNeedNoNameAreEqualWhereverTheyWereExported() {
        assertDoesNotThrow(() -> validate(importOfExport(Bytes.of(0x7d))));
        assertDoesNotThrow(() -> validate(importOfExport(Bytes.of(0x70, 0x7d))));
        assertDoesNotThrow(() -> validate(importOfExport(Bytes.of(0x40, 0, 1, 0))));
    }

    /** {@code (type $t …) (export $e "e" (type $t)) (import "i" (type (eq $e)))} */
    private static Bytes importOfExport(Bytes type) {
        return Bytes.component()
                .section(Bytes.TYPES, 1, type)
                .section(Bytes.EXPORTS, 1, Bytes.of(0).name("e").then(3, 0, 0))
                .section(Bytes.IMPORTS, 1, Bytes.of(0).name("i").then(3, 0, 1));
    }

    private static void validate(Bytes bytes) {
        ComponentValidator.validate(ComponentDecoder.decode(bytes.array()));
    }
}
