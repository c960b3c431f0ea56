import { expect, it } from 'vitest';
import { keyParts, keyText } from '../../../search/coverage/coverage-key.ts';

it('is a line of text that gives its parts back', () => {
  const text = keyText({ op: 'inspect', via: 'url', on: 'box1' }, 'job/running', 'shown');
  expect(text).toBe('inspect | url | job/running | shown');
  expect(keyParts(text)).toEqual({ op: 'inspect', via: 'url', situation: 'job/running', outcome: 'shown' });
});

it('keeps an outcome that has the separator in it', () => {
  expect(keyParts('a | b | c | d | e').outcome).toBe('d | e');
});

it('has empty parts where a text from elsewhere lacks them', () => {
  expect(keyParts('run')).toEqual({ op: 'run', via: '', situation: '', outcome: '' });
});
