#!/usr/bin/env bash
# Brings deploy/compose/compose.yaml up for real, with podman's API in the place of Docker's engine and an emulator beside the
# proxy: the application starts when the proxy is healthy and reaches it on loopback. On demand. Wants root, podman, runc,
# docker-compose, and an image that `KEEP=FOLDER deploy/test/image.sh` has left in FOLDER: KEEP=FOLDER deploy/test/compose.sh
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need podman runc docker-compose nsenter curl
[ -n "${KEEP:-}" ] && [ -r "$KEEP/storage.conf" ] || not_run 'KEEP names no folder of deploy/test/image.sh'
project=bedrockcompose$$
image=localhost/bedrock-sigv4-proxy:test
# An API client cannot say that limits stay as they are: this runtime takes them out.
cat >"$work/runc-norlimit" <<'SHIM'
#!/usr/bin/env python3
import json, os, sys
arguments = sys.argv[1:]
for index, word in enumerate(arguments):
    if word == "--bundle" or word == "-b" or word.startswith("--bundle="):
        bundle = word.split("=", 1)[1] if "=" in word else arguments[index + 1]
        with open(bundle + "/config.json") as file:
            config = json.load(file)
        config["process"].pop("rlimits", None)
        with open(bundle + "/config.json", "w") as file:
            json.dump(config, file)
os.execvp("runc", ["runc"] + arguments)
SHIM
chmod 755 "$work/runc-norlimit"
sed -e 's/^runtime = .*/runtime = "runcx"/' "$KEEP/containers.conf" >"$work/containers.conf"
printf '[engine.runtimes]\nruncx = ["%s/runc-norlimit"]\n' "$work" >>"$work/containers.conf"
export CONTAINERS_STORAGE_CONF=$KEEP/storage.conf CONTAINERS_CONF=$work/containers.conf
export DOCKER_HOST=unix://$work/podman.sock
podman image exists "$image" || not_run "no image $image in $KEEP"
podman system service --time=0 "$DOCKER_HOST" >"$work/service.log" 2>&1 &
pids+=("$!")
until_true 20 "podman's socket" test -S "$work/podman.sock"

(umask 077 && printf 'compose-secret-0123456789abcdef\n' >"$work/secret")
chown 65532 "$work/secret"
# The emulator's keys are always these.
printf 'AWS_ACCESS_KEY_ID=AKIAEMULATOR00000000\nAWS_SECRET_ACCESS_KEY=emulator/secret/key/that/opens/nothing00\n' >"$work/aws.env"
# What only the test needs: an emulator on the proxy's loopback, and an application that asks the proxy one thing and ends.
cat >"$work/override.yaml" <<YAML
services:
  proxy:
    environment:
      BEDROCK_PROXY_ENDPOINT: http://127.0.0.1:9001
      BEDROCK_PROXY_STS_ENDPOINT: http://127.0.0.1:9002
  emulator:
    image: $image
    network_mode: "service:proxy"
    command: ["emulator", "--bedrock", "127.0.0.1:9001", "--sts", "127.0.0.1:9002"]
  app:
    command: ["healthcheck", "http://127.0.0.1:8080/"]
YAML
export PROXY_IMAGE=$image APP_IMAGE=$image AWS_REGION=us-east-1 AWS_ENV_FILE=$work/aws.env SECRET_FILE=$work/secret
export BEDROCK_PROXY_ROLE_ARN=arn:aws:iam::111122223333:role/test BEDROCK_PROXY_EXTERNAL_ID=compose-test
compose() {
    docker-compose -p "$project" -f "$root/deploy/compose/compose.yaml" -f "$work/override.yaml" "$@"
}
more_cleanup() {
    compose down -t 5 >/dev/null 2>&1
    rm -rf "$work"
}
compose config -q || fail 'compose config'
pass 'compose config: valid'
compose up -d >"$work/up.log" 2>&1 &
up=$!
pids+=("$up")
proxy() {
    podman ps -a --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.service=proxy \
        --format '{{.ID}}'
}
# Without systemd nothing makes podman look at health.
healthy() {
    kill -0 "$up" 2>/dev/null || return 0
    podman healthcheck run "$(proxy)" >/dev/null 2>&1
    ! kill -0 "$up" 2>/dev/null
}
until_true 180 'compose up' healthy
wait "$up" || fail "compose up: $(cat "$work/up.log")"
app=$(podman ps -a --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.service=app \
    --format '{{.ID}}')
[ "$(podman wait "$app")" = 0 ] || fail "the application did not reach the proxy: $(podman logs "$app" 2>&1)"
pass 'the application started after the proxy was healthy, and reached it on loopback'
pid=$(podman inspect "$(proxy)" --format '{{.State.Pid}}')
grep -Eq '^CapEff:\s0+$' "/proc/$pid/status" && grep -Eq '^Uid:\s65532\s' "/proc/$pid/status" \
    || fail 'capabilities or a wrong user'
[ "$(podman inspect "$(proxy)" --format '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.Memory}}')" = 'true 268435456' ] \
    || fail 'read_only or mem_limit'
nsenter -t "$pid" -n curl -sN --max-time 60 -H 'Authorization: Bearer compose-secret-0123456789abcdef' \
    -H 'Accept: text/event-stream' -H 'Content-Type: application/json' \
    -d '{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}' \
    http://127.0.0.1:8080/model/amazon.nova-micro-v1:0/converse-stream >"$work/stream" || fail 'the stream'
grep -q '^event: messageStop' "$work/stream" || fail "no whole stream: $(cat "$work/stream")"
pass 'hardened as written; a streamed answer on loopback'
