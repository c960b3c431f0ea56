import { expect, test } from 'vitest';
import { withoutSecrets } from '../../report/environment.ts';

test('a key is told in a report as given, no more', () => {
  const shown = withoutSecrets({ apiKey: 'SECRET', url: 'http://box:8100/', home: '/h' });
  expect(shown).toEqual({ apiKey: '(given)', url: 'http://box:8100/', home: '/h' });
});
