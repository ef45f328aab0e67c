#!/usr/bin/env bash
# Builds deploy/Dockerfile unmodified and runs the image hardened, without a container engine's daemon and without a
# registry: both bases are made here and carry the real names. On demand; about three minutes. Wants root, buildah, podman,
# runc, mmdebstrap, curl, and a JDK 25 under /usr/lib/jvm; a distribution in proxy-server/target/dist.
#   KEEP=FOLDER keeps images and stand-ins there for the next run.
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
pod=bedrock-proxy-test-$$

more_cleanup() {
    podman pod rm -f "$pod" >/dev/null 2>&1
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
start=$SECONDS
buildah bud --pull-never --ulimit nofile=1024:1024 --isolation=chroot --layers=false --format docker \
    -f "$root/deploy/Dockerfile" -t "$image" "$root" >"$work/build.log" 2>&1 \
    || { tail -n 30 "$work/build.log" >&2; fail 'the build'; }
pass "built unmodified by buildah in $((SECONDS - start)) s, $(podman image inspect "$image" --format '{{.Size}}' \
    | awk '{ printf "%.0f MB", $1 / 1e6 }'), $(podman save "$image" 2>/dev/null | gzip -6 | wc -c \
    | awk '{ printf "%.0f MB gzipped", $1 / 1e6 }')"

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
hardened=(--pull=never --ulimit host --read-only --cap-drop=all --security-opt=no-new-privileges --memory=192m --cpus=1
    --env AWS_REGION=us-east-1)
podman pod create --name "$pod" --network=none --infra-image "$image" --infra-command '/opt/bedrock-sigv4-proxy/jre/bin/java -Xmx8m -cp /opt/bedrock-sigv4-proxy/lib/* io.bedrockproxy.server.command.Main emulator' \
    >/dev/null 2>"$work/pod.err" || fail "podman pod create: $(cat "$work/pod.err")"
run() {
    local name=$1
    shift
    podman run -d --name "$pod-$name" --pod "$pod" "${hardened[@]}" "$@" >/dev/null 2>"$work/run.err" \
        || fail "podman run $name: $(cat "$work/run.err")"
}
