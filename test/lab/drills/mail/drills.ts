import { mailBalancer } from './balancer';
import type { MailDrill } from './drill';
import { mailPowerCut } from './power-cut';
import { mailReplicationCost } from './replication-cost';
import { mailSwitch } from './switch';

/** The drills of a whole run of a mail pair, in their order: first what gives the step times. */
export const mailDrills = (balanced: boolean): readonly MailDrill[] => [
  mailSwitch,
  ...(balanced ? [mailBalancer] : []),
  mailPowerCut,
];

/** Every drill that a mail pair knows. */
export const ALL_MAIL_DRILLS: readonly MailDrill[] = [...mailDrills(true), mailReplicationCost];
