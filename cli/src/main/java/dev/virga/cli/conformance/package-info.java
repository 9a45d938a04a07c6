/** Runs the public test suites: scripts that {@code wasm-tools json-from-wast} made. */
package dev.virga.cli.conformance;
