import { longestOutage, type Operation } from '../clients/ledger';
import type { MeasuredClient } from './result';

/** What a client saw of a fault between its moment and the end of the observation. */
export function measure(client: string, ledger: readonly Operation[], fault: number, until: number): MeasuredClient {
  const seen = ledger.filter(({ begin }) => begin <= until);
  const outage = longestOutage(seen, fault);
  if (!outage) return { client, failed: 0, ended: false };
  const { from, to, failed } = outage;
  return {
    client,
    failed,
    ended: to !== undefined,
    ...(to === undefined ? {} : { outage: to - from, sinceFault: to - fault }),
  };
}

/** Whether a client has failed after a moment, and was then served this often. */
export function cameBack(ledger: readonly Operation[], fault: number, times: number): boolean {
  const after = ledger.filter(({ end }) => end >= fault);
  const first = after.findIndex(({ acknowledged }) => !acknowledged);
  if (first < 0) return false;
  const last = after.findLastIndex(({ acknowledged }) => !acknowledged);
  return after.slice(last + 1).length >= times;
}
