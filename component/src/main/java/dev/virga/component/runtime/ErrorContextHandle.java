package dev.virga.component.runtime;

import dev.virga.component.ErrorContext;

/** An element of a handle table that stands for an error context. */
record ErrorContextHandle(ErrorContext context) implements Handle {}
