#!/usr/bin/env bash
# Builds deploy/Dockerfile unmodified and runs the image hardened, without a container engine's daemon and without a
# registry: both bases are made here and carry the real names. On demand; about three minutes. Wants root, buildah, podman,
# runc, mmdebstrap, curl, and a JDK 25 under /usr/lib/jvm; a distribution in proxy-server/target/dist.
#   KEEP=FOLDER keeps images and stand-ins there for the next run; then NO_BUILD=1 runs the image that is there.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need buildah podman runc mmdebstrap curl nsenter
[ "$(id -u)" = 0 ] || not_run 'wants root'
[ -d "$root/proxy-server/target/dist/lib" ] || fail 'no proxy-server/target/dist (mvn -DskipTests package makes it)'
jdk=
for home in /usr/lib/jvm/*/; do
    if grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null && [ -x "$home/bin/jlink" ]; then
        jdk=${home%/}
    fi
done
[ -n "$jdk" ] || not_run 'no JDK 25 with jlink under /usr/lib/jvm'

keep=${KEEP:-$work}
mkdir -p "$keep"
printf '[storage]\ndriver = "overlay"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$keep" "$keep" >"$keep/storage.conf"
# Docker's defaults would raise limits, which is refused where CAP_SYS_RESOURCE is not there.
printf '[containers]\ndefault_ulimits = []\nlog_driver = "k8s-file"\n[engine]\nruntime = "runc"\n' >"$keep/containers.conf"
printf 'cgroup_manager = "cgroupfs"\nevents_logger = "file"\n' >>"$keep/containers.conf"
export CONTAINERS_STORAGE_CONF=$keep/storage.conf CONTAINERS_CONF=$keep/containers.conf
jdk_image=docker.io/library/eclipse-temurin:25-jdk-noble
base_image=gcr.io/distroless/base-nossl-debian12:nonroot
image=localhost/bedrock-sigv4-proxy:test
name=bedrock-proxy-test-$$

more_cleanup() {
    podman rm -f -t 0 "$name-proxy" >/dev/null 2>&1
    podman rm -f -t 0 "$name-emulator" >/dev/null 2>&1
    if [ -z "${KEEP:-}" ]; then
        podman rmi -af >/dev/null 2>&1
        umount "$keep/graph/overlay" 2>/dev/null
    fi
}

# Debian with a shell and the JDK of this machine, in the place of Temurin's image.
stand_in_jdk() {
    mmdebstrap --quiet --variant=essential bookworm "$work/debian.tar" || not_run 'no Debian to be had'
    mkdir -p "$work/jdk/opt/java"
    tar -xf "$work/debian.tar" -C "$work/jdk"
    cp -aL "$jdk" "$work/jdk/opt/java/openjdk"
    tar -c -C "$work/jdk" . | podman import --quiet --change 'ENV JAVA_HOME=/opt/java/openjdk' \
        --change 'ENV PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$jdk_image" >/dev/null
    rm -rf "$work/jdk" "$work/debian.tar"
}

# glibc and nothing else, in the place of distroless: what does not run here has more needs than that.
stand_in_base() {
    local base=$work/base library
    mkdir -p "$base/lib64" "$base/lib/x86_64-linux-gnu" "$base/etc" "$base/home/nonroot" "$base/tmp"
    chmod 1777 "$base/tmp"
    cp -L /lib64/ld-linux-x86-64.so.2 "$base/lib64/"
    for library in libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2; do
        cp -L "/lib/x86_64-linux-gnu/$library" "$base/lib/x86_64-linux-gnu/"
    done
    printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n' >"$base/etc/passwd"
    printf 'root:x:0:\nnonroot:x:65532:\n' >"$base/etc/group"
    tar -c -C "$base" . | podman import --quiet --change 'USER 65532' - "$base_image" >/dev/null
}

[ "$(uname -m)" = x86_64 ] || not_run 'the stand-in for distroless is made for x86_64'
podman image exists "$jdk_image" || stand_in_jdk
podman image exists "$base_image" || stand_in_base
if [ -z "${NO_BUILD:-}" ]; then
    start=$SECONDS
    buildah bud --pull-never --ulimit nofile=1024:1024 --isolation=chroot --layers=false --format docker \
        -f "$root/deploy/Dockerfile" -t "$image" "$root" >"$work/build.log" 2>&1 \
        || { tail -n 30 "$work/build.log" >&2; fail 'the build'; }
    pass "built unmodified by buildah in $((SECONDS - start)) s, $(podman image inspect "$image" --format '{{.Size}}' \
        | awk '{ printf "%.0f MB", $1 / 1e6 }'), $(podman save "$image" 2>/dev/null | gzip -6 | wc -c \
        | awk '{ printf "%.0f MB gzipped", $1 / 1e6 }')"
fi

# Structure: no shell, nothing with more rights than its caller, not root.
mounted=$(podman image mount "$image")
[ ! -e "$mounted/bin/sh" ] && [ ! -e "$mounted/usr/bin/sh" ] && [ ! -e "$mounted/bin/busybox" ] || fail 'there is a shell'
[ -z "$(find "$mounted" -perm /6000 -print -quit)" ] || fail 'there is a setuid or setgid file'
[ -z "$(find "$mounted/opt" -writable ! -type l -uid 65532 -print -quit)" ] || fail 'the proxy owns its program'
podman image unmount "$image" >/dev/null
user=$(podman image inspect "$image" --format '{{.Config.User}}')
[ "$user" = 65532:65532 ] || fail "user $user (expected: 65532:65532)"
podman image inspect "$image" --format '{{.Config.Labels}}' | grep -q 'image.licenses:Apache-2.0' || fail 'labels'
pass 'no shell, no setuid, uid 65532, labels'

# An emulator and the proxy in one network namespace that leads nowhere, as in a pod.
hardened=(--pull=never --ulimit host --read-only --cap-drop=all --security-opt=no-new-privileges --memory=192m --cpus=1)
run() {
    local name=$1
    shift
    podman run -d --name "$name" "${hardened[@]}" "$@" >/dev/null 2>"$work/run.err" \
        || fail "podman run $name: $(cat "$work/run.err")"
}
inside() {
    nsenter -t "$(podman inspect "$name-emulator" --format '{{.State.Pid}}')" -n "$@"
}
status_with() {
    inside curl -s -o /dev/null -w '%{http_code}' --max-time 20 -H "Authorization: Bearer $1" \
        -H 'Content-Type: application/json' -d "$body" "http://127.0.0.1:8080/model/amazon.nova-micro-v1:0/converse"
}
gives() {
    [ "$(status_with "$1")" = "$2" ]
}
# The swap of a Kubernetes volume: a new folder, and ..data moved onto it.
put_secret() {
    mkdir "$mount/..$2"
    printf '%s\n' "$1" >"$mount/..$2/secret"
    chown -R 65532:65532 "$mount/..$2"
    chmod 0440 "$mount/..$2/secret"
    ln -s "..$2" "$mount/..next"
    mv -T "$mount/..next" "$mount/..data"
}

body='{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}'
old=old-secret-0123456789abcdef
new=new-secret-0123456789abcdef
mount=$work/secret
mkdir "$mount"
chmod 755 "$work" "$mount"
put_secret "$old" 1
ln -s ..data/secret "$mount/secret"
run "$name-emulator" --network=none "$image" emulator --bedrock 127.0.0.1:9001 --sts 127.0.0.1:9002
key() {
    podman logs "$name-emulator" 2>/dev/null | sed -n "s/^$1=//p"
}
has_keys() {
    [ -n "$(key secret-access-key)" ]
}
until_true 60 'the emulator prints its keys' has_keys
# AOTMode=on: a cache of classes that does not fit ends the process, instead of a slower start that nobody sees.
run "$name-proxy" --network="container:$name-emulator" --volume "$mount:/run/secrets/bedrock-proxy:ro" \
    --env JDK_JAVA_OPTIONS=-XX:AOTMode=on --env AWS_REGION=us-east-1 --env "AWS_ACCESS_KEY_ID=$(key access-key-id)" \
    --env "AWS_SECRET_ACCESS_KEY=$(key secret-access-key)" --env BEDROCK_PROXY_ENDPOINT=http://127.0.0.1:9001 \
    --env BEDROCK_PROXY_STS_ENDPOINT=http://127.0.0.1:9002 --env BEDROCK_PROXY_EXTERNAL_ID=test \
    --env BEDROCK_PROXY_ROLE_ARN=arn:aws:iam::111122223333:role/test \
    --env BEDROCK_PROXY_SECRET_FILE=/run/secrets/bedrock-proxy/secret "$image"
started=$(podman inspect "$name-proxy" --format '{{.State.StartedAt.UnixMilli}}')
until_true 60 'ready' inside curl -sf -o /dev/null http://127.0.0.1:8081/readyz
ready=$(($(date +%s%3N) - started))
podman logs "$name-proxy" >"$work/log" 2>&1
grep -q 'transport=epoll' "$work/log" || fail 'no native transport from the read-only image'
pid=$(podman inspect "$name-proxy" --format '{{.State.Pid}}')
grep -Eq '^CapEff:\s0+$' "/proc/$pid/status" || fail 'it has capabilities'
grep -Eq '^NoNewPrivs:\s1$' "/proc/$pid/status" || fail 'it can get privileges'
grep -Eq '^Uid:\s65532\s' "/proc/$pid/status" || fail 'it is not uid 65532'
pass "hardened (read-only, no capability, uid 65532, 192 MB, one CPU), AOTMode=on: ready after $ready ms at most, $(awk \
    '/^VmRSS/ { printf "%.0f MB", $2 / 1024 }' "/proc/$pid/status") resident"
podman healthcheck run "$name-proxy" || fail 'HEALTHCHECK'
pass 'HEALTHCHECK: healthy'

: >"$work/stream"
inside curl -sN --max-time 60 -H "Authorization: Bearer $old" -H 'Accept: text/event-stream' -H 'Content-Type: application/json' \
    -d "$body" 'http://127.0.0.1:8080/model/emulator.pace-500-40-10/converse-stream' >"$work/stream" 2>&1 &
stream=$!
pids+=("$stream")
until_true 20 'the stream begins' grep -q '^event:' "$work/stream"
gives "$old" 200 || fail 'the secret'
put_secret "$new" 2
before=$SECONDS
until_true 5 'the new secret is taken' gives "$new" 200
until_true 5 'the old secret is refused' gives "$old" 401
pass "..data swap: the new secret is taken and the old one refused within $((SECONDS - before + 1)) s"
podman stop --time 110 "$name-proxy" >/dev/null 2>&1 &
stop=$!
wait "$stream" || fail 'the stream was cut'
grep -q '^event: messageStop' "$work/stream" || fail 'the stream did not come to its end'
wait "$stop"
code=$(podman inspect "$name-proxy" --format '{{.State.ExitCode}}')
[ "$code" = 0 ] || fail "exit code $code after stop (expected: 0): $(podman logs "$name-proxy" 2>&1 | tail -n 5)"
podman logs "$name-proxy" >"$work/log" 2>&1
if grep -qF -e "$old" -e "$new" "$work/log"; then
    fail 'a secret is in the log'
fi
pass 'stop: the open stream came to its end over rotation and drain, exit code 0'
