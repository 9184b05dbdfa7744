import {
  BalancedService,
  type BalancedServiceProps,
  type Deployment,
  Host,
  LoadBalancer,
  type MailPair,
  type SoftwareBalancerProps,
} from '../../lib/index';
import { mailInContainers } from './mail-in-containers';

/** Two mail servers in containers behind two load balancers on 192.0.2.100. */
export function balancedMail(on: Partial<SoftwareBalancerProps> = {}, service: BalancedServiceProps = {}): Deployment {
  const { deployment, site, lan } = mailInContainers();
  const host = (name: string, last: number): Host =>
    new Host(site, name, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
  new LoadBalancer(deployment, 'front', {
    address: lan.virtualAddress('192.0.2.100'),
    on: { hosts: [host('lb1', 13), host('lb2', 14)], ...on },
    services: [BalancedService.mail([deployment.node.findChild('mx') as MailPair], service)],
  });
  return deployment;
}
