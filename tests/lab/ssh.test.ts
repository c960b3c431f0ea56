import { expect, test } from 'vitest';
import { commandArgv, knownHostsLine, masterArgv, sshPlace } from '../../lab/ssh.ts';

const place = sshPlace(2222, { keys: '/cache/lab/keys', control: '/tmp/boxcheck-lab-0-0123456789' });

test("a user's own ssh configuration has no say, and the guest's key is checked", () => {
  const argv = commandArgv(place, ['echo', 'a b']);
  expect(argv.slice(0, 3)).toEqual(['ssh', '-F', 'none']);
  expect(argv).toContain('StrictHostKeyChecking=yes');
  expect(argv.slice(-2)).toEqual(['--', "echo 'a b'"]);
});

test('one connection is opened by the master alone, on a path short enough for a socket', () => {
  expect(masterArgv(place)).toContain('ControlMaster=yes');
  expect(commandArgv(place, ['echo', 'a b'])).toContain('ControlMaster=no');
  // ssh appends up to 17 characters while it makes the socket; a path has at most 107.
  expect(place.control.length).toBeLessThan(90);
});

test('a known_hosts line has no comment of whoever made the key', () => {
  expect(knownHostsLine('ssh-ed25519 AAAA someone@somewhere')).toBe('boxcheck-lab ssh-ed25519 AAAA\n');
});
