# boxcheck tcp 1: what a client, or another program, does with a TCP port of the machine that a runtime runs on.
#   perl tcp.pl free                     prints a port that nobody has
#   perl tcp.pl hold PORT                listens there and stays; prints its process id; 3: the port is taken
#   perl tcp.pl connect PORT COUNT WAIT  sends its stdin over so many connections that are open at once, and prints
#                                        what comes back within WAIT seconds; 3: there is nobody. Where not all of it
#                                        came, the same is tried with a listener of its own; 4: that fails as well, so
#                                        that nothing is known of PORT.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use POSIX ();
$SIG{PIPE} = "IGNORE";
$| = 1;
my ($do, $port, $count, $wait) = @ARGV;

sub listener { IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $_[0], Listen => 16, ReuseAddr => 1) }

sub told { # one connection: what comes back, and a moment longer for what should not
  my ($socket, $data) = @_;
  syswrite($socket, $data);
  my ($got, $end) = ("", time + $wait);
  my $ready = IO::Select->new($socket);
  while (time <= $end && $ready->can_read(length $got < length $data ? 1 : 0.1)) {
    last unless sysread($socket, $got, 65536, length $got);
  } continue { $end = time if length $got >= length $data }
  return $got;
}

sub ask { # the last one opened speaks first: each is served, not one after the other
  my ($at, $data) = @_;
  my @open = map { scalar IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $at, Timeout => $wait) } 1 .. $count;
  return undef unless grep { defined } @open;
  return join "", map { defined $_ ? told($_, $data) : "" } reverse @open;
}

sub echo { # serves so many connections of its own
  my ($own) = @_;
  my $some = IO::Select->new($own);
  while (my @ready = $some->can_read($wait + 5)) {
    for my $one (@ready) {
      if ($one == $own) { $some->add(scalar $own->accept); next }
      if (sysread($one, my $chunk, 65536)) { syswrite($one, $chunk) } else { $some->remove($one); close $one }
    }
  }
}

if ($do eq "free") {
  for (1 .. 200) {
    my $own = listener(20000 + int rand 10000) or next;
    print $own->sockport, "\n";
    exit 0;
  }
  exit 4;
}

if ($do eq "hold") {
  my $own;
  for (1 .. 50) { last if $own = listener($port); select(undef, undef, undef, 0.1) }
  exit 3 unless $own;
  my $pid = fork;
  exit 4 unless defined $pid;
  if ($pid) { print "$pid\n"; exit 0 }
  POSIX::setsid();
  open $_, "+<", "/dev/null" for *STDIN, *STDOUT, *STDERR;
  alarm 900;
  $SIG{CHLD} = "IGNORE";
  while (my $one = $own->accept) {
    if (!fork) { sysread($one, my $chunk, 65536); syswrite($one, "held\n"); POSIX::_exit(0) }
    close $one;
  }
  exit 0;
}

binmode $_ for *STDIN, *STDOUT;
my $data = do { local $/; <STDIN> } // "";
my $got = ask($port, $data);
if (!defined $got || $got ne $data x $count) {
  my $own = listener(0) or exit 4;
  my $pid = fork;
  exit 4 unless defined $pid;
  if (!$pid) { echo($own); POSIX::_exit(0) }
  my $control = ask($own->sockport, $data);
  kill "KILL", $pid;
  waitpid $pid, 0;
  exit 4 unless defined $control && $control eq $data x $count;
}
exit 3 unless defined $got;
print $got;
