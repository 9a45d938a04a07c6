/** Which host a workload goes to: pure, without a cluster or a network. */
package dev.virga.operator.placement;
