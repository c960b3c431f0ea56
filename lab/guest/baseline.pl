#!/usr/bin/perl
# baseline HOME…: what exists in the guest because of BoxLite, one line a thing, sorted. Pids and anything else that
# differs between two clean machines is left out. One process, because a fork costs several ms here.
use strict;
my @homes = @ARGV;
my @roots = (@homes, glob '/tmp/bl-*');
my %lines;
my %parents = map { $_ => 1 } ancestors($$);
processes();
entries("$_/boxes") for @homes;
entries("$_/volumes/anonymous") for @homes;
entries($_) for glob '/tmp/bl-*';
mounts();
sockets();
ports($_) for qw(tcp tcp6);
print map { "$_\n" } sort keys %lines;

# Everything in user space but the machine's own services and whoever asks.
sub processes {
  for my $dir (glob '/proc/[0-9]*') {
    my ($pid) = $dir =~ /(\d+)$/;
    next if $pid == 1 || $parents{$pid};
    my $line = slurp("$dir/cmdline");
    my $zombie = slurp("$dir/stat") =~ /\) Z / ? 'zombie ' : '';
    next if $line eq '' && !$zombie;
    next if $line =~ m{^(sshd:|/usr/sbin/sshd|(/bin/sh|/usr/bin/perl)\0/opt/boxcheck/(holder|pulse|serve)|/opt/boxcheck/bin/boxlite\0serve)};
    note("process $zombie" . name_of($dir, $line));
  }
}

# Program and box where it tells one; the whole command line of what is not known.
sub name_of {
  my ($dir, $line) = @_;
  my ($name) = slurp("$dir/stat") =~ /\((.*)\)/;
  return "$name of box $1" if $line =~ m{/boxes/([0-9A-Za-z]{12})/};
  $line =~ s/[\0\n]/ /g;
  return substr($line eq '' ? $name : $line, 0, 200);
}

sub entries {
  my ($place) = @_;
  opendir(my $dir, $place) or return;
  note("file $place/$_") for grep { !/^\.\.?$/ } readdir $dir;
  closedir $dir;
}

sub mounts {
  for (split /\n/, slurp('/proc/self/mounts')) {
    my $at = (split / /)[1];
    note("mount $at") if grep { index($at, "$_/") == 0 } @roots;
  }
}

sub sockets {
  for (split /\n/, slurp('/proc/net/unix')) {
    my $path = (split)[7];
    note("socket $path") if defined $path && grep { index($path, "$_/") == 0 } @roots;
  }
}

sub ports {
  my ($kind) = @_;
  for (split /\n/, slurp("/proc/net/$kind")) {
    my (undef, $local, undef, $state) = split;
    next unless defined $state && $state eq '0A';
    my $port = hex((split /:/, $local)[1]);
    note("port $port") unless $port == 22 || $port == 8100;
  }
}

sub ancestors {
  my ($pid) = @_;
  my @found;
  while ($pid > 1) {
    push @found, $pid;
    slurp("/proc/$pid/stat") =~ /\) \S (\d+)/ or last;
    $pid = $1;
  }
  return @found;
}

sub note { $lines{ $_[0] } = 1 }

sub slurp {
  open(my $in, '<', $_[0]) or return '';
  local $/;
  my $text = <$in>;
  return defined $text ? $text : '';
}
