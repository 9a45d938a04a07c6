/**
 * HTTP from the network to what answers it: the server, its limits, and the {@link dev.virga.ingress.Service}
 * that stands behind it. Knows nothing of commands, manifests and components; whoever starts it gives it values.
 */
package dev.virga.ingress;
