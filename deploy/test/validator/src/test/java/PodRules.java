import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds for every pod that the proxy is in. */
final class PodRules {
    private static final Pattern DRAIN = Pattern.compile("\"?drain\"?\\s*[=:]\\s*\"?(\\d+)s");

    private PodRules() {}

    static void check(PodSpec pod, String configuration) {
        Container proxy = proxy(pod);
        SecurityContext security = proxy.getSecurityContext();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(proxy.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(proxy.getResources().getLimits()).containsKey("memory");
        assertThat(proxy.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(proxy.getVolumeMounts()).allSatisfy(mount -> {
            assertThat(mount.getReadOnly()).isTrue();
            assertThat(mount.getSubPath()).as("would not see a rotation").isNull();
        });
        List<String> volumes = pod.getVolumes().stream().map(volume -> volume.getName()).toList();
        assertThat(volumes).containsAll(proxy.getVolumeMounts().stream().map(mount -> mount.getName()).toList());
        pod.getVolumes().stream().filter(volume -> volume.getSecret() != null).forEach(volume -> assertThat(
                        volume.getSecret().getDefaultMode())
                .as("not for every user")
                .isEqualTo(0440));
        Matcher drain = DRAIN.matcher(configuration);
        assertThat(drain.find()).as(configuration).isTrue();
        assertThat(pod.getTerminationGracePeriodSeconds())
                .as("above timeouts.drain, or answers are cut")
                .isGreaterThan(Long.parseLong(drain.group(1)));
    }

    static Container proxy(PodSpec pod) {
        List<Container> found = Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                .filter(container -> container.getName().equals("bedrock-sigv4-proxy"))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
