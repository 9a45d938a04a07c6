/** Components out of OCI registries (CNCF wasm artifact layout), kept on disk by their digests. */
package dev.virga.oci;
