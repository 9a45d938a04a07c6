/**
 * Manifests: the documents that say what runs. {@link dev.virga.host.manifest.ManifestParser} reads
 * them, {@link dev.virga.host.manifest.ManifestPrinter} writes them, {@link
 * dev.virga.host.manifest.ManifestSchema} describes them to editors. The records know of no host.
 */
package dev.virga.host.manifest;
