import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { labHome } from '../lab/host/directory';
import { execute, must } from '../lab/host/execute';
import { archiveOf } from '../lab/image/recipe';

/** The base image of the targets' default. */
export const BASE_IMAGE = 'debian:bookworm-slim';

/** Makes sure of the base image: the engine's own, that of a registry, or Debian's minimal system from its archive. */
export async function ensureBaseImage(endpoint: string, report: (line: string) => void): Promise<void> {
  const env = { DOCKER_HOST: endpoint };
  if ((await execute('docker', ['image', 'inspect', BASE_IMAGE], { env })).status === 0) return;
  if ((await execute('docker', ['pull', '-q', BASE_IMAGE], { env, timeout: 60 })).status === 0) return;
  const tree = path.join(labHome(), 'docker-base', 'bookworm');
  if (!existsSync(tree)) await bootstrap(tree);
  await must('sh', ['-c', 'tar -C "$1" -c . | docker import - "$2"', 'sh', tree, BASE_IMAGE], { env, timeout: 120 });
  report(`${BASE_IMAGE} made by debootstrap, because no registry was reached`);
}

async function bootstrap(tree: string): Promise<void> {
  const format = '$(REPO_URI)|$(RELEASE)|$(LABEL)|$(COMPONENT)';
  const { main } = archiveOf(await must('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']));
  const building = `${tree}.${process.pid}`;
  mkdirSync(path.dirname(tree), { recursive: true });
  try {
    await must('debootstrap', ['--variant=minbase', 'bookworm', building, main], { timeout: 600 });
    renameSync(building, tree);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}
