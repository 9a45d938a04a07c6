/** Which hosts the requests to a Kubernetes Service go to. */
package dev.virga.operator.endpoints;
