#!/usr/bin/env bash
# The Helm chart and the Kubernetes manifests: strict lint, schema, typed models (a Maven project of its own), the rendered
# configurations read by the proxy itself, and the Kustomize component where a kubectl that knows components is found.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need mvn
project=$root/deploy/test/validator
mvn=(mvn -B -ntp -Dstyle.color=never -f "$project/pom.xml")
"${mvn[@]}" -o test-compile >"$work/compile.log" 2>&1 || "${mvn[@]}" test-compile >"$work/compile.log" 2>&1 \
    || { grep -q 'Could not resolve\|Could not transfer' "$work/compile.log" && not_run 'the models cannot be downloaded'; \
        tail -n 30 "$work/compile.log" >&2; fail 'the validator does not compile'; }
rm -rf "$project/target/rendered"
"${mvn[@]}" test || fail 'the validator'
pass 'chart and manifests: lint, schema, typed models'

# Whatever was rendered has to be a configuration. Its files are this script's; nobody answers as STS, so policies have a
# placeholder, which is no error.
[ -x "$launcher" ] || not_run 'no distribution in proxy-server/target/dist: the configurations were not read'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$work/tls.key" -out "$work/tls.crt" \
    2>/dev/null || not_run 'no openssl: the configurations were not read'
mkdir "$work/secrets"
for name in bedrock-proxy/secret search/current search/next; do
    mkdir -p "$work/secrets/$(dirname "$name")"
    (umask 077 && printf 'a-secret-for-%s-0123456789\n' "$name" >"$work/secrets/$name")
done
for file in "$project"/target/rendered/*.conf; do
    sed -e "s|/run/secrets/|$work/secrets/|g" -e "s|/run/tls/|$work/|g" "$file" >"$work/proxy.conf"
    env -u BEDROCK_PROXY_SECRET AWS_ACCESS_KEY_ID=AKIAEXAMPLE AWS_SECRET_ACCESS_KEY=example \
        BEDROCK_PROXY_STS_ENDPOINT=http://127.0.0.1:9 "$launcher" policy --json --config "$work/proxy.conf" \
        >"$work/policy.json" 2>"$work/policy.err" || fail "$(basename "$file"): $(cat "$work/policy.err")"
    grep -q 'sts:ExternalId' "$work/policy.json" || fail "$(basename "$file"): no trust policy"
    pass "$(basename "$file"): the proxy takes it"
done

if kubectl kustomize --help 2>/dev/null | grep -q kustomiz; then
    mkdir "$work/kustomize"
    cp -R "$root/deploy/kubernetes/component" "$work/kustomize/component"
    printf 'resources: [app.yaml]\ncomponents: [component]\n' >"$work/kustomize/kustomization.yaml"
    printf '%s\n' 'apiVersion: apps/v1' 'kind: Deployment' 'metadata: {name: shop}' 'spec:' \
        '  selector: {matchLabels: {app: shop}}' '  template:' '    metadata: {labels: {app: shop}}' '    spec:' \
        '      initContainers: [{name: migrate, image: "shop:1"}]' \
        '      containers: [{name: shop, image: "shop:1"}]' >"$work/kustomize/app.yaml"
    if kubectl kustomize "$work/kustomize" >"$work/rendered.yaml" 2>"$work/kustomize.err"; then
        for line in 'name: shop' 'name: migrate' 'name: bedrock-sigv4-proxy' 'restartPolicy: Always' 'defaultMode: 288'; do
            grep -q "$line" "$work/rendered.yaml" || fail "the component's result has no line $line"
        done
        pass 'the component adds the sidecar to a deployment, whose containers stay'
    elif grep -q "unknown field\|invalid Kustomization" "$work/kustomize.err"; then
        echo 'not run: this kubectl does not know components'
    else
        fail "kubectl kustomize: $(cat "$work/kustomize.err")"
    fi
else
    echo 'not run: no kubectl, the component was not rendered'
fi
