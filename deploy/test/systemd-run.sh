#!/usr/bin/env bash
# Starts the unit for real: systemd as PID 1 of a container, the distribution, the unit and a secret where the unit wants them,
# an emulator beside it. On demand; some minutes. Wants root, podman, runc, mmdebstrap and a JDK 25 under /usr/lib/jvm.
#   KEEP=FOLDER of deploy/test/image.sh gives the storage; SYSTEMD_TAR=FILE a Debian with systemd and curl that is there already.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need podman runc mmdebstrap
[ "$(id -u)" = 0 ] || not_run 'wants root'
[ -x "$launcher" ] || not_run 'no distribution in proxy-server/target/dist'
[ -n "${KEEP:-}" ] && [ -r "$KEEP/storage.conf" ] || not_run 'KEEP names no folder of deploy/test/image.sh'
jdk=
for home in /usr/lib/jvm/*/; do
    if grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null && [ -x "$home/bin/java" ]; then
        jdk=${home%/}
    fi
done
[ -n "$jdk" ] || not_run 'no JDK 25 under /usr/lib/jvm'
export CONTAINERS_STORAGE_CONF=$KEEP/storage.conf CONTAINERS_CONF=$KEEP/containers.conf
name=bedrock-systemd-test-$$
image=localhost/$name
more_cleanup() {
    podman rm -f -t 0 "$name" >/dev/null 2>&1
    podman rmi -f "$image" >/dev/null 2>&1
}

tree=$work/tree
mkdir -p "$tree"
tar=${SYSTEMD_TAR:-$work/debian.tar}
[ -r "$tar" ] || mmdebstrap --quiet --variant=minbase --include=systemd,curl bookworm "$tar" || not_run 'no Debian to be had'
tar -xf "$tar" -C "$tree"
mkdir -p "$tree/opt" "$tree/etc/bedrock-sigv4-proxy" "$tree/etc/systemd/system/bedrock-sigv4-proxy.service.d"
cp -R "$root/proxy-server/target/dist" "$tree/opt/bedrock-sigv4-proxy"
cp -aL "$jdk" "$tree/opt/jdk"
cp "$root/deploy/systemd/bedrock-sigv4-proxy.service" "$tree/etc/systemd/system/"
(umask 277 && printf 'systemd-secret-0123456789abcdef\n' >"$tree/etc/bedrock-sigv4-proxy/secret")
cat >"$tree/etc/bedrock-sigv4-proxy/proxy.conf" <<'CONF'
bedrock-proxy {
  bedrock { region = us-east-1, endpoint = "http://127.0.0.1:9001" }
  sts.endpoint = "http://127.0.0.1:9002"
  sources.s { access-key-id = "AKIAEMULATOR00000000", secret-access-key = "emulator/secret/key/that/opens/nothing00" }
  roles.r { role-arn = "arn:aws:iam::111122223333:role/r", external-id = test, source = s }
  clients.app { role = r, secrets = [ { file = "/run/credentials/bedrock-sigv4-proxy.service/secret" } ] }
}
CONF
printf '[Service]\nEnvironment=JAVA_HOME=/opt/jdk\n' >"$tree/etc/systemd/system/bedrock-sigv4-proxy.service.d/java.conf"
printf '[Service]\nEnvironment=JAVA_HOME=/opt/jdk\nExecStart=/opt/bedrock-sigv4-proxy/bin/bedrock-sigv4-proxy emulator --bedrock 127.0.0.1:9001 --sts 127.0.0.1:9002\n' \
    >"$tree/etc/systemd/system/emulator.service"
# Without shared mounts the folder of credentials would be empty, and nobody would say so.
tar -c -C "$tree" . | podman import --quiet --change 'CMD ["/bin/sh", "-c", "mount --make-rshared / && exec /lib/systemd/systemd"]' \
    - "$image" >/dev/null
rm -rf "$tree"
podman run -d --name "$name" --pull=never --ulimit host --systemd=always --privileged --network=none "$image" >/dev/null 2>"$work/run.err" \
    || fail "podman run: $(cat "$work/run.err")"
inside() {
    podman exec "$name" "$@"
}
show() {
    inside systemctl show -P "$1" bedrock-sigv4-proxy
}
answers() {
    inside systemctl list-units --no-pager >/dev/null 2>&1
}
until_true 60 'systemd answers' answers
inside systemctl start emulator || fail 'the emulator'
inside systemctl start bedrock-sigv4-proxy || fail "start: $(inside journalctl --no-pager -n 20 -u bedrock-sigv4-proxy)"
until_true 120 'ready' inside curl -sf -o /dev/null http://127.0.0.1:8081/readyz
pid=$(show MainPID)
status=$(inside cat "/proc/$pid/status")
grep -Eq '^CapEff:\s0+$' <<<"$status" || fail 'it has capabilities'
grep -Eq '^NoNewPrivs:\s1$' <<<"$status" || fail 'it can get privileges'
grep -Eq '^Seccomp:\s2$' <<<"$status" || fail 'no filter of system calls'
user=$(sed -n 's/^Uid:\s*\([0-9]*\).*/\1/p' <<<"$status")
[ "$user" -ge 61184 ] || fail "uid $user (expected: a dynamic one, 61184 or above)"
pass "active as dynamic uid $user: no capability, NoNewPrivs, seccomp"
inside curl -sN --max-time 60 -H 'Authorization: Bearer systemd-secret-0123456789abcdef' -H 'Accept: text/event-stream' \
    -H 'Content-Type: application/json' -d '{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}' \
    http://127.0.0.1:8080/model/amazon.nova-micro-v1:0/converse-stream >"$work/stream" || fail 'the stream'
grep -q '^event: messageStop' "$work/stream" || fail "no whole stream: $(cat "$work/stream")"
pass 'the secret of LoadCredential opens it; a streamed answer'
inside systemctl reload bedrock-sigv4-proxy || fail 'reload'
inside systemctl stop bedrock-sigv4-proxy || fail 'stop'
[ "$(show Result) $(show ExecMainStatus)" = 'success 0' ] || fail "stop: $(show Result), status $(show ExecMainStatus)"
pass 'reload; stop: success, exit code 0'
