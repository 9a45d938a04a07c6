/**
 * The shape of documents, described once. Records whose components carry {@link
 * dev.virga.host.shape.Field} say what a document may hold; {@link dev.virga.host.shape.Struct}
 * reads such records from YAML, writes them back, and gives their JSON Schema and their tables for
 * the documentation.
 */
package dev.virga.host.shape;
