/** The messages of wasmCloud v2's host API ({@code wasmcloud.runtime.v2}), as JSON. */
package dev.virga.hostapi.message;
