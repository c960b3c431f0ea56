import { describe, expect, test } from 'vitest';
import { guest, sh } from './guest.ts';

const machine = guest();

/** Script, what it prints, its code when that is not 0. */
const cases: [script: string, out: string, code?: number][] = [
  ["printf 'a\\nb'", 'a\nb'],
  ["printf '\\000\\377'", '\0\xff'],
  ["printf '%5d|%-4s|%03d|%x|%c' 42 ab 7 255 xyz", '   42|ab  |007|ff|x'],
  ["printf '%s-' a b c", 'a-b-c-'],
  ["printf '%b' 'x\\ty\\n'", 'x\ty\n'],
  ['echo -n hi; echo -e "\\ta"', 'hi\ta\n'],
  ['exit 7', '', 7],
  ['false || echo no; true && echo yes', 'no\nyes\n'],
  ['! true; echo $?', '1\n'],
  ['X=1; (X=2; echo $X); echo $X', '2\n1\n'],
  ['{ echo a; echo b; } | tr a-z A-Z', 'A\nB\n'],
  ['for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done', '1\n3\n'],
  ['for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done', '1a\n2a\n'],
  ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i', '3\n'],
  ['i=5; until [ $i -eq 3 ]; do i=$((i-1)); done; echo $i', '3\n'],
  ['while true; do break; done; echo out', 'out\n'],
  ['case foo.c in *.h) echo h;; *.c|*.d) echo c;; esac', 'c\n'],
  ["case '*' in \\*) echo star;; *) echo other;; esac", 'star\n'],
  ['if false; then echo a; elif true; then echo b; else echo c; fi', 'b\n'],
  ['f() { echo "$1-$#"; return 4; }; f x y; echo $?', 'x-2\n4\n'],
  ['f() { local v=1; v=2; }; v=0; f; echo $v', '0\n'],
  ['echo $(echo a; echo b)', 'a b\n'],
  ['echo "$(printf \'a\\n\\n\\n\')."', 'a.\n'],
  ['echo `echo x \\`echo y\\``', 'x y\n'],
  ['x=$(exit 3); echo $?', '3\n'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is shell
  ['unset X; echo "${X:-d}" "${X-e}" "${X:+f}" "${X:=g}" "$X"', 'd e  g g\n'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is shell
  ['X=hello.tar.gz; echo ${X%.*} ${X%%.*} ${X#*.} ${X##*.} ${#X}', 'hello.tar hello tar.gz gz 12\n'],
  ['echo $((1+2*3)) $((7/2)) $((-7%3)) $((1<<4)) $((5>3&&2)) $((0x1f))', '7 3 -1 16 1 31\n'],
  ['i=1; echo $((i++)) $((++i)) $((i+=4)) $i', '1 3 7 7\n'],
  ['X=\'a  b\'; echo $X; echo "$X"', 'a b\na  b\n'],
  ['set -- a "b c" d; echo $#; for x in "$@"; do echo "$x"; done; shift; echo "$*"', '3\na\nb c\nd\nb c d\n'],
  ['set --; for x in "$@"; do echo never; done; echo $#', '0\n'],
  ['IFS=:; X=a:b::c; for p in $X; do echo "[$p]"; done', '[a]\n[b]\n[]\n[c]\n'],
  ['cat <<E\nx $((1+1)) "q"\nE', 'x 2 "q"\n'],
  ["cat <<'E'\n$X\nE", '$X\n'],
  ['cat <<-E\n\ttab\n\tE', 'tab\n'],
  ['echo a >/tmp/r; echo b >>/tmp/r; cat /tmp/r; cat </tmp/r | wc -l', 'a\nb\n2\n'],
  ['{ echo out; echo err >&2; } 2>/dev/null', 'out\n'],
  ['{ echo out; echo err >&2; } 2>&1 | sort', 'err\nout\n'],
  ['{ echo o; echo e >&2; } &>/tmp/both; sort /tmp/both', 'e\no\n'],
  ['exec 3>/tmp/three; echo x >&3; exec 3>&-; cat /tmp/three', 'x\n'],
  ['set -e; false; echo never', '', 1],
  ['set -e; if false; then :; fi; false || true; ! true; echo here', 'here\n'],
  ['set -u; echo $NOPE; echo never', '', 2],
  ["trap 'echo bye' EXIT; exit 3", 'bye\n', 3],
  ['(exit 5); echo $?', '5\n'],
  ['false | true; echo $?; set -o pipefail; false | true; echo $?', '0\n1\n'],
  ['sleep 0.01 & wait $!; echo $?', '0\n'],
  ['(sleep 0.01; exit 6) & wait $!; echo $?', '6\n'],
  ['eval "echo a; echo b"', 'a\nb\n'],
  ['nope; echo $?', '127\n'],
  ['/etc/passwd; echo $?', '126\n'],
  ['/etc; echo $?', '126\n'],
  ['cat </nofile; echo $?', '1\n'],
  ['echo x >/no/such/dir; echo $?', '1\n'],
  ['yes 0123456789abcde | head -c 300000 | wc -c', '300000\n'],
  ['cd /tmp; pwd; cd /etc/..; pwd', '/tmp\n/\n'],
  ['cd /nodir; echo $?', '2\n'],
  ['mkdir -p /tmp/g; touch /tmp/g/a1 /tmp/g/a2 /tmp/g/b; cd /tmp/g; echo a? *[b] x*', 'a1 a2 b x*\n'],
  ['A=1 B=2 env | grep -E "^[AB]=" | sort', 'A=1\nB=2\n'],
  ['command -v sh; type cd', '/bin/sh\ncd is a shell builtin\n'],
  ['test a = a && [ 2 -gt 1 ] && [ ! -e /nope ] && [ -d /tmp ] && echo ok', 'ok\n'],
  ['[ "!" = "!" ] && [ -n "(" ] && echo ok', 'ok\n'],
  ['kill -l 9; kill -s TERM 77777; echo $?', 'KILL\n1\n'],
  ["printf '#!/bin/sh\\necho script $1\\n' >/tmp/s; chmod +x /tmp/s; /tmp/s arg", 'script arg\n'],
  ['echo a b c | { read x y; echo "$y|$x"; }', 'b c|a\n'],
  ['echo end # comment', 'end\n'],
  ['echo a;\n\n# comment\necho b &&\n echo c', 'a\nb\nc\n'],
  ['hostname; id -u; whoami', 'box\n0\nroot\n'],
  ['dd if=/dev/zero bs=1024 count=3 2>/dev/null | wc -c', '3072\n'],
  ['seq 1 5 | head -n 2; seq 3 | tail -n 1; seq 10 -3 1 | tr "\\n" ,', '1\n2\n3\n10,7,4,1,'],
  ['printf abc | base64; printf YWJj | base64 -d', 'YWJj\nabc'],
  [
    'printf abc | sha256sum | cut -c1-8; printf abc | md5sum | cut -d" " -f1',
    'ba7816bf\n900150983cd24fb0d6963f7d28e17f72\n',
  ],
  ['printf "b\\na\\nb\\n" | sort | uniq -c | sed "s/^ *//"', '1 a\n2 b\n'],
  ['printf "\\001\\377" | od -An -tx1', ' 01 ff\n'],
  ['printf "a-b" | sed "s/\\(a\\)-\\(b\\)/\\2+\\1/"', 'b+a'],
];

describe('scripts', () => {
  test.each(cases)('%s', async (script, out, code = 0) => {
    const ran = await sh(machine, script);
    expect({ out: ran.out, code: ran.code }).toEqual({ out, code });
  });
});

describe('arguments and stdin', () => {
  test('arguments arrive one by one, with blanks and bytes', async () => {
    const { out } = await sh(machine, 'printf "%s\\n" "$0" "$@"', '', ['name', 'a b', '', 'ü']);
    expect(Buffer.from(out, 'latin1').toString()).toBe('name\na b\n\nü\n');
  });

  test('cat gives back every byte', async () => {
    const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code)).repeat(1000);
    expect((await sh(machine, 'cat', bytes)).out).toBe(bytes);
  });

  test('read takes a line and leaves the rest to the next command', async () => {
    expect((await sh(machine, 'read line; echo "got:$line"; cat', 'one\ntwo\nthree')).out).toBe(
      'got:one\ntwo\nthree',
    );
  });

  test('a syntax mistake is told, after what came before it was run', async () => {
    const ran = await sh(machine, 'echo first\nfi');
    expect(ran).toMatchObject({ out: 'first\n', code: 2 });
    expect(ran.err).toContain('syntax error: unexpected "fi"');
  });

  test('messages say what busybox says', async () => {
    const { err } = await sh(machine, 'foo; /etc/passwd; cat </no; echo >/no/x');
    expect(err.split('\n')).toEqual([
      'sh: foo: not found',
      'sh: /etc/passwd: Permission denied',
      "sh: can't open /no: no such file",
      "sh: can't create /no/x: nonexistent directory",
      '',
    ]);
  });
});
