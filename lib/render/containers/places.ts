/** Programs of the image. */
export const PROGRAMS = {
  entryPoint: '/usr/local/sbin/tandem-entry-point',
  take: '/usr/local/sbin/tandem-take',
  health: '/usr/local/sbin/tandem-health',
  systemctl: '/usr/local/bin/systemctl',
} as const;

/** What containers find of the machine that runs the daemon. */
export const MOUNTS = {
  authorities: '/tandem/certificates/ca.pem',
  certificate: '/tandem/certificates/server',
  bundle: '/tandem/bundle',
  secrets: '/tandem/secrets',
} as const;

/** The volume with what was put in place last. */
export const STATE = '/var/lib/tandem';

/** Below it is what the image brings for folders that a volume hides. */
export const SHIPPED = '/usr/share/tandem';

/** What programs of a container note of what runs in it. */
export const RUN = '/run/tandem';

/** Folder of the image with the programs of each role, where there are several. */
export const ROLE_FOLDER = '/usr/local/lib/tandem';

/** The program of one role that stands for one of `PROGRAMS`. */
export const programOf = (role: string, program: string): string => `${ROLE_FOLDER}/${role}/${fileName(program)}`;

/** The last part of a path. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Variable of the environment with the roles of a container, where its image has several. */
export const ROLES_VARIABLE = 'TANDEM_ROLES';
