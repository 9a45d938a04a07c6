/** {@code wasi:random}. */
package dev.virga.wasi.random;
