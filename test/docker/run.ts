import { composeSteps } from './compose-steps';
import { ensureBaseImage } from './base-image';
import { ds389Steps } from './ds389-steps';
import { findOrStartEngine } from './engine';
import { providerSteps } from './provider-steps';
import { Steps } from './steps';
import { terraformSteps } from './terraform-steps';

/** Runs the steps on an engine; the last line counts them. */
export async function main(args: readonly string[]): Promise<number> {
  const steps = new Steps();
  const engine = await findOrStartEngine(steps.report);
  try {
    await ensureBaseImage(engine.endpoint, steps.report);
    if (args.includes('--provider')) await providerSteps(engine.endpoint, steps);
    else if (args.includes('--ds389')) await ds389Steps(engine.endpoint, steps);
    else {
      await composeSteps(engine.endpoint, steps);
      await terraformSteps(engine.endpoint, steps);
      await ds389Steps(engine.endpoint, steps);
    }
  } finally {
    await engine.stop();
  }
  return steps.finish();
}
