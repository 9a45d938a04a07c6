/** The hosts of a cluster over NATS: which there are, how they fare, and what they are told. */
package dev.virga.operator.hosts;
