package dev.virga.component.runtime;

import java.util.function.BooleanSupplier;

/** What tasks of an instance need before they run guest code, and those that have to wait for it. */
record Room(BooleanSupplier isFree, WaitQueue queue) {

    Room(BooleanSupplier isFree) {
        this(isFree, new WaitQueue());
    }
}
