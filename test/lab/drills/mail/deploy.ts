import { sinkOf } from '../../clients/mail-plan';
import { contains } from '../../topology-lab/addresses';
import { LabError } from '../../topology-lab/plan';
import { applyStack, type DeployOptions } from '../deploy';
import { placementText } from '../pair';
import type { MailLab } from './mail-lab';

/** Seconds from the end of an apply until both queues are at work. */
const STARTS = 420;

/** Brings the mail pair of a lab from empty disks to work. Whatever is done already is left alone. @throws LabError with what did not come */
export async function deployMail({ pair, mailPair }: MailLab, options: DeployOptions): Promise<void> {
  const { lab } = pair;
  const { address } = sinkOf(mailPair);
  const network = lab.plan.networks.find(({ client }) => contains(client, address));
  if (!network) throw new LabError(`the sink's address ${address} is in no network of the lab`);
  const place = ['address', 'replace', `${address}/32`, 'dev', network.bridge];
  const { status, stderr } = await lab.namespace.run('ip', place);
  if (status !== 0) throw new LabError(`the sink gets no address: ${stderr.trim()}`);
  const passed = await applyStack(lab, options);
  options.report(`${placementText(await pair.whole(STARTS))} after ${passed()}`);
}
