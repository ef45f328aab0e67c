#!/usr/bin/env bash
# The forms in deploy/: what can be checked in short time and without a container engine. The long ones are on demand:
# docs/DEPLOYING.md. 77 from one of them means that a tool is missing; when none could run, this ends with 77 too.
# Time limit: 900 s
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../deploy/test" && pwd)
ran=0
for name in systemd-unit ecs kubernetes; do
    status=0
    bash "$folder/$name.sh" || status=$?
    case $status in
        0) ran=$((ran + 1)) ;;
        77) printf -- '-- %s: not run, or not all of it\n' "$name" ;;
        *)
            printf -- '-- %s: FAILED\n' "$name" >&2
            exit 1
            ;;
    esac
done
[ "$ran" -gt 0 ] || exit 77
