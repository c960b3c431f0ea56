import { sh } from '../shell/main.ts';
import type { Applet } from './applet.ts';
import { base64, checksum, cmp, dd, dump } from './binary.ts';
import { cp, mv } from './copy.ts';
import { echo } from './echo.ts';
import { chmod, chown, ln, mkdir, pathPart, readlink, rm, rmdir, touch } from './files.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { df, expr, find, mktemp, ps, stat, truncate } from './inspect.ts';
import { kill } from './kill.ts';
import { ls } from './ls.ts';
import { printf } from './printf.ts';
import { env, plain, printenv, timeout, xargs } from './run.ts';
import { sed } from './sed.ts';
import { sleep } from './sleep.ts';
import { cat, seq, tee, yesForever } from './streams.ts';
import { tail } from './tail.ts';
import { test } from './test.ts';
import { cut, sort, tr, uniq } from './text.ts';
import {
  arch,
  date,
  hostname,
  id,
  mount,
  no,
  nproc,
  pwd,
  refused,
  stty,
  sync,
  tty,
  uname,
  which,
  whoami,
  yes,
} from './trivial.ts';
import { wc } from './wc.ts';

/** Every program of the guest, by the name it is called by. */
export const applets: Record<string, Applet> = {
  '[': test,
  arch,
  ash: sh,
  base64,
  basename: pathPart,
  cat,
  chgrp: chown,
  chmod,
  chown,
  cmp,
  cp,
  cut,
  date,
  dd,
  df,
  dirname: pathPart,
  echo,
  egrep: grep,
  env,
  expr,
  false: no,
  fgrep: grep,
  find,
  grep,
  head,
  hexdump: dump,
  hostname,
  id,
  kill,
  ln,
  ls,
  md5sum: checksum,
  mkdir,
  mktemp,
  mount,
  mv,
  nice: plain,
  nohup: plain,
  nproc,
  od: dump,
  poweroff: refused,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath: readlink,
  reboot: refused,
  rm,
  rmdir,
  sed,
  seq,
  setsid: plain,
  sh,
  sha1sum: checksum,
  sha256sum: checksum,
  sha512sum: checksum,
  sleep,
  sort,
  stat,
  stty,
  sync,
  tail,
  tee,
  test,
  timeout,
  touch,
  tr,
  true: yes,
  truncate,
  tty,
  umount: refused,
  uname,
  uniq,
  wc,
  which,
  whoami,
  xargs,
  yes: yesForever,
};
