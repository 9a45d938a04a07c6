/** {@code wasi:config} and {@code wasmcloud:secrets}: values of manifests, of the host's environment and of files. */
package dev.virga.plugin.config;
