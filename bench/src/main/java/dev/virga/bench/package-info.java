/** What calls between hosts and components cost, by JMH; how fast guests compile and run. */
package dev.virga.bench;
