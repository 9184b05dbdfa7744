import { LabError } from '../topology-lab/plan';

/** Where the command of the lab was loaded from. */
export interface Installation {
  readonly repository: string;
  /** The file that holds the command with all that it imports; its clients run from the same file. */
  readonly bundle: string;
}

let known: Installation | undefined;

/** Says where the command was loaded from. */
export function setInstallation(installation: Installation): void {
  known = installation;
}

/** @throws LabError when the lab was not started by its command */
export function installation(): Installation {
  if (known === undefined) throw new LabError('the lab was not started by its command');
  return known;
}
