// Words that the scanners of drbdadm read as keywords or numbers wherever they stand.
const RESERVED: ReadonlySet<string> = new Set([
  ...['on', 'ignore-on', 'stacked-on-top-of', 'floating', 'no', 'net', 'yes', 'ask', 'via', 'skip', 'disk', 'host'],
  ...['hosts', 'port', 'proxy', 'minor', 'inside', 'volume', 'cmd-timeout-short', 'cmd-timeout-medium'],
  ...['cmd-timeout-long', 'syncer', 'device', 'global', 'common', 'options', 'outside', 'address', 'startup'],
  ...['alternate-link-address', 'include', 'handlers', 'connection', 'connection-mesh', 'minor-count'],
  ...['disable-ip-verification', 'dialog-refresh', 'resource', 'meta-disk', 'flexible-meta-disk', 'node-id'],
  ...['usage-count', '_this_host', '_remote_host', 'template-file', 'path', 'sci', 'ssocks', 'sdp', 'ipv4', 'ipv6'],
  ...['size', 'on-io-error', 'fencing', 'max-bio-bvecs', 'disk-timeout', 'read-balancing', 'use-bmbv', 'disk-barrier'],
  ...['disk-flushes', 'disk-drain', 'md-flushes', 'timeout', 'protocol', 'ko-count', 'ping-int', 'max-buffers'],
  ...['sndbuf-size', 'rcvbuf-size', 'connect-int', 'cram-hmac-alg', 'shared-secret', 'max-epoch-size', 'rr-conflict'],
  ...['ping-timeout', 'unplug-watermark', 'data-integrity-alg', 'on-congestion', 'socket-check-timeout'],
  ...['congestion-fill', 'congestion-extents', 'allow-two-primaries', 'always-asbp', 'no-tcp-cork', 'tcp-cork'],
  ...['discard-my-data', 'rate', 'resync-rate', 'after', 'resync-after', 'verify-alg', 'csums-alg', 'al-extents'],
  ...['al-updates', 'cpu-mask', 'use-rle', 'wfc-timeout', 'degr-wfc-timeout', 'stacked-timeouts', 'wait-after-sb'],
  ...['split-brain', 'pri-lost', 'out-of-sync', 'fence-peer', 'memlimit', 'read-loops', 'compression', 'bwlimit'],
  ...['plugin', 'all'],
]);

const BARE = /^[a-zA-Z_][a-zA-Z0-9._-]{0,127}$/u;

/** True when a name can stand without quotes and still be read as a name by every drbdadm. */
export const isBareName = (name: string): boolean => BARE.test(name) && !RESERVED.has(name);
