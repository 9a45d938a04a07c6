/** A Kubernetes cluster in a host's place: what is applied to it, looked at and deleted. */
package dev.virga.cli.cluster;
