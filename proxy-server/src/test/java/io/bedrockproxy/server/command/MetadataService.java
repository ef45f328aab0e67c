package io.bedrockproxy.server.command;

import io.bedrockproxy.emulator.Emulator;
import io.bedrockproxy.emulator.signature.AccessKey;
import io.bedrockproxy.emulator.signature.Identity;
import io.bedrockproxy.emulator.signature.RoleSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * What hands out credentials on a machine of AWS: the agent of an ECS task, the agent of EKS Pod Identity, and the instance
 * metadata service, version 2 only. It answers as they do, and an emulator knows the keys. Keys are made anew when half of
 * their life is over.
 */
final class MetadataService extends Dispatcher implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::111122223333:role/of-the-machine";
    static final RoleSession SESSION = new RoleSession(ROLE, "the-machine");

    private static final String CONTAINER = "/v1/credentials";
    private static final String TOKEN = "/latest/api/token";
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private static final InstantSource CLOCK = InstantSource.system();

    private final MockWebServer server = new MockWebServer();
    private final Emulator emulator;
    private final Duration life;
    private final List<AccessKey> given = new ArrayList<>();
    private final Set<String> sessionTokens = ConcurrentHashMap.newKeySet();
    private final List<String> authorizations = new ArrayList<>();
    private volatile @Nullable String authorization;
    private boolean isExpired;

    MetadataService(Emulator emulator, Duration life) {
        this.emulator = emulator;
        this.life = life;
        server.setDispatcher(this);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
    String containerUri() {
        return endpoint() + CONTAINER;
    }

    /** {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** From now on only requests with this Authorization header get credentials of the container. */
    void authorize(String value) {
        authorization = value;
    }

    /** From now on no token of the instance metadata service is known that was given before. */
    void forgetSessionTokens() {
        sessionTokens.clear();
    }

    /** AWS refuses this key from now on, and the next one is given out. */
    synchronized void expire(String accessKeyId) {
        emulator.expireCredentials(accessKeyId);
        isExpired = true;
    }

    /** The ids of the keys that were handed out, in order. */
    synchronized List<String> given() {
        return given.stream().map(AccessKey::accessKeyId).distinct().toList();
    }

    /** The Authorization headers that were taken, in order. */
    synchronized List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        if (path.equals(CONTAINER)) {
            return container(request);
        }
        if (path.equals(TOKEN)) {
            return sessionToken(request);
        }
        String token = request.getHeaders().get("x-aws-ec2-metadata-token");
        if (token == null || !sessionTokens.contains(token)) {
            return answer(401, "");
        }
        if (path.equals(ROLES)) {
            return answer(200, "of-the-machine");
        }
        return path.equals(ROLES + "of-the-machine")
                ? answer(
                        200,
                        json("\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"LastUpdated\":\"" + CLOCK.instant() + "\","))
                : answer(404, "");
    }

    private MockResponse container(RecordedRequest request) {
        String expected = authorization;
        String brought = request.getHeaders().get("Authorization");
        if (expected == null || !expected.equals(brought)) {
            return answer(expected == null ? 200 : 401, expected == null ? json("") : "{\"message\":\"Unauthorized\"}");
        }
        synchronized (this) {
            authorizations.add(brought);
        }
        return answer(200, json("\"AccountId\":\"111122223333\","));
    }

    private MockResponse sessionToken(RecordedRequest request) {
        String seconds = request.getHeaders().get("x-aws-ec2-metadata-token-ttl-seconds");
        if (!"PUT".equals(request.getMethod()) || seconds == null || !seconds.matches("[1-9]\\d{0,4}")) {
            return answer(400, "");
        }
        String token = "token-" + sessionTokens.size() + '-' + CLOCK.instant().toEpochMilli();
        sessionTokens.add(token);
        return answer(200, token)
                .newBuilder()
                .addHeader("x-aws-ec2-metadata-token-ttl-seconds", seconds)
                .build();
    }

    private String json(String more) {
        AccessKey key = current();
        return """
                {%s"AccessKeyId":"%s","SecretAccessKey":"%s","Token":"%s","Expiration":"%s"}""".formatted(more, key.accessKeyId(), key.secretAccessKey(), key.sessionToken(), key.expiration());
    }

    private synchronized AccessKey current() {
        Instant now = CLOCK.instant();
        AccessKey last = given.isEmpty() ? null : given.get(given.size() - 1);
        if (last != null
                && !isExpired
                && last.expiration() != null
                && now.plus(life.dividedBy(2)).isBefore(last.expiration())) {
            return last;
        }
        int number = given.size() + 1;
        AccessKey made = new AccessKey(
                "ASIAMACHINE" + "%09d".formatted(number),
                "secret/of/the/machine/" + number,
                "token-of-the-machine-" + number,
                now.plus(life).truncatedTo(ChronoUnit.SECONDS),
                Identity.of(SESSION));
        isExpired = false;
        emulator.addKey(made);
        given.add(made);
        return made;
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    @Override
    public void close() {
        server.close();
    }
}
