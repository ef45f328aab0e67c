package io.bedrockproxy.server.reload;

import io.bedrockproxy.server.config.ListenerConfig.TlsFiles;
import io.bedrockproxy.server.config.ProxyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * What is different between two configurations, in names: what an operator wants to see when a file was changed. Names of
 * clients, roles and sections are no secrets; values may be and never appear.
 *
 * @param words {@code clients-added=[a]} and the like; empty when nothing is different
 */
record ConfigChanges(String words) {
    static ConfigChanges between(ProxyConfig was, FileContents held, ProxyConfig is, FileContents hold) {
        StringJoiner words = new StringJoiner(" ");
        named(words, "clients", was.clients(), is.clients());
        named(words, "roles", was.roles(), is.roles());
        named(words, "sources", was.sources(), is.sources());
        List<String> sections = new ArrayList<>();
        note(sections, "listener", was.listener(), is.listener());
        note(sections, "admin", was.admin(), is.admin());
        note(sections, "bedrock", was.bedrock(), is.bedrock());
        note(sections, "sts", was.sts(), is.sts());
        note(sections, "limits", was.limits(), is.limits());
        note(sections, "timeouts", was.timeouts(), is.timeouts());
        list(words, "sections", sections);
        List<String> files = new ArrayList<>();
        note(files, "listener.tls", listenerTls(was, held), listenerTls(is, hold));
        note(files, "bedrock.trusted-certificates", bedrockTrust(was, held), bedrockTrust(is, hold));
        note(files, "sts.trusted-certificates", stsTrust(was, held), stsTrust(is, hold));
        list(words, "certificates", files);
        return new ConfigChanges(words.toString());
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    private static List<String> listenerTls(ProxyConfig config, FileContents contents) {
        TlsFiles tls = config.listener().tls();
        return tls == null ? List.of() : contents.print(tls.certificate(), tls.privateKey(), tls.clientCa());
    }

    private static List<String> bedrockTrust(ProxyConfig config, FileContents contents) {
        return contents.print(config.bedrock().trustedCertificates());
    }

    private static List<String> stsTrust(ProxyConfig config, FileContents contents) {
        return contents.print(config.sts().trustedCertificates());
    }

    private static void named(StringJoiner words, String kind, Map<String, ?> was, Map<String, ?> is) {
        TreeSet<String> removed = new TreeSet<>(was.keySet());
        removed.removeAll(is.keySet());
        TreeSet<String> added = new TreeSet<>(is.keySet());
        added.removeAll(was.keySet());
        TreeSet<String> changed = new TreeSet<>(is.keySet());
        changed.removeIf(name -> !was.containsKey(name) || Objects.equals(was.get(name), is.get(name)));
        list(words, kind + "-added", added);
        list(words, kind + "-removed", removed);
        list(words, kind + "-changed", changed);
    }

    private static void note(List<String> names, String name, Object was, Object is) {
        if (!was.equals(is)) {
            names.add(name);
        }
    }

    private static void list(StringJoiner words, String name, java.util.Collection<String> values) {
        if (!values.isEmpty()) {
            words.add(name + "=" + values.size() + " [" + String.join(", ", values) + "]");
        }
    }
}
