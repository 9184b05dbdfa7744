import { ensureBaseImage } from './base-image';
import { bringUp } from './compose-steps';
import { DirectoryView } from './directory';
import { findEngine } from './engine';
import { Project } from './project';
import { Steps } from './steps';

/** Brings a failover group up in containers where a Docker engine answers, writes to it, and takes it away again. */
export async function demo(): Promise<number> {
  const steps = new Steps();
  const engine = await findEngine();
  if (!engine) {
    steps.report('no Docker engine answers, so no directory is brought up in containers');
    return 0;
  }
  steps.report(`a directory of four servers in containers, at ${engine.endpoint}`);
  await ensureBaseImage(engine.endpoint, steps.report);
  const project = new Project(engine.endpoint);
  try {
    await steps.group(
      () => bringUp(project, new DirectoryView(project, 'dc=example,dc=com'), steps),
      () => project.compose(['logs', '--no-color', '--tail', '25']),
    );
  } finally {
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
  return steps.finish();
}
