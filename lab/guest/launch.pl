#!/usr/bin/perl
# launch ID [NAME=VALUE…] -- PROGRAM [ARG…]
#   Runs a program for the host, in a process group of its own. Its pid is in ID.pid while it runs. How it ended is
#   kept in ID.end where ssh cannot tell it from trouble of its own: a death by signal, and every code from 129 on.
# launch --end ID
#   Prints what ID.end holds, and forgets it.
# launch --kill ID
#   Kills the group, also if the program has not begun yet, and waits until it is gone.
use strict;
my $first = shift @ARGV;
$first eq '--end'  ? tell_end(shift @ARGV)
: $first eq '--kill' ? kill_group(shift @ARGV)
:                      launch($first, @ARGV);

sub launch {
  my ($id, @argv) = @_;
  while (@argv && $argv[0] ne '--') {
    my ($name, $value) = split /=/, shift @argv, 2;
    $ENV{$name} = $value;
  }
  shift @argv;
  my $pid = fork;
  defined $pid or die "launch: fork: $!\n";
  if (!$pid) {
    setpgrp 0, 0;
    note(file($id, 'pid'), $$);
    exit 1 if -e file($id, 'dead');
    exec { $argv[0] } @argv;
    print STDERR "launch: $argv[0]: $!\n";
    exit 127;
  }
  waitpid $pid, 0;
  my ($code, $signal) = ($? >> 8, $? & 127);
  note(file($id, 'end'), "$code $signal") if $signal || $code > 128;
  unlink file($id, 'pid');
  exit($signal ? 128 + $signal : $code);
}

sub tell_end {
  my ($id) = @_;
  open(my $in, '<', file($id, 'end')) or exit 3;
  print <$in>;
  unlink file($id, 'end');
}

sub kill_group {
  my ($id) = @_;
  note(file($id, 'dead'), '');
  for (1 .. 200) {
    open(my $in, '<', file($id, 'pid')) or last;
    my $pid = <$in>;
    close $in;
    last unless $pid && kill 'KILL', -$pid;
    select undef, undef, undef, 0.05;
  }
  unlink map { file($id, $_) } qw(pid end);
}

sub file { return ($ENV{BOXCHECK_LAUNCH_DIR} || '/run/boxcheck/launch') . "/$_[0].$_[1]" }

sub note {
  my ($path, $text) = @_;
  open(my $out, '>', "$path.part") or return;
  print $out "$text\n";
  close $out;
  rename "$path.part", $path;
}
