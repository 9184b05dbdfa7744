/**
 * Parameters of STONITH plugins in the order in which `stonith -t PLUGIN -n` names them; ha.cf(5) takes values only,
 * in that order. A plugin that is not listed takes its parameters in the order given.
 */
export const stonithPlugins: Readonly<Record<string, readonly string[]>> = {
  apcmaster: ['ipaddr', 'login', 'password'],
  apcmastersnmp: ['ipaddr', 'port', 'community'],
  baytech: ['ipaddr', 'login', 'password'],
  'external/ipmi': ['hostname', 'ipaddr', 'userid', 'passwd', 'interface'],
  'external/libvirt': ['hostlist', 'hypervisor_uri', 'reboot_method'],
  'external/rackpdu': ['hostlist', 'pduip', 'community'],
  'external/ssh': ['hostlist'],
  meatware: ['hostlist'],
  rcd_serial: ['hostlist', 'ttydev', 'dtr_rts', 'msduration'],
  wti_nps: ['ipaddr', 'password'],
};

const EXTERNAL = 'external/';
const DELAYED = `${EXTERNAL}tandem-`;

/** Whether a plugin is a program of its own; others are shared objects, which nothing can be put before. */
export function isExternalPlugin(plugin: string): boolean {
  return plugin.startsWith(EXTERNAL);
}

/** The plugin that waits before it does what an external one does, for instance `external/tandem-ipmi` (X4). */
export function delayedPlugin(plugin: string): string {
  return `${DELAYED}${plugin.slice(EXTERNAL.length)}`;
}

/** The plugin behind one that waits; undefined for every other. */
export function pluginBehind(plugin: string): string | undefined {
  return plugin.startsWith(DELAYED) ? `${EXTERNAL}${plugin.slice(DELAYED.length)}` : undefined;
}
