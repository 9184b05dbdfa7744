import { parse } from '../../render/drbd-conf/parse';
import type { DrbdConf, DrbdInclude, DrbdItem } from '../../render/drbd-conf/syntax';
import type { InputFile, ReadInclude } from '../input';
import type { Remarks } from '../remarks';

/** drbd.conf with the files that it includes in the places where it names them. */
export function readWithIncludes(input: InputFile, readInclude: ReadInclude | undefined, remarks: Remarks): DrbdConf {
  const seen = new Set<string>();
  const read = ({ file, text }: InputFile): readonly DrbdItem[] => {
    seen.add(file);
    const { tree, errors } = parse(text, file);
    remarks.faults.push(...errors);
    return expand(tree.items, file);
  };
  const expand = (items: readonly DrbdItem[], file: string): readonly DrbdItem[] =>
    items.flatMap((item): readonly DrbdItem[] => {
      if (item.kind === 'include') return included(item, file);
      return item.kind === 'section' ? [{ ...item, body: expand(item.body, file) }] : [item];
    });
  const included = ({ pattern, location }: DrbdInclude, file: string): readonly DrbdItem[] => {
    const files = readInclude?.(pattern, file);
    if (!files || files.length === 0) remarks.note(`include '${pattern}' was not found and is left out`, location);
    return (files ?? []).flatMap((one) => {
      if (!seen.has(one.file)) return read(one);
      remarks.note(`include '${pattern}' names ${one.file} again, which is read once`, location);
      return [];
    });
  };
  return { items: read(input) };
}
