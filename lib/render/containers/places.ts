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

/**
 * What outlives a container. The whole of `/etc/ldap`, because the configuration database is replaced by renames, which a
 * mount point does not allow.
 */
export const VOLUMES = {
  configuration: '/etc/ldap',
  data: '/var/lib/ldap',
  state: '/var/lib/tandem',
} as const;

/** What the image brings for `/etc/ldap`, where a volume hides it. */
export const SHIPPED = '/usr/share/tandem/ldap';
