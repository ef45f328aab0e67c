import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The manifests that are no chart. */
class ManifestsTest {
    private static final Path FOLDER = Path.of("../../kubernetes");
    private static final Path RENDERED = Path.of("target/rendered");

    @Test
    void findsAnUnknownField() {
        assertThatThrownBy(() -> Manifests.typed("""
                        apiVersion: apps/v1
                        kind: Deployment
                        spec: { template: { spec: { initContainers: [{ name: a, restartPolcy: Always }] } } }
                        """))
                .hasMessageContaining("restartPolcy");
    }

    @Test
    void haveANativeSidecarInTheDeployment() throws IOException {
        List<HasMetadata> objects = typed("sidecar-deployment");
        PodSpec pod = Manifests.only(objects, Deployment.class).getSpec().getTemplate().getSpec();
        PodRules.check(pod, configuration(objects));
        checkNative(pod);
    }

    @Test
    void haveANativeSidecarInTheJob() throws IOException {
        List<HasMetadata> objects = typed("sidecar-job");
        PodSpec pod = Manifests.only(objects, Job.class).getSpec().getTemplate().getSpec();
        PodRules.check(pod, configuration(objects));
        checkNative(pod);
    }

    @Test
    void letTheLegacyJobEndTheProxy() throws IOException {
        List<HasMetadata> objects = typed("job-legacy");
        PodSpec pod = Manifests.only(objects, Job.class).getSpec().getTemplate().getSpec();
        PodRules.check(pod, configuration(objects));
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(configuration(objects)).contains("quit = true");
        assertThat(pod.getContainers().get(0).getArgs().get(0)).contains("-X POST http://127.0.0.1:8081/quit");
    }

    @Test
    void patchADeploymentWithTheSameSidecar() throws IOException {
        PodSpec patch = Manifests.only(
                        Manifests.typed(Files.readString(FOLDER.resolve("component/sidecar.yaml"))), Deployment.class)
                .getSpec().getTemplate().getSpec();
        PodSpec whole = Manifests.only(typed("sidecar-deployment"), Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(PodRules.proxy(patch)).isEqualTo(PodRules.proxy(whole));
        assertThat(patch.getVolumes()).isEqualTo(whole.getVolumes());
        assertThat(patch.getTerminationGracePeriodSeconds()).isEqualTo(whole.getTerminationGracePeriodSeconds());
    }

    private static void checkNative(PodSpec pod) {
        Container proxy = pod.getInitContainers().get(0);
        assertThat(proxy.getName()).isEqualTo("bedrock-sigv4-proxy");
        assertThat(proxy.getRestartPolicy()).isEqualTo("Always");
        assertThat(proxy.getStartupProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(pod.getContainers()).singleElement().satisfies(app -> {
            assertThat(app.getEnv()).extracting(entry -> entry.getName()).contains("AWS_ENDPOINT_URL_BEDROCK_RUNTIME");
            assertThat(app.getVolumeMounts()).as("nothing of the proxy's").isEmpty();
        });
    }

    private static List<HasMetadata> typed(String name) throws IOException {
        List<HasMetadata> objects = Manifests.typed(Files.readString(FOLDER.resolve(name + ".yaml")));
        Files.createDirectories(RENDERED);
        Files.writeString(RENDERED.resolve(name + ".conf"), configuration(objects));
        return objects;
    }

    private static String configuration(List<HasMetadata> objects) {
        return Manifests.only(objects, ConfigMap.class).getData().get("proxy.conf");
    }
}
