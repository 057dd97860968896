#!/bin/bash
# Exit status 0 when the service in this container answers 200: healthy.sh started|ready|live. Needs no tool but bash.
set -euo pipefail
exec 3<> "/dev/tcp/127.0.0.1/${QUARKUS_HTTP_PORT:-8080}"
printf 'GET /q/health/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${1:-ready}" >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
