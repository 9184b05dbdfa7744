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
