package io.bedrockproxy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.bedrockproxy.core.failure.FailureKind;
import io.bedrockproxy.core.http.HeaderList;
import io.bedrockproxy.core.http.WireCase;
import io.bedrockproxy.core.rule.ModelRules;
import io.bedrockproxy.core.rule.OperationRules;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticatorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String SECRET = "0123456789abcdef:+/=";
    private static final String ROTATED = "the-next-secret-of-a";
    private static final String OTHER = "fedcba9876543210";

    private final Client first = client("first", null, SECRET, ROTATED);
    private final Client second = client("second", null, OTHER);
    private final Authenticator authenticator = authenticator(first, second);

    static Stream<Arguments> granted() {
        String basic = "Basic " + base64("anything:" + SECRET);
        return Stream.of(
                argumentSet("bearer", headers("authorization", "Bearer " + SECRET)),
                argumentSet("bearer in lower case", headers("Authorization", "bearer " + SECRET)),
                argumentSet("bearer in upper case", headers("AUTHORIZATION", "BEARER " + SECRET)),
                argumentSet("several spaces", headers("authorization", "Bearer   " + SECRET)),
                argumentSet("the other secret", headers("authorization", "Bearer " + ROTATED)),
                argumentSet("basic", headers("authorization", basic)),
                argumentSet("basic in upper case", headers("authorization", "BASIC " + basic.substring(6))),
                argumentSet("basic without user", headers("authorization", "Basic " + base64(":" + SECRET))),
                argumentSet("basic without padding", headers("authorization", basic.replaceAll("=+$", ""))),
                argumentSet("x-api-key", headers("x-api-key", SECRET)),
                argumentSet("X-Api-Key", headers("X-Api-Key", SECRET)),
                argumentSet("api-key", headers("api-key", SECRET)),
                argumentSet("everywhere", headers("authorization", basic, "x-api-key", SECRET, "api-key", SECRET)));
    }

    @ParameterizedTest
    @MethodSource("granted")
    void grantsOneSecretWhereverItStands(HeaderList headers) {
        assertThat(authenticator.authenticate(headers, NOW)).isInstanceOfSatisfying(AuthDecision.Granted.class, it -> {
            assertThat(it.client()).isSameAs(first);
            assertThat(it.secret().isIn("x" + it.secret().text() + "y")).isTrue();
        });
    }

    @Test
    void tellsClientsApart() {
        AuthDecision decision = authenticator.authenticate(headers("authorization", "Bearer " + OTHER), NOW);
        assertThat(((AuthDecision.Granted) decision).client()).isSameAs(second);
    }

    static Stream<Arguments> denied() {
        return Stream.of(
                argumentSet("nothing", headers()),
                argumentSet("wrong", headers("authorization", "Bearer nope-nope-nope-nope")),
                argumentSet("one character more", headers("authorization", "Bearer " + SECRET + "x")),
                argumentSet("one character less", headers("authorization", "Bearer " + SECRET.substring(1))),
                argumentSet("other case", headers("x-api-key", SECRET.toUpperCase(Locale.ROOT))),
                argumentSet("8 KiB", headers("x-api-key", "a".repeat(8192))),
                argumentSet("scheme alone", headers("authorization", "Bearer")),
                argumentSet("scheme and spaces", headers("authorization", "Bearer   ")),
                argumentSet("empty", headers("authorization", "")),
                argumentSet("no scheme", headers("authorization", SECRET)),
                argumentSet("space in front", headers("authorization", " Bearer " + SECRET)),
                argumentSet("space behind", headers("authorization", "Bearer " + SECRET + " ")),
                argumentSet("tab as separator", headers("authorization", "Bearer\t" + SECRET)),
                argumentSet("tab behind the space", headers("authorization", "Bearer \t" + SECRET)),
                argumentSet("quoted", headers("authorization", "Bearer \"" + SECRET + "\"")),
                argumentSet("two in one value", headers("x-api-key", SECRET + "," + SECRET)),
                argumentSet("other scheme", headers("authorization", "Token " + SECRET)),
                argumentSet("not ASCII", headers("x-api-key", SECRET + "\u00e4")),
                argumentSet("empty beside a good one", headers("authorization", "Bearer " + SECRET, "api-key", "")),
                argumentSet("wrong beside a good one", headers("authorization", "Bearer x", "api-key", SECRET)),
                argumentSet("good beside a wrong one", headers("authorization", "Bearer " + SECRET, "api-key", "x")),
                argumentSet(
                        "SigV4 beside a good one", headers("authorization", "AWS4-HMAC-SHA256 x", "api-key", SECRET)),
                argumentSet("two clients", headers("x-api-key", SECRET, "api-key", OTHER)),
                argumentSet("two secrets of a client", headers("x-api-key", SECRET, "api-key", ROTATED)),
                argumentSet("a header twice", headers("api-key", SECRET, "api-key", SECRET)),
                argumentSet("bearer twice", headers("authorization", "Bearer x", "Authorization", "Bearer " + SECRET)),
                argumentSet("basic, no base64", headers("authorization", "Basic *" + SECRET)),
                argumentSet("basic, inner space", headers("authorization", "Basic YTox MjM0")),
                argumentSet("basic, no colon", headers("authorization", "Basic " + base64("0123456789abcdef"))),
                argumentSet("basic, no password", headers("authorization", "Basic " + base64(SECRET + ":"))),
                argumentSet("basic, secret as user", headers("authorization", "Basic " + base64(SECRET + ":x"))),
                argumentSet("a header that is not listed", headers("x-secret", SECRET, "cookie", SECRET)));
    }

    @ParameterizedTest
    @MethodSource("denied")
    void deniesEverythingElseInOneWay(HeaderList headers) {
        AuthDecision decision = authenticator.authenticate(headers, NOW);
        assertThat(decision).isSameAs(authenticator.authenticate(headers(), NOW));
        assertThat(((AuthDecision.Denied) decision).failure()).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
            assertThat(failure.message() + failure.detail())
                    .doesNotContainIgnoringCase("api-key")
                    .doesNotContain(SECRET, "expired", "client");
        });
    }

    static Stream<WireCase> wireCases() {
        return WireCase.family("A")
                .filter(wire -> !wire.id().equals("A30") && !wire.id().equals("A31"));
    }

    @ParameterizedTest
    @MethodSource("wireCases")
    void comesToTheRightEndForTheHeadsOfTheWireCases(WireCase wire) {
        boolean granted =
                authenticator.authenticate(new HeaderList(wire.headers(SECRET)), NOW) instanceof AuthDecision.Granted;
        assertThat(granted).isEqualTo(wire.id().equals("A24") || wire.id().equals("A28"));
        assertThat(wire.must()).isEqualTo(granted || wire.id().equals("A26") ? "either" : "reject");
    }

    @Test
    void endsTheSecretsOfAClientAtTheInstant() {
        Client temporary = client("temporary", NOW, SECRET, ROTATED);
        Authenticator authenticator = authenticator(temporary, second);
        for (String secret : List.of(SECRET, ROTATED)) {
            HeaderList headers = headers("authorization", "Bearer " + secret);
            assertThat(authenticator.authenticate(headers, NOW.minusNanos(1))).isInstanceOf(AuthDecision.Granted.class);
            assertThat(authenticator.authenticate(headers, NOW)).isInstanceOf(AuthDecision.Denied.class);
            assertThat(authenticator.authenticate(headers, NOW.plus(Duration.ofDays(1))))
                    .isSameAs(authenticator.authenticate(headers(), NOW));
        }
        assertThat(authenticator.authenticate(headers("api-key", OTHER), NOW.plus(Duration.ofDays(1))))
                .as("the others go on")
                .isInstanceOf(AuthDecision.Granted.class);
    }

    @Test
    void answersSeveralThreadsAtOnce() {
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .mapToObj(i -> authenticator.authenticate(
                                headers("authorization", "Bearer " + (i % 2 == 0 ? SECRET : OTHER)), NOW))
                        .filter(decision -> decision instanceof AuthDecision.Granted))
                .hasSize(20_000);
    }

    @Test
    void refusesTwoClientsWithOneSecret() {
        assertThatThrownBy(() -> authenticator(first, client("third", null, OTHER, SECRET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("third")
                .hasMessageNotContaining(SECRET);
        assertThat(authenticator(client("twice", null, SECRET, SECRET)).authenticate(headers("api-key", SECRET), NOW))
                .isInstanceOf(AuthDecision.Granted.class);
    }

    @Test
    void printsNoSecret() {
        AuthDecision decision = authenticator.authenticate(headers("authorization", "Bearer " + SECRET), NOW);
        assertThat(decision.toString()).contains("first", "***").doesNotContain(SECRET);
        assertThat(first.secrets().get(0)).hasToString("sha256:***");
    }

    static Authenticator authenticator(Client... clients) {
        return new Authenticator(new AuthConfig(List.of("x-api-key", "api-key")), List.of(clients), new SecureRandom());
    }

    static Client client(String name, @Nullable Instant notAfter, String... secrets) {
        SecretHasher hasher = new SecretHasher(new byte[32]);
        List<SecretDigest> digests = Stream.of(secrets)
                .map(secret -> SecretDigest.ofSha256(hasher.digest(secret)))
                .toList();
        return new Client(
                name,
                digests,
                List.of(),
                notAfter,
                new ModelRules(List.of("*")),
                new OperationRules(List.of("inference")));
    }

    private static HeaderList headers(String... namesAndValues) {
        return HeaderList.of(namesAndValues);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
