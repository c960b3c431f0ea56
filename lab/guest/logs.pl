#!/usr/bin/perl
# logs SINCE MAX HOME…: ends of all logs of these homes written to since a time (s since the epoch), each as
# "LENGTH NAME\n" and that many bytes, at most MAX each and twenty times that in all. The kernel's messages come first.
use strict;
my ($since, $max, @homes) = @ARGV;
my $room = 20 * $max;
give('dmesg', scalar `dmesg 2>&1 | tail -c $max`);
for my $home (@homes) {
  my ($name) = $home =~ m{([^/]+)$};
  my $server = "/var/log/boxcheck/serve-$name.log";
  for my $file ($server, <$home/logs/*>, <$home/boxes/*/shim.stderr>, <$home/boxes/*/logs/*>) {
    my ($size, $changed) = (stat $file)[7, 9];
    next if !$size || $changed < $since;
    open(my $in, '<', $file) or next;
    seek $in, -$max, 2 if $size > $max;
    read $in, my $text, $max;
    give($file, $text);
  }
}

sub give {
  my ($name, $text) = @_;
  return if length $text > $room;
  $room -= length $text;
  print length($text), " $name\n$text";
}
