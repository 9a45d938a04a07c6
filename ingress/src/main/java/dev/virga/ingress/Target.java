package dev.virga.ingress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Who answers, and how many requests it is at. Lives as long as what it stands for, through any number of tables. */
public final class Target {

    private final String name;
    private final Service service;
    private int underWay;
    private boolean draining;

    /** @param name for logs and metrics */
    public Target(String name, Service service) {
        this.name = name;
        this.service = service;
    }

    public String name() {
        return name;
    }

    public synchronized int underWay() {
        return underWay;
    }

    Service service() {
        return service;
    }

    /** False if it takes no more requests; otherwise {@link #leave} must follow. */
    synchronized boolean enter() {
        if (draining) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void leave() {
        underWay--;
        if (draining && underWay == 0) {
            notifyAll();
        }
    }

    /**
     * Takes no more requests and waits for those under way. First give the router a table without it:
     * a request that has found it in the old one is sent through the new one.
     *
     * @return whether all have ended within the time
     */
    public synchronized boolean drain(Duration grace) throws InterruptedException {
        draining = true;
        long deadline = System.nanoTime() + Durations.nanos(grace);
        while (underWay > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
