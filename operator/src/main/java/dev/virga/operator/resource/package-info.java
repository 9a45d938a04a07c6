/** The objects of {@code runtime.wasmcloud.dev/v1alpha1} as a cluster has them. */
package dev.virga.operator.resource;
