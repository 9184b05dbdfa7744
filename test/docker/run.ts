import { balancerSteps } from './balancer-steps';
import { ensureBaseImage } from './base-image';
import { composeSteps } from './compose-steps';
import { daemonSteps } from './daemon-steps';
import { ds389Steps } from './ds389-steps';
import { findOrStartEngine, OwnEngine, startEngine, type Engine } from './engine';
import { ispDrSteps } from './isp-dr-steps';
import { mailDirectorySteps } from './mail-directory-steps';
import { mailSteps } from './mail-steps';
import { providerSteps } from './provider-steps';
import { quorumSteps } from './quorum-steps';
import { Steps } from './steps';
import { terraformSteps } from './terraform-steps';

/** Runs the steps on an engine, all groups or those that are named; the last line counts them. */
export async function main(args: readonly string[], repository: string): Promise<number> {
  const steps = new Steps();
  const engine = await findOrStartEngine(steps.report);
  try {
    await ensureBaseImage(engine.endpoint, steps.report);
    if (args.includes('--provider')) await providerSteps(engine.endpoint, steps);
    else {
      const groups: Readonly<Record<string, () => Promise<void>>> = {
        compose: () => composeSteps(engine.endpoint, steps),
        quorum: () => quorumSteps(engine.endpoint, steps),
        ds389: () => ds389Steps(engine.endpoint, steps),
        mail: () => mailSteps(engine, repository, steps),
        balancer: () => balancerSteps(engine, repository, steps),
        'mail-directory': () => onOwnEngine(engine, steps, (own) => mailDirectorySteps(own, repository, steps)),
        terraform: () => terraformSteps(engine.endpoint, steps),
        'isp-dr': () => onOwnEngine(engine, steps, (own) => ispDrSteps(own, repository, steps)),
        daemons: () => onOwnEngine(engine, steps, (own) => daemonSteps(own, repository, steps)),
      };
      const wanted = Object.keys(groups).filter((name) => args.includes(name));
      for (const name of wanted.length > 0 ? wanted : Object.keys(groups)) await groups[name]?.();
    }
  } finally {
    await engine.stop();
  }
  return steps.finish();
}

/** Networks of the machine's own engine are none that a test may lay lines to. */
async function onOwnEngine(engine: Engine, steps: Steps, body: (own: OwnEngine) => Promise<void>): Promise<void> {
  if (engine instanceof OwnEngine) return body(engine);
  const own = await startEngine(steps.report, true);
  try {
    await ensureBaseImage(own.endpoint, steps.report);
    await body(own);
  } finally {
    await own.stop();
  }
}
