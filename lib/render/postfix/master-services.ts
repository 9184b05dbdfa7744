import type { ServicePortFacts } from '../../topology/service';
import type { MasterCfService } from './syntax';

/** The services of Debian's master.cf that Postfix itself needs, in its order, without the samples for other programs. */
const internalServices = (syslogName: string): readonly MasterCfService[] => [
  { name: 'pickup', type: 'unix', private: false, wakeup: '60', maximumProcesses: 1, command: 'pickup' },
  { name: 'cleanup', type: 'unix', private: false, maximumProcesses: 0, command: 'cleanup' },
  { name: 'qmgr', type: 'unix', private: false, wakeup: '300', maximumProcesses: 1, command: 'qmgr' },
  { name: 'tlsmgr', type: 'unix', wakeup: '1000?', maximumProcesses: 1, command: 'tlsmgr' },
  { name: 'rewrite', type: 'unix', command: 'trivial-rewrite' },
  { name: 'bounce', type: 'unix', maximumProcesses: 0, command: 'bounce' },
  { name: 'defer', type: 'unix', maximumProcesses: 0, command: 'bounce' },
  { name: 'trace', type: 'unix', maximumProcesses: 0, command: 'bounce' },
  { name: 'verify', type: 'unix', maximumProcesses: 1, command: 'verify' },
  { name: 'flush', type: 'unix', private: false, wakeup: '1000?', maximumProcesses: 0, command: 'flush' },
  { name: 'proxymap', type: 'unix', command: 'proxymap' },
  { name: 'proxywrite', type: 'unix', maximumProcesses: 1, command: 'proxymap' },
  { name: 'smtp', type: 'unix', command: 'smtp' },
  {
    name: 'relay',
    type: 'unix',
    command: 'smtp',
    options: [{ name: 'syslog_name', value: `${syslogName}/relay` }],
  },
  { name: 'showq', type: 'unix', private: false, command: 'showq' },
  { name: 'error', type: 'unix', command: 'error' },
  { name: 'retry', type: 'unix', command: 'error' },
  { name: 'discard', type: 'unix', command: 'discard' },
  { name: 'local', type: 'unix', unprivileged: false, command: 'local' },
  { name: 'virtual', type: 'unix', unprivileged: false, command: 'virtual' },
  { name: 'lmtp', type: 'unix', command: 'lmtp' },
  { name: 'anvil', type: 'unix', maximumProcesses: 1, command: 'anvil' },
  { name: 'scache', type: 'unix', maximumProcesses: 1, command: 'scache' },
  { name: 'postlog', type: 'unix-dgram', private: false, maximumProcesses: 1, command: 'postlogd' },
];

/**
 * All services of master.cf: an SMTP server for each port, then what works behind it.
 * @param syslogName `syslog_name` of the instance
 */
export function masterServices(ports: readonly ServicePortFacts[], syslogName = 'postfix'): MasterCfService[] {
  return [
    ...ports
      .filter(({ protocol }) => protocol === 'tcp')
      .map(({ port, from }): MasterCfService => ({
        name: from === 'node' ? `127.0.0.1:${port}` : String(port),
        type: 'inet',
        private: false,
        command: 'smtpd',
      })),
    ...internalServices(syslogName),
  ];
}
