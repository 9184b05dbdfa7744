import { by } from '../../topology/order';
import type { ExtraOptions } from '../../topology/units';
import { unreadableValue } from '../files/rules';
import type { Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { textOfSetting, type Setting, type Settings } from './settings';

/** Takes options out of a resource's sections one by one; what is left over is outside the model. */
export class SettingReader {
  private readonly taken = new Set<Setting>();

  constructor(
    private readonly path: string,
    private readonly remarks: Remarks,
    private readonly sources: SourceMap,
  ) {}

  /** The value of the first of some settings that is given, and notes its place as that of `property`. */
  take<T>(
    property: string,
    candidates: readonly (Setting | undefined)[],
    read: (text: string) => T | undefined,
  ): T | undefined {
    const given = candidates.filter((setting) => setting !== undefined);
    given.forEach((setting) => this.taken.add(setting));
    const [setting] = given;
    if (!setting) return undefined;
    this.sources.add(this.path, setting.location, property);
    const text = textOfSetting(setting);
    const value = read(text);
    if (value === undefined)
      this.remarks.finding(unreadableValue, {
        path: this.path,
        problem: `the value of ${setting.name} cannot be read`,
        value: text,
        remedy: 'write it as drbd.conf(5) has it',
        location: setting.location,
      });
    return value;
  }

  text(property: string, ...candidates: readonly (Setting | undefined)[]): string | undefined {
    return this.take(property, candidates, (text) => (text === '' ? undefined : text));
  }

  /** What nobody took, by name and in its order; `property` is the section's name in the model. */
  rest(property: string, ...settings: readonly Settings[]): ExtraOptions {
    const extra = new Map<string, string>();
    for (const setting of this.left(...settings)) {
      this.taken.add(setting);
      if (extra.has(setting.name)) continue;
      extra.set(setting.name, textOfSetting(setting));
      this.sources.add(this.path, setting.location, `${property}.extraOptions.${setting.name}`);
    }
    return Object.fromEntries([...extra].sort(by(([name]) => name)));
  }

  /** What nobody took. */
  left(...settings: readonly Settings[]): readonly Setting[] {
    return settings.flatMap((section) => [...section.values()]).filter((setting) => !this.taken.has(setting));
  }
}
