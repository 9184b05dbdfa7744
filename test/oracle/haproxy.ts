import type { RenderedFile } from '../../lib/render/file';

/** The haproxy.cfg among the files of a host. */
export function configurationOf(files: readonly RenderedFile[]): string {
  const file = files.find(({ path }) => path === '/etc/haproxy/haproxy.cfg');
  if (!file) throw new Error('the host has no haproxy.cfg');
  return file.content;
}

/** Functions of scripts that run HAProxy in a namespace of their own. */
export const BALANCER = `
now() { date +%s%3N; }

# FILE: HAProxy as its unit runs it, with a /run of its own
balance() {
  mount -t tmpfs tmpfs /run
  mkdir /run/haproxy
  haproxy -W -f "$1" >/run/haproxy.log 2>&1 &
  echo $! >/run/haproxy.pid
  tries=0
  until [ -n "$(states)" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo 'HAProxy does not answer:'; cat /run/haproxy.log; exit 1; }
    sleep 0.05
  done
}

# [PROXY]: each server with its state
states() {
  printf 'show stat\\n' | timeout 2 socat -t 2 - UNIX-CONNECT:/run/haproxy/admin.sock 2>/dev/null |
    awk -F, -v proxy="\${1-}" '(proxy == "" || $1 == proxy) && $2 != "FRONTEND" && $2 != "BACKEND" && !/^#/ && NF > 20 {
      split($18, state, " "); printf "%s%s:%s", separator, $2, state[1]; separator = " "
    }'
}

# SECONDS PROXY STATES: until HAProxy shows them
shows() {
  until_then=$(($(now) + $1 * 1000))
  until [ "$(states "$2")" = "$3" ]; do
    [ "$(now)" -lt "$until_then" ] || { echo "$2 shows $(states "$2"), not $3"; cat /run/haproxy.log; return 0; }
    sleep 0.02
  done
}

# What HAProxy has said of its servers, without times and numbers
said_why() { sed -n 's/.*\\(Server [^ ]* is [A-Z]*, reason: [A-Za-z0-9]* [a-z ]*\\).*/\\1/p' /run/haproxy.log; }
`;
