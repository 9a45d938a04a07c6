package dev.virga.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.net.HttpURLConnection;
import java.util.Optional;

/** What the operator writes, by server-side apply. */
final class Writes {

    private Writes() {}

    /** Makes an object, or sets what it holds; fields that others have set stay. */
    static <T extends HasMetadata> T apply(KubernetesClient client, String manager, T object) {
        return client.resource(object).patch(apply(manager));
    }

    /**
     * Sets the status of an object, if the object is still the one that the status was found out for.
     *
     * @param fresh with the status, and metadata of {@link #of}
     * @return the object as it is then; nothing if it is another by now, or gone: it will be looked at again
     */
    static <P extends HasMetadata> Optional<P> status(Context<P> context, P primary, P fresh) {
        String manager = context.getControllerConfiguration().fieldManager();
        try {
            return Optional.of(PrimaryUpdateAndCacheUtils.updateAndCacheResource(
                    primary,
                    context,
                    _ -> fresh,
                    object -> context.getClient().resource(object).subresource("status").patch(apply(manager)),
                    0,
                    0,
                    0));
        } catch (OperatorException e) { // so it is told that the object has changed
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static PatchContext apply(String manager) {
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
