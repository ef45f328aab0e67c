package io.bedrockproxy.server.config.load;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.bedrockproxy.server.config.AdminConfig;
import io.bedrockproxy.server.config.BedrockConfig;
import io.bedrockproxy.server.config.ClientSettings;
import io.bedrockproxy.server.config.LimitsConfig;
import io.bedrockproxy.server.config.ListenerConfig;
import io.bedrockproxy.server.config.ProxyConfig;
import io.bedrockproxy.server.config.RoleSettings;
import io.bedrockproxy.server.config.SourceSettings;
import io.bedrockproxy.server.config.StsConfig;
import io.bedrockproxy.server.config.TimeoutsConfig;
import io.bedrockproxy.server.config.hocon.Problem;
import io.bedrockproxy.server.config.hocon.Problems;
import io.bedrockproxy.server.config.hocon.Section;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration. Three layers, the upper ones winning: the variables of {@link EnvironmentLayer}, the file,
 * {@code reference.conf}. {@code AWS_REGION} belongs to the lowest one: platforms set it for every process, and a file
 * that names a region means that region.
 */
public final class ConfigLoader {
    private static final String ROOT = "bedrock-proxy";

    private final MachineLimits machine;
    private final InstantSource clock;

    /**
     * @param machine what {@code auto} is worked out from
     * @param clock for secrets that are already over
     */
    public ConfigLoader(MachineLimits machine, InstantSource clock) {
        this.machine = machine;
        this.clock = clock;
    }

    /**
     * Reads and checks everything, files with secrets and certificates included.
     *
     * @param file null to be configured by environment alone
     * @param environment all variables; an empty one counts as not set
     * @throws ConfigException with every problem that was found
     */
    public LoadedConfig load(@Nullable Path file, Map<String, String> environment) throws ConfigException {
        IncludedFiles included = new IncludedFiles(file);
        try {
            return load(nameOf(file), ConfigFiles.read(file, included), withoutEmpty(environment), included.found());
        } catch (ConfigException e) {
            Set<Path> files = new HashSet<>(e.files());
            files.addAll(included.found());
            throw new ConfigException(e.problems(), files);
        }
    }

    /**
     * As above, for a program that makes up a configuration.
     *
     * @param name what problems are said to be in
     * @param keys values by full key without the root, such as {@code listener.port}
     */
    public LoadedConfig load(String name, Map<String, Object> keys) throws ConfigException {
        return load(name, ConfigFactory.parseMap(keys, name).atPath(ROOT), Map.of(), Set.of());
    }

    /** Only {@code admin}, for who asks a running proxy: whatever else is wrong is the proxy's own to say. */
    public AdminConfig loadAdmin(@Nullable Path file, Map<String, String> environment) throws ConfigException {
        Problems problems = new Problems(nameOf(file));
        Map<String, String> variables = withoutEmpty(environment);
        Section root = root(nameOf(file), ConfigFiles.read(file, new IncludedFiles(file)), variables, problems);
        AdminConfig admin = ListenerReader.admin(root.section("admin"));
        failOn(problems);
        return admin;
    }

    private LoadedConfig load(String name, Config written, Map<String, String> variables, Set<Path> files)
            throws ConfigException {
        Problems problems = new Problems(name);
        files.forEach(problems::dependsOn);
        Section root = root(name, written, variables, problems);
        List<String> notes = new ArrayList<>();
        ProxyConfig config = read(root, variables, notes);
        warnOfIgnoredRegion(config, variables, problems);
        failOn(problems);
        // Needs roles and clients that are right in themselves.
        PolicyReader.checkSizes(root, config);
        failOn(problems);
        return new LoadedConfig(config, notes, problems.warnings(), problems.files());
    }

    private static Section root(String name, Config written, Map<String, String> variables, Problems problems)
            throws ConfigException {
        checkRoot(written, name);
        Config reference = ConfigFiles.reference();
        Config known = ConfigFiles.resolve(reference, Map.of(), name);
        Config below = ConfigFiles.resolve(written.withFallback(reference), variables, name);
        Config effective = EnvironmentLayer.of(variables, below, problems).withFallback(below);
        effective = withoutTemplates(effective, known, problems);
        return new Section(ROOT, effective.getObject(ROOT), known.getObject(ROOT), problems);
    }

    private static String nameOf(@Nullable Path file) {
        return file == null ? "environment" : file.toString();
    }

    private static Map<String, String> withoutEmpty(Map<String, String> environment) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.values().removeIf(String::isBlank);
        return variables;
    }

    private static void failOn(Problems problems) throws ConfigException {
        if (!problems.found().isEmpty()) {
            throw new ConfigException(problems.found(), problems.files());
        }
    }

    private ProxyConfig read(Section root, Map<String, String> variables, List<String> notes) {
        ListenerConfig listener = ListenerReader.listener(root.section("listener"));
        AdminConfig admin = ListenerReader.admin(root.section("admin"));
        ListenerReader.checkPorts(root.section("admin"), admin, listener);
        BedrockConfig bedrock = UpstreamReader.bedrock(root.section("bedrock"), listener.secretHeaders());
        StsConfig sts = UpstreamReader.sts(root.section("sts"), bedrock);
        Map<String, SourceSettings> sources = SourceReader.sources(root);
        Map<String, Section> roleSections = root.named("roles");
        Map<String, RoleSettings> roles = RoleReader.roles(roleSections, sources.keySet(), sts);
        SecretReader secrets = new SecretReader(variables);
        Map<String, ClientSettings> clients =
                new ClientReader(sources.keySet(), roles.keySet(), secrets, bedrock, clock.instant()).clients(root);
        new TemplateCheck(roleSections, roles).check(clients);
        LimitsConfig limits = LimitsReader.limits(root.section("limits"), machine, notes);
        TimeoutsConfig timeouts = LimitsReader.timeouts(root.section("timeouts"));
        return new ProxyConfig(listener, admin, bedrock, sts, sources, roles, clients, limits, timeouts);
    }

    /** Every key of a file is under one root; a mistyped root would otherwise configure nothing at all. */
    private static void checkRoot(Config written, String file) throws ConfigException {
        List<Problem> problems = new ArrayList<>();
        for (String key : new TreeSet<>(written.root().keySet())) {
            if (!key.equals(ROOT)) {
                problems.add(new Problem(file, key, "unknown key", ROOT));
            } else if (!(written.root().get(ROOT) instanceof ConfigObject)) {
                problems.add(new Problem(file, ROOT, "not an object", ROOT + " { ... }"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** {@code reference.conf} shows the keys of named entries under a placeholder, which is no entry. */
    private static Config withoutTemplates(Config effective, Config known, Problems problems) {
        Config config = effective;
        for (String named : List.of("sources", "roles", "clients")) {
            String template = ROOT + "." + named + "." + Section.TEMPLATE;
            if (!effective.hasPath(template)) {
                continue;
            }
            ConfigValue value = effective.getValue(template);
            if (!value.equals(known.getValue(template))) {
                problems.add(value.origin(), template, "only a placeholder", "a name of your own");
            }
            config = config.withoutPath(template);
        }
        return config;
    }

    private static void warnOfIgnoredRegion(ProxyConfig config, Map<String, String> variables, Problems problems) {
        String region = variables.get("AWS_REGION");
        if (region != null && !region.equals(config.bedrock().region())) {
            problems.warn(ROOT + ".bedrock.region", config.bedrock().region() + ", although AWS_REGION is " + region);
        }
    }
}
