/** The definitions that teach a cluster's API server the five kinds. */
package dev.virga.operator.crd;
