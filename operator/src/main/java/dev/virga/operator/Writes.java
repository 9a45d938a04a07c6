package dev.virga.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** What the operator writes, by server-side apply; so much at a time. */
final class Writes {

    /** Fewer than the streams that an API server takes on a connection. */
    private static final int AT_A_TIME = 64;

    private static final int TOO_MANY_REQUESTS = 429;

    /** What may be answered otherwise soon, though nothing is changed. */
    private static final Set<Integer> PASSING =
            Set.of(HttpURLConnection.HTTP_CLIENT_TIMEOUT, HttpURLConnection.HTTP_CONFLICT, TOO_MANY_REQUESTS);

    private final KubernetesClient client;
    private final Semaphore free = new Semaphore(AT_A_TIME);

    Writes(KubernetesClient client) {
        this.client = client;
    }

    /** Makes an object, or sets what it holds; fields that others have set stay. */
    <T extends HasMetadata> T apply(String manager, T object) {
        free.acquireUninterruptibly();
        try {
            return client.resource(object).patch(patch(manager));
        } finally {
            free.release();
        }
    }

    void delete(HasMetadata object) {
        free.acquireUninterruptibly();
        try {
            client.resource(object).delete();
        } finally {
            free.release();
        }
    }

    /**
     * Sets the status of an object, if the object is still the one that the status was found out for.
     *
     * @param fresh with the status, and metadata of {@link #of}
     * @return the object as it is then; nothing if it is another by now, or gone: it will be looked at again
     */
    <P extends HasMetadata> Optional<P> status(Context<P> context, P primary, P fresh) {
        return guarded(context, primary, fresh, object -> client.resource(object).subresource("status"));
    }

    /** As {@link #status}, for what stands beside it. */
    <P extends HasMetadata> Optional<P> object(Context<P> context, P primary, P fresh) {
        return guarded(context, primary, fresh, client::resource);
    }

    private <P extends HasMetadata> Optional<P> guarded(
            Context<P> context, P primary, P fresh, Function<P, EditReplacePatchable<P>> target) {
        String manager = context.getControllerConfiguration().fieldManager();
        free.acquireUninterruptibly();
        try {
            return Optional.of(PrimaryUpdateAndCacheUtils.updateAndCacheResource(
                    primary,
                    context,
                    _ -> fresh,
                    object -> target.apply(object).patch(patch(manager)),
                    0,
                    0,
                    0));
        } catch (OperatorException e) { // so it is told of what it would try again
            return superseded(e.getCause(), e);
        } catch (KubernetesClientException e) {
            return superseded(e, e);
        } finally {
            free.release();
        }
    }

    private static <P> Optional<P> superseded(Throwable why, RuntimeException thrown) {
        boolean superseded = why instanceof KubernetesClientException refused
                && (refused.getCode() == HttpURLConnection.HTTP_CONFLICT
                        || refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND);
        if (superseded) {
            return Optional.empty();
        }
        throw thrown;
    }

    /** Whether the cluster does not take what was written, and will not either if nothing changes. */
    static boolean isRefusal(KubernetesClientException e) {
        return e.getCode() / 100 == 4 && !PASSING.contains(e.getCode());
    }

    private static PatchContext patch(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build();
    }

    /** The metadata by which an object is known. */
    static ObjectMeta of(HasMetadata object) {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(object.getMetadata().getName());
        metadata.setNamespace(object.getMetadata().getNamespace());
        return metadata;
    }

    /** As the one owner that controls an object. */
    static OwnerReference owner(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    static boolean isOwnedBy(HasMetadata object, HasMetadata owner) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> Boolean.TRUE.equals(o.getController())
                        && o.getUid().equals(owner.getMetadata().getUid()));
    }
}
