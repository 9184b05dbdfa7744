import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { LabDirectory } from '../host/directory';
import { recordOf, type ProcessRecord } from '../host/process-record';
import { LabError } from '../topology-lab/plan';
import { NodeProcess } from './node-process';
import { PowerSwitch } from './power-switch';
import type { Answer, Order } from './protocol';

/** Lives in the namespace as long as the lab: starts and cuts nodes, answers as power switch, joins serial ports. */
export async function runDaemon(path: string): Promise<void> {
  await new Daemon(new LabDirectory(path)).run();
}

class Daemon {
  private readonly nodes = new Map<string, NodeProcess>();
  private readonly cables: Record<string, ProcessRecord> = {};
  private readonly powerSwitch: PowerSwitch;
  private whole = true;

  constructor(private readonly directory: LabDirectory) {
    const { plan, state } = directory;
    for (const node of plan.nodes) {
      this.nodes.set(node.name, new NodeProcess(directory, state, plan, node, () => this.record()));
    }
    this.powerSwitch = new PowerSwitch(
      plan.fencing,
      {
        on: (node) => {
          const found = this.node(node);
          if (!found.unplugged) found.start();
        },
        off: (node) => this.node(node).cut(),
        isOn: (node) => this.node(node).running !== undefined,
      },
      (text) => this.log(text),
    );
  }

  async run(): Promise<void> {
    this.startCables();
    await this.powerSwitch.listen();
    rmSync(this.directory.control, { force: true });
    const server = createServer({ allowHalfOpen: true }, (socket) => this.serve(socket));
    server.listen(this.directory.control);
    this.record();
  }

  private serve(socket: Socket): void {
    let text = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => (text += data.toString()));
    socket.on('end', () => {
      void this.obey(text).then((answer) => socket.end(JSON.stringify(answer)));
    });
  }

  private async obey(text: string): Promise<Answer> {
    try {
      await this.carryOut(JSON.parse(text) as Order);
      return this.answer();
    } catch (error) {
      return { ...this.answer(), error: (error as Error).message };
    }
  }

  private async carryOut(order: Order): Promise<void> {
    if (order.verb === 'status') return;
    this.log(JSON.stringify(order));
    switch (order.verb) {
      case 'power-on':
        this.node(order.node).unplugged = false;
        this.node(order.node).start();
        return;
      case 'power-cut':
        this.node(order.node).unplugged = true;
        return this.cut(order.node);
      case 'reset':
        await this.cut(order.node);
        this.node(order.node).start();
        return;
      case 'cable':
        this.whole = order.whole;
        if (order.whole) rmSync(this.cutFile, { force: true });
        else writeFileSync(this.cutFile, '');
        return;
      case 'power-switch':
        this.powerSwitch.works = order.works;
    }
  }

  private async cut(name: string): Promise<void> {
    if (!(await this.node(name).cut())) throw new LabError(`${name} did not end within 5 s`);
  }

  private node(name: string): NodeProcess {
    const found = this.nodes.get(name);
    if (!found) throw new LabError(`there is no node '${name}'; there are ${[...this.nodes.keys()].join(', ')}`);
    return found;
  }

  private get cutFile(): string {
    return this.directory.file('cables', 'cut');
  }

  private startCables(): void {
    mkdirSync(this.directory.file('cables'), { recursive: true });
    rmSync(this.cutFile, { force: true });
    for (const cable of this.directory.plan.cables) {
      const ends = cable.ends.map((end) => this.directory.file('cables', `${cable.name}-${end.node}`));
      const args = [this.directory.file('serial-cable.py'), String(cable.baud), this.cutFile, ...ends];
      const child = spawn('python3', args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
      child.once('error', (error) => this.log(`cable ${cable.name}: ${error.message}`));
      child.once('exit', (code) => this.log(`cable ${cable.name} ended with ${code ?? 'a signal'}`));
      const record = child.pid === undefined ? undefined : recordOf(child.pid);
      if (record) this.cables[cable.name] = record;
    }
  }

  private answer(): Answer {
    const nodes: Record<string, number> = {};
    for (const [name, node] of this.nodes) {
      const running = node.running;
      if (running) nodes[name] = running.pid;
    }
    return { nodes, cablesWhole: this.whole, powerSwitchWorks: this.powerSwitch.works };
  }

  /** Written at every change: `down` ends these processes even when this one is gone. */
  private record(): void {
    const nodes: Record<string, ProcessRecord> = {};
    for (const [name, node] of this.nodes) {
      const running = node.running;
      if (running) nodes[name] = running;
    }
    this.directory.write('running.json', { nodes, cables: this.cables });
  }

  private log(text: string): void {
    appendFileSync(this.directory.file('actions.log'), `${new Date().toISOString()} ${text}\n`);
  }
}
