package dev.virga.plugin.messaging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** The messages of one namespace. One lock guards it and its queues; nothing waits while it is held. */
final class MemorySpace {

    private static final String INBOX = "_INBOX.";

    final ReentrantLock lock = new ReentrantLock();
    private final List<MemoryQueue> queues = new ArrayList<>();
    private final Map<String, Mailbox> inboxes = new HashMap<>();
    private int turn;

    MemoryQueue add(MemoryQueue queue) {
        lock.lock();
        try {
            queues.add(queue);
            return queue;
        } finally {
            lock.unlock();
        }
    }

    /** It gets no more messages. */
    void remove(MemoryQueue queue) {
        queues.remove(queue);
    }

    /** Whether another queue of this group, if there is one, has room for a message; then it has the message. */
    boolean handOver(Optional<String> group, Message message) {
        Optional<MemoryQueue> other = candidates(message.subject(), queues).stream()
                .filter(members -> group.isPresent() && members.getFirst().subscription().group().equals(group))
                .flatMap(List::stream)
                .filter(member -> member.reserve(message))
                .findFirst();
        other.ifPresent(member -> member.put(message));
        return other.isPresent();
    }

    /** All or nothing: if one queue is full, no other gets the message either. */
    void publish(Message message) {
        lock.lock();
        try {
            Mailbox inbox = inboxes.get(message.subject());
            if (inbox != null) {
                inbox.offer(message);
                return;
            }
            deliver(message);
        } finally {
            lock.unlock();
        }
    }

    private boolean deliver(Message message) {
        List<MemoryQueue> reserved = new ArrayList<>();
        for (List<MemoryQueue> members : candidates(message.subject(), queues)) {
            Optional<MemoryQueue> room =
                    members.stream().filter(member -> member.reserve(message)).findFirst();
            if (room.isEmpty()) {
                reserved.forEach(queue -> queue.unreserve(message));
                throw new MessagingException.Unavailable(
                        "the queue of " + members.getFirst().subscription().workload() + " for " + message.subject()
                                + " is full; try again later");
            }
            reserved.add(room.get());
        }
        reserved.forEach(queue -> queue.put(message));
        return !reserved.isEmpty();
    }

    /** Of each list one queue gets the message: groups, in turn, and those that are in no group. */
    private List<List<MemoryQueue>> candidates(String subject, List<MemoryQueue> among) {
        List<List<MemoryQueue>> all = new ArrayList<>();
        Map<String, List<MemoryQueue>> groups = new HashMap<>();
        turn = (turn + 1) & Integer.MAX_VALUE;
        for (int i = 0; i < among.size(); i++) {
            MemoryQueue queue = among.get((turn + i) % among.size());
            if (queue.wants(subject)) {
                queue.subscription().group().ifPresentOrElse(
                        group -> groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(queue),
                        () -> all.add(List.of(queue)));
            }
        }
        all.addAll(groups.values());
        return all;
    }

    List<Message> request(Message message, MessagingBackend.Wanted wanted) {
        String address = INBOX + UUID.randomUUID();
        try (Mailbox inbox = new Mailbox(wanted)) {
            lock.lock();
            try {
                inboxes.put(address, inbox);
                if (!deliver(new Message(
                        message.subject(), message.headers(), message.body(), Optional.of(address)))) {
                    throw new MessagingException.Unavailable("nobody listens to " + message.subject());
                }
            } catch (MessagingException e) {
                inboxes.remove(address);
                throw e;
            } finally {
                lock.unlock();
            }
            try {
                return inbox.await(message.subject());
            } finally {
                lock.lock();
                try {
                    inboxes.remove(address);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    void close() {
        List<MemoryQueue> all;
        lock.lock();
        try {
            all = List.copyOf(queues);
        } finally {
            lock.unlock();
        }
        all.reversed().forEach(MemoryQueue::close);
    }
}
