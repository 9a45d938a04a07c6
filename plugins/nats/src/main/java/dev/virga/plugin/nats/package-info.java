/** What the plugins' backends do on NATS: one connection for each backend that the operator names. */
package dev.virga.plugin.nats;
