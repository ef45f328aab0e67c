import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Helm chart: strict lint, schema, and every rendered object in typed models. */
class ChartTest {
    private static final Path CHART = Path.of("../../helm/bedrock-sigv4-proxy");
    private static final Path RENDERED = Path.of("target/rendered");
    private static final String KUBERNETES = "1.33.0";

    @TempDir
    Path folder;

    static List<Path> values() throws IOException {
        try (Stream<Path> files = Files.list(CHART.resolve("ci"))) {
            return files.sorted().toList();
        }
    }

    private static String rendered(Path values) {
        return new Helm(CHART).template().withName("gateway").withNamespace("bedrock").withKubeVersion(KUBERNETES)
                .withValuesFile(values).call();
    }

    @Test
    void hasValuesOfEachKind() throws IOException {
        assertThat(values().stream().map(file -> file.getFileName().toString()))
                .contains(
                        "irsa-values.yaml",
                        "pod-identity-values.yaml",
                        "existing-secret-values.yaml",
                        "tls-values.yaml",
                        "autoscaling-values.yaml",
                        "clients-values.yaml");
    }

    @ParameterizedTest
    @MethodSource("values")
    void rendersObjectsWithoutUnknownFields(Path values) throws IOException {
        List<HasMetadata> objects = Manifests.typed(rendered(values));

        PodSpec pod = Manifests.only(objects, Deployment.class).getSpec().getTemplate().getSpec();
        String configuration = Manifests.only(objects, ConfigMap.class).getData().get("proxy.conf");
        PodRules.check(pod, configuration);
        assertThat(pod.getTopologySpreadConstraints()).hasSize(2);
        // deploy/test/kubernetes.sh lets the proxy read these.
        Files.createDirectories(RENDERED);
        Files.writeString(RENDERED.resolve(values.getFileName() + ".conf"), configuration);
    }

    @ParameterizedTest
    @MethodSource("values")
    void passesStrictLint(Path values) throws IOException {
        LintResult result = new Helm(with(values)).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "replicas=two, replicas",
        "repilcas=2, repilcas",
        "image.digest=sha256:short, digest",
        "configuration.bedrock.region=nowhere, region",
        "configuration.listener.port=1, configuration",
        "configuration.timeouts.drain=1s, timeouts",
        "configuration.roles.bedrock.role-arn=bedrock, role-arn",
        "drain.seconds=0, seconds",
        "service.type=ExternalName, type"
    })
    void refusesWrongValues(String setting, String named) {
        String[] parts = setting.split("=", 2);
        assertThatThrownBy(() -> new Helm(CHART).template().withName("gateway").withKubeVersion(KUBERNETES)
                        .withValuesFile(CHART.resolve("ci/irsa-values.yaml")).set(parts[0], parts[1]).call())
                .hasMessageContaining(named);
    }

    @Test
    void refusesWhatHasNoClients() {
        assertThatThrownBy(() -> new Helm(CHART).template().withKubeVersion(KUBERNETES).call())
                .hasMessageContaining("bedrock");
    }

    @Test
    void refusesPlaintextThatNobodyAskedFor() {
        assertThatThrownBy(() -> new Helm(CHART).template().withName("g").withKubeVersion(KUBERNETES)
                        .withValuesFile(CHART.resolve("ci/irsa-values.yaml")).set("tls.existingSecret", "").call())
                .hasMessageContaining("allowRemotePlaintext");
    }

    @Test
    void leavesTheReplicasToTheAutoscaler() throws IOException {
        List<HasMetadata> objects = Manifests.typed(rendered(CHART.resolve("ci/autoscaling-values.yaml")));

        assertThat(Manifests.only(objects, Deployment.class).getSpec().getReplicas()).isNull();
        assertThat(Manifests.only(objects, HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef().getName())
                .isEqualTo(Manifests.only(objects, Deployment.class).getMetadata().getName());
        assertThat(Manifests.only(objects, Deployment.class).getSpec().getTemplate().getSpec()
                        .getTerminationGracePeriodSeconds())
                .isEqualTo(920);
    }

    /** The linter takes no values of its own: a copy of the chart, with these laid over its defaults. */
    private Path with(Path values) throws IOException {
        Path copy = folder.resolve("bedrock-sigv4-proxy");
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(CHART.relativize(file).toString()));
            }
        }
        ObjectNode all = (ObjectNode) Manifests.YAML.readTree(CHART.resolve("values.yaml").toFile());
        merge(all, Manifests.YAML.readTree(values.toFile()));
        Manifests.YAML.writeValue(copy.resolve("values.yaml").toFile(), all);
        return copy;
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            JsonNode there = into.get(entry.getKey());
            if (there instanceof ObjectNode object && entry.getValue().isObject()) {
                merge(object, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
