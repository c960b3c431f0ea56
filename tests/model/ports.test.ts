import { describe, expect, it } from 'vitest';
import type { BadPort } from '../../domain/port.ts';
import type { Work } from '../../domain/work.ts';
import type { Step } from '../../program/step.ts';
import { labels, outcome, reached, saysNothing } from './fixtures/play.ts';
import { rm, stop } from './fixtures/steps.ts';

const serve: Work = { do: 'serve', port: 7_000 };
const ports = [{ host: 1, box: 7_000 }];
const box = (as: string, more: object = {}): Step => ({ op: 'run', via: 'cli', as, ports, ...more });
const serving = box('box1', { main: serve });
const connect = (more: object = {}): Step => ({ op: 'connect', host: 1, data: 'a', ...more });
const listen: Step = { op: 'listen', host: 1 };
const spawn: Step = { op: 'spawn', via: 'cli', as: 'exec1', on: 'box1', work: serve };
const bytes = (exactly: string) => ({ is: 'bytes', data: { exactly } });

describe('a published port (contract 14.3)', () => {
  it('gives back what is sent, to each of those who are there at once, while something serves it', () => {
    expect(outcome(reached(serving), connect()).expect).toEqual(bytes('a'));
    expect(outcome(reached(serving), connect({ twice: true })).expect).toEqual(bytes('aa'));
    expect(outcome(reached(box('box1'), spawn), connect()).expect).toEqual(bytes('a'));
  });

  it('tells nothing where nothing serves it, whether or not a client is let in', () => {
    expect(labels(reached(box('box1')), connect())).toEqual(['silent', 'nobody']);
    expect(labels(reached(serving), connect({ host: 2 }))).toEqual(['nobody']);
  });

  it("is nobody's any more after a stop or a removal", () => {
    for (const end of [stop('cli'), rm(true, 'cli')])
      expect(labels(reached(serving, end), connect())).toEqual(['nobody']);
  });

  it('is served again after a restart, and by an exec only until the end of its run', () => {
    const restart: Step = { op: 'restart', via: 'cli', on: ['box1'] };
    expect(labels(reached(serving, restart), connect())).toEqual(['answered']);
    expect(labels(reached(box('box1'), spawn, restart), connect())).toEqual(['silent', 'nobody']);
  });
});

describe('a port that is taken (contract 14.3)', () => {
  it('keeps a box from starting, which is Failed, while another program has it', () => {
    const taken = outcome(reached(listen), serving);
    expect(taken.label).toBe('refused:port-taken');
    expect(taken.next.boxes.box1?.status).toBe('failed');
    expect(outcome(taken.next, connect()).expect).toEqual(bytes('held\n'));
  });

  it('keeps a box from starting while another one that runs has it, and may do so a while longer', () => {
    expect(labels(reached(serving), box('box2'))).toEqual(['refused:port-taken']);
    expect(labels(reached(serving, stop('cli')), box('box2'))).toEqual(['running', 'refused:port-taken']);
  });

  it('is not taken from a box that runs', () => {
    expect(saysNothing(reached(serving), listen)).toBe(true);
    expect(labels(reached(serving, stop('cli')), listen)).toEqual(['listening']);
  });
});

describe('ports that are refused (contract 14.3)', () => {
  it.each<BadPort>(['empty', 'word', 'zero', 'large', 'udp', 'protocol'])('refuses %s', (badPort) => {
    expect(labels(reached(), { op: 'create', via: 'cli', as: 'box1', badPort })).toEqual([
      `refused:port-${badPort}`,
    ]);
  });

  it('refuses them without a network, and over --url; over REST there is no field for them', () => {
    const create = (via: 'cli' | 'url' | 'rest', more: object = {}): Step => ({
      ...{ op: 'create', via, as: 'box1', ports },
      ...more,
    });
    expect(labels(reached(), create('cli', { outbound: 'disabled' }))).toEqual([
      'refused:ports-without-network',
    ]);
    expect(labels(reached(), create('url'))).toEqual(['refused:ports-not-by-url']);
    expect(labels(reached(), create('url', { outbound: 'disabled' }))).toEqual([
      'refused:ports-not-by-url',
      'refused:ports-without-network',
    ]);
    expect(saysNothing(reached(), create('rest'))).toBe(true);
    expect(saysNothing(reached(), create('cli', { ports: [...ports, { host: 1, box: 1 }] }))).toBe(true);
  });
});
