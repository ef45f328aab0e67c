import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of the image's build, run as {@code java Training.java HOME}: runs the proxy as the image will, in front of the
 * emulator, and leaves in {@code classes.aot} the classes that it has loaded. Fails when a request fails.
 */
final class Training {
    private static final String SECRET = "training-of-the-image-0123456789";
    private static final long LIMIT_SECONDS = 120;
    private static final int ROUNDS = 8;

    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();
    private URI endpoint = URI.create("http://127.0.0.1");
    private URI admin = URI.create("http://127.0.0.1");

    private Training(Path home) {
        this.home = home;
    }

    public static void main(String[] args) throws Exception {
        new Training(Path.of(args[0])).run();
    }

    private void run() throws Exception {
        Process emulator = start(Map.of(), false, "emulator", "--bedrock", "127.0.0.1:0", "--sts", "127.0.0.1:0");
        try (BufferedReader lines = emulator.inputReader()) {
            Map<String, String> printed = until(lines, "secret-access-key");
            Process proxy = start(
                    Map.of(
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", printed.get("access-key-id"),
                            "AWS_SECRET_ACCESS_KEY", printed.get("secret-access-key"),
                            "BEDROCK_PROXY_SECRET", SECRET,
                            "BEDROCK_PROXY_LISTEN", "127.0.0.1:0",
                            "BEDROCK_PROXY_ADMIN_LISTEN", "127.0.0.1:0",
                            "BEDROCK_PROXY_ROLE_ARN", "arn:aws:iam::111122223333:role/training",
                            "BEDROCK_PROXY_EXTERNAL_ID", "training",
                            "BEDROCK_PROXY_ENDPOINT", printed.get("bedrock"),
                            "BEDROCK_PROXY_STS_ENDPOINT", printed.get("sts")),
                    true,
                    "serve");
            try (BufferedReader log = proxy.errorReader()) {
                findAddresses(log);
                callAll();
                // Not destroy(), which closes the streams as well.
                proxy.toHandle().destroy();
                // Read to the end, or the JVM that writes the cache might wait for somebody to read.
                log.lines().forEach(System.err::println);
                checkEnd(proxy);
            } finally {
                proxy.destroyForcibly();
            }
        } finally {
            emulator.destroyForcibly();
        }
        long bytes = Files.size(home.resolve("classes.aot"));
        System.out.println("classes.aot: " + bytes + " bytes");
    }

    private void callAll() throws IOException, InterruptedException {
        awaitReady();
        for (int round = 0; round < ROUNDS; round++) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                call(version, "converse", "application/json");
                call(version, "converse-stream", "application/vnd.amazon.eventstream");
                call(version, "converse-stream", "text/event-stream");
            }
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        HttpRequest ready =
                HttpRequest.newBuilder(admin.resolve("/readyz")).build();
        while (true) {
            try {
                if (http.send(ready, BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            if (System.nanoTime() > end) {
                throw new IOException("not ready within " + LIMIT_SECONDS + " s");
            }
            Thread.sleep(100);
        }
    }

    private void call(HttpClient.Version version, String operation, String accept)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        endpoint.resolve("/model/amazon.nova-micro-v1:0/" + operation))
                .version(version)
                .header("Authorization", "Bearer " + SECRET)
                .header("Accept", accept)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(operation + " gave " + answer.statusCode() + ": " + answer.body());
        }
    }

    private void findAddresses(BufferedReader log) throws IOException {
        Pattern started = Pattern.compile("started endpoint=(\\S+) admin=(\\S+) transport=epoll ");
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            System.err.println(line);
            Matcher matcher = started.matcher(line);
            if (matcher.find()) {
                endpoint = URI.create("http://" + matcher.group(1));
                admin = URI.create("http://" + matcher.group(2));
                return;
            }
        }
        throw new IOException("the proxy did not start with native transport");
    }

    private static void checkEnd(Process proxy) throws IOException, InterruptedException {
        if (!proxy.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("did not end within " + LIMIT_SECONDS + " s of SIGTERM");
        }
        if (proxy.exitValue() != 0) {
            throw new IOException("exit code " + proxy.exitValue() + " (expected: 0)");
        }
    }

    private Process start(Map<String, String> environment, boolean isTraining, String... command) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(home.resolve("jre/bin/java").toString());
        List<String> flags = new ArrayList<>(Files.readAllLines(home.resolve("java.args")));
        flags.removeIf(flag -> flag.startsWith("-XX:AOTCache="));
        if (isTraining) {
            line.add("-XX:AOTCacheOutput=" + home.resolve("classes.aot"));
        }
        line.addAll(flags);
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        if (!isTraining) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        } else {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Reads lines {@code key=value} up to the one with this key. */
    private static Map<String, String> until(BufferedReader lines, String last) throws IOException {
        Map<String, String> printed = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                printed.put(line.substring(0, equals), line.substring(equals + 1));
            }
            if (printed.containsKey(last)) {
                return printed;
            }
        }
        throw new IOException("the emulator ended without a line " + last + "=");
    }
}
