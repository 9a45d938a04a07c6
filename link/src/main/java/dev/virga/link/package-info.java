/** Calls of functions between hosts: values on the wire, and NATS that carries them (docs/links.md). */
package dev.virga.link;
