#!/usr/bin/perl
# listener PORT: waits on the loopback. Over TCP it gives back what it is sent; over UDP, as the only block of a file, the
# name of the file that is asked for (TFTP), for which every busybox has a client.
use strict;
use IO::Socket::INET;
use IO::Select;
my $port = shift;
my $tcp = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 16, ReuseAddr => 1) or die "listener: $!\n";
my $udp = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'udp') or die "listener: $!\n";
$SIG{CHLD} = 'IGNORE';
my $both = IO::Select->new($tcp, $udp);
while (1) {
  for my $ready ($both->can_read) {
    if ($ready == $udp) {
      my $from = $udp->recv(my $data, 2048) or next;
      my ($op, $name) = unpack 'n Z*', $data;
      $udp->send(pack('nn', 3, 1) . $name, 0, $from) if $op == 1;
    } else {
      my $client = $tcp->accept or next;
      if (fork) { close $client; next }
      alarm 30;
      while (sysread $client, my $data, 4096) { syswrite $client, $data }
      exit;
    }
  }
}
