package io.bedrockproxy.core.credentials;

import mockwebserver3.MockResponse;

/** What STS says, as captured from its query protocol. */
final class StsAnswers {
    static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    static final String SECRET = "sessionSecretKey/0123456789abcdefghijklmno";
    static final String TOKEN = "sessionToken//////////wEaCXVzLWVhc3QtMSJHMEUCIQD=";

    private StsAnswers() {}

    static MockResponse credentials(String expiration) {
        return xml(200, """
                <AssumeRoleResponse xmlns="%s"><AssumeRoleResult><AssumedRoleUser>\
                <AssumedRoleId>AROA:team</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/r/team</Arn>\
                </AssumedRoleUser><Credentials><AccessKeyId>ASIASESSION</AccessKeyId>\
                <SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken>%s\
                </Credentials><PackedPolicySize>6</PackedPolicySize></AssumeRoleResult>\
                <ResponseMetadata><RequestId>c6104cbe</RequestId></ResponseMetadata></AssumeRoleResponse>""".formatted(
                NAMESPACE, SECRET, TOKEN, expiration.isEmpty() ? "" : "<Expiration>" + expiration + "</Expiration>"));
    }

    static MockResponse error(int status, String code, String message) {
        return xml(status, """
                <ErrorResponse xmlns="%s"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>\
                <RequestId>req-1</RequestId></ErrorResponse>""".formatted(NAMESPACE, code, message));
    }

    static MockResponse xml(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/xml")
                .body(body)
                .build();
    }
}
