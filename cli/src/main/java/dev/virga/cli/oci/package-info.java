/** {@code virga oci}: components to and from registries. */
package dev.virga.cli.oci;
