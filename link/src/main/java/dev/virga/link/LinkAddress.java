package dev.virga.link;

/**
 * What a link leads to.
 *
 * @param interfaceName with as much of its version as interfaces that can stand for each other have in common, for
 *     example {@code acme:billing/invoices@1}
 */
public record LinkAddress(String namespace, String workload, String component, String interfaceName) {

    static final String ROOT = "virga-link";

    /**
     * The subject of a function. The caller's namespace is part of it, so that a server's permissions can tell callers
     * apart, and nobody who does not serve a namespace ever hears of its calls.
     */
    String subject(String callerNamespace, String function) {
        return String.join(
                ".", ROOT, namespace, token(workload), component, token(interfaceName), callerNamespace, token(function));
    }

    /** The subjects of all functions. */
    String subjects(String callerNamespace) {
        return subject(callerNamespace, "*");
    }

    /** Dots separate the parts of a subject; none of these names has an underscore. */
    private static String token(String name) {
        return name.replace('.', '_');
    }

    @Override
    public String toString() {
        return interfaceName + " of component " + component + " of workload " + namespace + "/" + workload;
    }
}
