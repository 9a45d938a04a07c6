package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.operator.DeploymentSets.Superseded;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which numbers the revisions of a deployment get from operators that do not see all that others have done. */
abstract class RevisionContract extends OperatorFixture {

    private static final String MANAGER = "virga-operator-deployment";

    private Shared shared;

    /** What is done here is what several operators would do. */
    @BeforeEach
    void deploymentWithoutOperator() {
        operator.close();
        shared = new Shared(new Writes(client), null, "", null, null, new Events(client), null, null);
        apply(deployment("shop", 1, "1", ""));
    }

    @AfterEach
    void closeEvents() {
        if (shared != null) {
            shared.events().close();
        }
    }

    private DeploymentObject seen() {
        return client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").get();
    }

    private static DesiredTemplate tagged(DeploymentObject deployment, String tag) {
        ObjectNode template = deployment.field("template").deepCopy();
        ((ObjectNode) template.at("/spec/components/0")).put("image", "registry.local/shop:" + tag);
        return new DesiredTemplate(template, Trees.empty());
    }

    private long revision(DeploymentObject deployment, List<ReplicaSetObject> sets, String tag) {
        DeploymentSets looked = new DeploymentSets(shared, MANAGER, deployment, sets, new ClusterStore());
        return Revisions.number(looked.holding(tagged(deployment, tag)));
    }

    private final class ClusterStore implements DeploymentSets.Store {

        @Override
        public void written(ReplicaSetObject set, Optional<ReplicaSetObject> before) {}

        @Override
        public List<ReplicaSetObject> read(DeploymentObject deployment) {
            return ReplicaSets.read(client, deployment);
        }

        @Override
        public Optional<DeploymentObject> number(DeploymentObject deployment, long revision) {
            try {
                return Optional.of(shared.writes().apply(MANAGER, ReplicaSets.numbered(deployment, revision)));
            } catch (KubernetesClientException e) {
                assertEquals(HttpURLConnection.HTTP_CONFLICT, e.getCode(), e::getMessage);
                return Optional.empty();
            }
        }
    }

    private List<Long> numbers() {
        return sets().stream().map(Revisions::number).sorted().toList();
    }

    @Test
    void anOldViewOfTheDeploymentGivesNoNumber() {
        assertEquals(1, revision(seen(), List.of(), "1"));
        DeploymentObject before = seen();
        List<ReplicaSetObject> first = sets();
        assertEquals(2, revision(seen(), sets(), "2"));
        assertThrows(Superseded.class, () -> revision(before, first, "3"));
        assertThrows(Superseded.class, () -> revision(before, first, "2"));
        assertEquals(List.of(1L, 2L), numbers());
        assertEquals(3, revision(seen(), sets(), "3"));
    }

    @Test
    void anOldViewOfTheSetsGivesNoNumber() {
        revision(seen(), List.of(), "1");
        List<ReplicaSetObject> first = sets();
        revision(seen(), sets(), "2");
        List<ReplicaSetObject> all = sets();
        assertThrows(Superseded.class, () -> revision(seen(), first, "3"));
        assertThrows(Superseded.class, () -> revision(seen(), List.of(), "3"));
        assertThrows(Superseded.class, () -> revision(seen(), first, "2"), "it is there, and may have replicas");
        assertEquals(all, sets());
        assertEquals(3, revision(seen(), all, "1"), "the first one comes back");
        assertThrows(Superseded.class, () -> revision(seen(), all, "4"), "it had another number");
        assertEquals(4, revision(seen(), sets(), "4"));
    }

    @Test
    void ofTwoOperatorsThatSeeTheSameOneGivesTheNumber() {
        revision(seen(), List.of(), "1");
        DeploymentObject same = seen();
        List<ReplicaSetObject> sets = sets();
        assertEquals(2, revision(same, sets, "2"));
        assertThrows(Superseded.class, () -> revision(same, sets, "3"));
    }

    @Test
    void theNumberOfASetThatIsGoneIsNotGivenAgain() {
        revision(seen(), List.of(), "1");
        revision(seen(), sets(), "2");
        sets().stream().filter(s -> Revisions.number(s) == 2).forEach(s -> client.resource(s).delete());
        until(() -> sets().size() == 1);
        assertEquals(3, revision(seen(), sets(), "3"));
    }

    @Test
    void setsFromBeforeNumbersWereKeptCount() {
        revision(seen(), List.of(), "1");
        revision(seen(), sets(), "2");
        DeploymentObject old = seen();
        old.getMetadata().getAnnotations().remove(Names.REVISION);
        client.resource(old).update();
        assertEquals(3, revision(seen(), sets(), "3"));
    }
}
