import type { DnsZoneFacts } from '../../lib/topology/dns';
import type { Topology } from '../../lib/topology/topology';
import { mail } from './mail';

/** Mail with a zone of its domain on the name server of `hq`. */
export const mailZone = (zone: Partial<DnsZoneFacts>, topology: Topology = mail()): Topology => ({
  ...topology,
  dnsZones: [
    {
      ...{ id: 'zone', path: 'mail/zone', origin: 'example.com', contact: 'hostmaster@example.com' },
      ...{ nameServers: ['hq/hq-ns', 'dr/dr-ns'], serial: 1, timeToLive: 300_000, names: [], mail: [], ...zone },
    },
  ],
});
