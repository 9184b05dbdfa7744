import { parseHostname } from './hostname';
import { parseIpAddress } from './ip-address';
import { ValueError } from './value-error';

/** An NTP server: a host name or an address. */
export function parseTimeServer(text: string): string {
  try {
    return parseIpAddress(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return parseHostname(text);
  }
}
