#!/usr/bin/perl
# baseline HOME…: what exists in the guest because of BoxLite in these homes of one lane, one line a thing, sorted. What
# cannot be told to be another lane's counts. Pids and anything else that differs between two clean machines is left
# out. One process, because a fork costs several ms here.
use strict;
my @homes = @ARGV;
my %is_mine = map { $_ => 1 } @homes;
# BoxLite binds the sockets of a box by a short link of its name.
my @links = glob '/tmp/bl-*';
my @roots = (@homes, @links);
my %home_of;
my %lines;
my %parents = map { $_ => 1 } ancestors($$);
processes();
entries("$_/boxes") for @homes;
entries("$_/volumes/anonymous") for @homes;
entries($_) for @links;
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
    my ($state, $parent) = slurp("$dir/stat") =~ /\) (\S) (\d+)/ or next;
    my $zombie = $state eq 'Z' ? 'zombie ' : '';
    # init reaps its zombies in a moment, and nothing tells any more whose they were.
    next if $zombie ? $parent == 1 : $line eq '';
    next if $line =~ m{^(sshd:|/usr/sbin/sshd|(/bin/sh|/usr/bin/perl)\0/opt/boxcheck/(holder|pulse|serve)|/opt/boxcheck/bin/boxlite\0serve)};
    note("process $zombie" . name_of($dir, $line)) unless is_elsewhere($pid);
  }
}

# Whether a process belongs to another lane: the nearest decides, of it and its ancestors, that names a home or a box. A
# helper of boxcheck, below sshd, names none.
sub is_elsewhere {
  for my $pid (ancestors(@_)) {
    my $line = slurp("/proc/$pid/cmdline");
    return 1 if $line =~ /^sshd: root\@notty/;
    my $whose = whose($line);
    return $whose eq 'other' if $whose;
  }
  return 0;
}

# The home of a box, asked when its name is met: other lanes make boxes while this one looks.
sub home_of {
  my ($id) = @_;
  return $home_of{$id} if defined $home_of{$id};
  my ($home) = map { m{^(/h/[^/]+)/boxes/} } glob("/h/*/boxes/$id"), map { readlink || () } glob("/tmp/bl-*/$id");
  return $home_of{$id} = $home;
}

# 'mine' or 'other' by the homes and the boxes that a text names; empty where it names none.
sub whose {
  my ($text) = @_;
  my @ids = $text =~ m{/([0-9A-Za-z]{12})(?![^/\s\0])}g;
  my @named = ($text =~ m{(/h/[csp]\d*)(?![^/\s\0])}g, grep { defined } map { home_of($_) } @ids);
  return @named ? (grep { $is_mine{$_} } @named) ? 'mine' : 'other' : '';
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
  note_mine('file', "$place/$_") for grep { !/^\.\.?$/ } readdir $dir;
  closedir $dir;
}

sub mounts {
  for (split /\n/, slurp('/proc/self/mounts')) {
    my $at = (split / /)[1];
    note_mine('mount', $at);
  }
}

sub sockets {
  for (split /\n/, slurp('/proc/net/unix')) {
    my $path = (split)[7];
    note_mine('socket', $path) if defined $path;
  }
}

sub ports {
  my ($kind) = @_;
  for (split /\n/, slurp("/proc/net/$kind")) {
    my ($local, $state, $inode) = (split)[1, 3, 9];
    next unless defined $state && $state eq '0A';
    my $port = hex((split /:/, $local)[1]);
    next if $port == 22 || ($port >= 8100 && $port < 8110);
    note("port $port") unless is_elsewhere(owner_of($inode));
  }
}

# The process that has a socket; 1: none is seen to.
sub owner_of {
  my ($inode) = @_;
  for (glob '/proc/[0-9]*/fd/*') {
    return m{^/proc/(\d+)/} ? $1 : 1 if (readlink || '') eq "socket:[$inode]";
  }
  return 1;
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

# Notes something that has its place below a home, or where BoxLite puts its short links, unless it is another lane's.
sub note_mine {
  my ($kind, $path) = @_;
  my $whose = whose($path);
  # What went while it was looked at is nobody's leak, and nothing tells any more whose it was.
  return if $kind eq 'file' && !lstat $path;
  note("$kind $path") if $whose ne 'other' && grep { index($path, "$_/") == 0 } @roots;
}

sub slurp {
  open(my $in, '<', $_[0]) or return '';
  local $/;
  my $text = <$in>;
  return defined $text ? $text : '';
}
