import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { labHome } from '../host/directory';
import { execute, must } from '../host/execute';
import { LabError } from '../topology-lab/plan';
import { archiveOf, packagesOf } from './recipe';

/** What nodes are started from. */
export interface LabImage {
  /** Disk image that the disks of all nodes are layers of. */
  readonly image: string;
  /** The program that is the kernel. */
  readonly kernel: string;
  /** Folder with the tree of the image, of which programs can be used that this machine lacks. */
  readonly tree: string;
}

/** How an image is built. */
export interface ImageOptions {
  /** Folder with the recipe: `build-root.sh`, `build-image.sh`, `packages` and `guest/`. */
  readonly recipe: string;
  /** Gets a line at every step. */
  readonly report: (line: string) => void;
}

/** Seconds that debootstrap and the packages may take; 50 to 130 were seen. */
const TREE_LIMIT = 1200;

/** The image of the recipe as it is now; built only where no earlier run has built it. */
export async function ensureImage({ recipe, report }: ImageOptions): Promise<LabImage> {
  const treeKey = digest([path.join(recipe, 'build-root.sh'), path.join(recipe, 'packages')]);
  const tree = path.join(labHome(), 'trees', treeKey);
  if (!existsSync(tree)) await buildTree(recipe, tree, report);
  const guest = path.join(recipe, 'guest');
  const guestFiles = readdirSync(guest).map((name) => path.join(guest, name));
  const imageKey = digest([path.join(recipe, 'build-image.sh'), ...guestFiles], treeKey);
  const image = path.join(labHome(), 'images', `${imageKey}.img`);
  if (!existsSync(image)) {
    mkdirSync(path.dirname(image), { recursive: true });
    const began = Date.now();
    // Built under a name of its own: two runs at a time do not meet.
    const building = `${image}.${process.pid}`;
    await must(path.join(recipe, 'build-image.sh'), [], {
      timeout: 300,
      env: { TREE: path.join(tree, 'root'), KERNEL: path.join(tree, 'kernel'), GUEST: guest, IMAGE: building },
    });
    renameSync(building, image);
    report(`image of ${megabytes(image)} MB built in ${seconds(began)} s`);
  }
  return { image, kernel: path.join(tree, 'kernel', 'usr', 'bin', 'linux.uml'), tree: path.join(tree, 'root') };
}

async function buildTree(recipe: string, tree: string, report: (line: string) => void): Promise<void> {
  const began = Date.now();
  const building = `${tree}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  report('no tree of this recipe is cached: building one, which takes a minute or two');
  try {
    // Where this machine gets its packages from is known to its apt alone.
    const targets = await must('apt-get', [
      'indextargets',
      '--format',
      '$(REPO_URI)|$(RELEASE)|$(LABEL)|$(COMPONENT)',
      'Created-By: Packages',
    ]);
    const { main, security } = archiveOf(targets);
    await fetchKernel(path.join(building, 'kernel'));
    report(`${seconds(began)} s: kernel`);
    await must(path.join(recipe, 'build-root.sh'), [], {
      timeout: TREE_LIMIT,
      env: {
        ROOT: path.join(building, 'root'),
        MIRROR: main,
        SECURITY: security,
        PACKAGES: packagesOf(readFileSync(path.join(recipe, 'packages'), 'utf8')).join(' '),
      },
      onLine: report,
    });
    renameSync(building, tree);
    report(`tree built in ${seconds(began)} s`);
  } catch (error) {
    // The mount of proc inside is gone with the script; what is left are files.
    await execute('rm', ['-rf', '--one-file-system', building]);
    throw error;
  }
}

/** The kernel and its modules, out of Debian's package, without installing it. */
async function fetchKernel(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await must('sh', ['-c', 'cd "$1" && apt-get -q download user-mode-linux', 'sh', folder], { timeout: 300 });
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new LabError('apt-get download brought no package user-mode-linux');
  await must('dpkg-deb', ['-x', path.join(folder, archive), folder], { timeout: 120 });
  rmSync(path.join(folder, archive));
}

function digest(files: readonly string[], before = ''): string {
  const hash = createHash('sha256').update(before);
  for (const file of [...files].sort()) hash.update(`\n${path.basename(file)}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function megabytes(file: string): number {
  return Math.round((statSync(file).blocks * 512) / 1e6);
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
