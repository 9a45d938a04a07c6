/** {@code wasi:cli}: arguments, environment, standard streams, terminals, exit. */
package dev.virga.wasi.cli;
