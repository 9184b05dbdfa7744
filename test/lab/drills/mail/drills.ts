import type { MailDrill } from './drill';
import { mailPowerCut } from './power-cut';
import { mailSwitch } from './switch';

/** Every drill of a mail pair, in the order of a whole run: first what gives the step times. */
export const MAIL_DRILLS: readonly MailDrill[] = [mailSwitch, mailPowerCut];
