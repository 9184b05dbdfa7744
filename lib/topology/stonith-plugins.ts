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
