#!/usr/bin/env bash
# The systemd unit: no complaint of systemd-analyze verify, and an exposure below 2.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need systemd-analyze
unit=$root/deploy/systemd/bedrock-sigv4-proxy.service

# verify wants the program to be there: the same unit, with a program that is.
program=$work/bedrock-sigv4-proxy
printf '#!/bin/sh\nexec sleep 1000\n' >"$program"
chmod 755 "$program"
checked=$work/bedrock-sigv4-proxy.service
sed "s|^ExecStart=[^ ]*|ExecStart=$program|" "$unit" >"$checked"
grep -q "^ExecStart=$program serve --config" "$checked" || fail "no ExecStart with serve --config in $unit"

# It ends with 0 even when it complains, so any output fails.
printed=$(systemd-analyze verify --man=no "$checked" 2>&1) || fail "systemd-analyze verify: $printed"
[ -z "$printed" ] || fail "systemd-analyze verify: $printed"
pass 'systemd-analyze verify: no output'

# That it sees anything at all:
sed 's/^DynamicUser=/DynamicUsr=/' "$checked" >"$work/broken.service"
[ -n "$(systemd-analyze verify --man=no "$work/broken.service" 2>&1)" ] \
    || fail 'systemd-analyze verify takes an unknown key without a word'
pass 'systemd-analyze verify: an unknown key is seen'

# systemd 250 was the first to look at a file.
systemd-analyze security --help 2>&1 | grep -q -- --offline || not_run 'systemd-analyze security has no --offline'
report=$(systemd-analyze security --offline=true --no-pager --threshold=20 "$checked" 2>&1) \
    || fail "systemd-analyze security, exposure 2 or more: $report"
pass "systemd-analyze security: $(printf '%s\n' "$report" | grep -i 'overall exposure' | sed 's/^[^A-Za-z]*//')"

# What the score does not see.
for line in 'LoadCredential=secret:' 'DynamicUser=yes' 'ProtectSystem=strict' 'CapabilityBoundingSet=$'; do
    grep -q "^$line" "$unit" || fail "no line $line in $unit"
done
drain=$(sed -n 's/^ *drain = \([0-9]*\)s$/\1/p' "$root/proxy-server/src/main/resources/reference.conf")
patience=$(sed -n 's/^TimeoutStopSec=//p' "$unit")
[ "$patience" -gt "$drain" ] || fail "TimeoutStopSec=$patience (expected: above timeouts.drain, $drain s)"
pass "TimeoutStopSec=$patience is above timeouts.drain=$drain s"
