#!/usr/bin/env bash
# Succeeds where the exchange on this machine is ready: healthcheck.sh [PORT [PATH]]. Images of the runtime have no curl.
exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/${1:-5000}" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${2:-/health/ready}" >&3
IFS= read -r -t 5 line <&3 && [[ $line == "HTTP/1.1 200 "* ]]
