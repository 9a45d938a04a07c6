/** {@code wasi:clocks}. */
package dev.virga.wasi.clocks;
