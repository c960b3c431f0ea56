#!/usr/bin/perl
# logs SINCE MAX: ends of all logs written to since a time (s since the epoch), each as "LENGTH NAME\n" and that many
# bytes, at most MAX each and twenty times that in all. The kernel's messages come first.
use strict;
my ($since, $max) = @ARGV;
my $room = 20 * $max;
give('dmesg', scalar `dmesg 2>&1 | tail -c $max`);
for my $file (</var/log/boxcheck/*>, </h/*/logs/*>, </h/*/boxes/*/shim.stderr>, </h/*/boxes/*/logs/*>) {
  my ($size, $changed) = (stat $file)[7, 9];
  next if !$size || $changed < $since;
  open(my $in, '<', $file) or next;
  seek $in, -$max, 2 if $size > $max;
  read $in, my $text, $max;
  give($file, $text);
}

sub give {
  my ($name, $text) = @_;
  return if length $text > $room;
  $room -= length $text;
  print length($text), " $name\n$text";
}
