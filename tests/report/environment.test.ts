import { expect, test } from 'vitest';
import { withoutSecrets } from '../../report/environment.ts';

test('neither key nor password of a URL gets into a report', () => {
  const shown = withoutSecrets({ apiKey: 'SECRET', url: 'http://user:SECRET@box:8100/', home: '/h' });
  expect(JSON.stringify(shown)).not.toContain('SECRET');
  expect(shown).toEqual({ apiKey: '(given)', url: 'http://box:8100/', home: '/h' });
});
