import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { until } from '../host/execute';
import type { LabFencingDevice } from '../topology-lab/plan';
import { LabError } from '../topology-lab/plan';

/** What a power switch does with a node. */
export interface Sockets {
  on(node: string): void;
  off(node: string): Promise<boolean>;
  isOn(node: string): boolean;
}

/** Port of IPMI; here it is TCP. */
const PORT = 623;

/**
 * The fencing devices of a lab, each at its address: a line `ACTION USER` with `on`, `off`, `reset` or `status` is answered
 * with `ok on` or `ok off`. A reset kills the node's process and starts it again.
 */
export class PowerSwitch {
  /** Without it every connection is closed without an answer. */
  works = true;
  private readonly servers: Server[] = [];

  constructor(
    private readonly devices: readonly LabFencingDevice[],
    private readonly sockets: Sockets,
    private readonly log: (text: string) => void,
    /** 0 takes any that is free. */
    private readonly port = PORT,
  ) {}

  /** Where it listens, in the order of the devices. */
  get ports(): readonly number[] {
    return this.servers.map((server) => (server.address() as AddressInfo).port);
  }

  async listen(): Promise<void> {
    for (const device of this.devices) {
      const server = createServer({ allowHalfOpen: true }, (socket) => this.serve(device, socket));
      this.servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error) => reject(new LabError(`power switch ${device.address}: ${error.message}`)));
        server.listen(this.port, device.address, resolve);
      });
    }
  }

  private serve(device: LabFencingDevice, socket: Socket): void {
    if (!this.works) {
      this.log(`${device.name}: out of order, asked by ${socket.remoteAddress ?? 'nobody'}`);
      socket.destroy();
      return;
    }
    let text = '';
    socket.setTimeout(15_000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      text = (text + data.toString()).slice(0, 200);
      if (!text.includes('\n')) return;
      const action = text.split(/\s/)[0] ?? '';
      text = '';
      void this.act(device, action, socket.remoteAddress ?? '?').then((answer) => socket.end(`${answer}\n`));
    });
    socket.on('end', () => {
      if (text !== '') socket.end();
    });
  }

  private async act(device: LabFencingDevice, action: string, from: string): Promise<string> {
    let done = true;
    for (const node of device.nodes) {
      if (action === 'off' || action === 'reset') done = (await this.sockets.off(node)) && done;
      if (action === 'on' || action === 'reset') this.sockets.on(node);
    }
    const known = ['on', 'off', 'reset', 'status'].includes(action);
    const state = device.nodes.some((node) => this.sockets.isOn(node)) ? 'on' : 'off';
    const answer = known && done ? `ok ${state}` : 'error';
    this.log(`${device.name}: ${action} of ${device.nodes.join(', ')} asked by ${from}: ${answer}`);
    return answer;
  }

  async close(): Promise<void> {
    let open = this.servers.length;
    for (const server of this.servers) server.close(() => (open -= 1));
    await until(2, () => open === 0);
  }
}
