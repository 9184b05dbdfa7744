import { parse } from 'yaml';
import { printCompose } from '../../../lib/render/compose/print';

test('every value is read back as it was, and none as a variable of Compose', () => {
  const file = {
    services: { one: { image: 'a:1', volumes: [{ source: './${HOME}/$x', target: '/x' }], command: ['yes', '1.0'] } },
    networks: {},
    volumes: { data: { name: 'data' } },
  };
  const text = printCompose('stack/deployment', file);
  expect(text).toMatch(/^# Tandem: stack\/deployment; /);
  expect(parse(text)).toEqual({
    ...file,
    services: { one: { ...file.services.one, volumes: [{ source: './$${HOME}/$$x', target: '/x' }] } },
  });
});
