# boxcheck tcp 1: what a client, or another program, does with a port of the machine that a runtime runs on.
#   perl tcp.pl free                     prints a port that nobody has
#   perl tcp.pl hold PORT                listens there and stays; prints its process id; 3: the port is taken
#   perl tcp.pl echo PORT                answers there (0: at a port that nobody has), over TCP with what it is sent, over
#                                        UDP, as the only block of a file, with the name of the file that is asked for
#                                        (TFTP, for which every busybox has a client), and stays; prints its process id and
#                                        port once it has answered itself; 3: the port is taken
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

sub stay { # in a process of its own, of which the caller gets the id
  my $pid = fork;
  exit 4 unless defined $pid;
  return $pid if $pid;
  POSIX::setsid();
  open $_, "+<", "/dev/null" for *STDIN, *STDOUT, *STDERR;
  alarm 900;
  $SIG{CHLD} = "IGNORE";
  return 0;
}

sub each_client { # of a listener, in a process of its own
  my ($own, $served) = @_;
  my $one = $own->accept or return;
  if (!fork) { $served->($one); POSIX::_exit(0) }
  close $one;
}

if ($do eq "hold") {
  my $own;
  for (1 .. 50) { last if $own = listener($port); select(undef, undef, undef, 0.1) }
  exit 3 unless $own;
  if (my $pid = stay()) { print "$pid\n"; exit 0 }
  each_client($own, sub { sysread($_[0], my $chunk, 65536); syswrite($_[0], "held\n") }) while 1;
}

if ($do eq "echo") {
  my $tcp = listener($port) or exit 3;
  my $at = $tcp->sockport;
  my $udp = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $at, Proto => "udp") or exit 3;
  if (my $pid = stay()) {
    close $_ for $tcp, $udp;
    ($count, $wait) = (1, 5);
    my $asks = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $at, Proto => "udp") or exit 4;
    $asks->send(pack "n Z* Z*", 1, "knock", "octet");
    my $told = "";
    $asks->recv($told, 2048) if IO::Select->new($asks)->can_read($wait);
    my $sound = (ask($at, "knock") // "") eq "knock" && $told eq pack("nn", 3, 1) . "knock";
    print "$pid $at\n" if $sound;
    kill "KILL", $pid unless $sound;
    exit($sound ? 0 : 4);
  }
  my $both = IO::Select->new($tcp, $udp);
  while (1) {
    for my $ready ($both->can_read) {
      if ($ready == $tcp) {
        each_client($tcp, sub { alarm 60; while (sysread $_[0], my $chunk, 65536) { syswrite $_[0], $chunk } });
      } elsif (defined(my $from = $udp->recv(my $asked, 2048))) {
        my ($what, $name) = unpack "n Z*", $asked;
        $udp->send(pack("nn", 3, 1) . $name, 0, $from) if $what == 1;
      }
    }
  }
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
