import { textOf, type DrbdItem, type DrbdSection } from '../../render/drbd-conf/syntax';
import type { SourceLocation } from '../../render/source';

/** An option of a section, with its words. */
export interface Setting {
  readonly name: string;
  readonly words: readonly string[];
  readonly location?: SourceLocation;
}

export type Settings = ReadonlyMap<string, Setting>;

/** The words of a setting as one text. */
export const textOfSetting = (setting: Setting): string => setting.words.join(' ');

/** The options that stand directly in a section; the first of two with one name counts. */
export function settingsIn(items: readonly DrbdItem[]): Settings {
  const settings = new Map<string, Setting>();
  for (const item of items)
    if (item.kind === 'option' && !settings.has(item.name))
      settings.set(item.name, { name: item.name, words: item.values.map(textOf), location: item.location });
  return settings;
}

/** The sections of a name that stand directly in a section. */
export function sectionsIn(items: readonly DrbdItem[], ...names: readonly string[]): readonly DrbdSection[] {
  return items.filter((item) => item.kind === 'section').filter((item) => names.includes(item.name));
}

/** The options of all sections of a name; what stands in the first of the given bodies wins over the later ones. */
export function inherited(bodies: readonly (readonly DrbdItem[])[], name: string): Settings {
  const sections = bodies.flatMap((body) => sectionsIn(body, name));
  return settingsIn(sections.flatMap((section) => section.body));
}
