/** {@code virga run}: runs a component that exports {@code wasi:cli/run}. */
package dev.virga.cli.run;
