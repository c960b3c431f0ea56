import { sh } from '../shell/main.ts';
import type { Applet } from './applet.ts';
import { base64 } from './base64.ts';
import { plain } from './become.ts';
import { cp, mv } from './copy.ts';
import { cut } from './cut.ts';
import { dd } from './dd.ts';
import { checksum, cmp } from './digest.ts';
import { dump } from './dump.ts';
import { echo } from './echo.ts';
import { env, printenv } from './env.ts';
import { expr } from './expr.ts';
import { find } from './find.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { kill } from './kill.ts';
import { ls } from './ls.ts';
import { ln, mkdir, touch } from './make.ts';
import { chmod, chown } from './mode.ts';
import { pathPart, readlink } from './path-names.ts';
import { printf } from './printf.ts';
import { rm, rmdir } from './remove.ts';
import { sed } from './sed.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { stat } from './stat.ts';
import { cat, seq, tee, yesForever } from './streams.ts';
import { df, ps } from './system.ts';
import { tail } from './tail.ts';
import { mktemp, truncate } from './temporary.ts';
import { test } from './test.ts';
import { timeout } from './timeout.ts';
import { tr } from './tr.ts';
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
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';
import { xargs } from './xargs.ts';

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
