/** Load by HTTP/1.1 and what it meets: latencies from when requests were due. */
package dev.virga.benchmark.load;
