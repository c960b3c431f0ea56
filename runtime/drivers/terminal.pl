# terminal ROWS COLS [ROWS COLS] -- PROGRAM [ARG…]
#   Runs a program on a pseudo-terminal of this size, which is its controlling terminal, its stdin and its stdout; its
#   stderr and the way it ends are this program's own. What comes on stdin is typed, with an end-of-file behind it, once
#   the program reads single keys: before that the terminal itself would echo it. The second size is given once something
#   has been written. The terminal changes nothing of what is written on it, and hangs up when the program has ended.
use strict;
use POSIX ();
my ($LOCK, $NUMBER, $SIZE, $CONTROL) = (0x40045431, 0x80045430, 0x5414, 0x540e); # Linux, ioctl_tty(2)

my @sizes;
push @sizes, pack('S4', shift @ARGV, shift @ARGV, 0, 0) while @ARGV && $ARGV[0] ne '--';
shift @ARGV;
binmode $_ for *STDIN, *STDOUT;
$| = 1;
my $typed = do { local $/; <STDIN> } // '';
$typed .= "\x04" if $typed ne '';

my ($master, $slave) = terminal();
pipe(my $told, my $tell) && pipe(my $dead, my $alive) or die "terminal: pipe: $!\n";
my $leader = started();
close $_ for $slave, $tell, $dead;
my ($status, $open) = (undef, 1);
while (!defined $status || $open) {
  my $wanted = '';
  vec($wanted, fileno $master, 1) = $open;
  vec($wanted, fileno $told, 1) = !defined $status;
  my $count = select(my $ready = $wanted, undef, undef, defined $status ? 0.3 : 0.05);
  last if $count == 0 && defined $status; # somebody else keeps it open, and is silent
  shown() if $count > 0 && vec($ready, fileno $master, 1);
  $status = ended() if $count > 0 && !defined $status && vec($ready, fileno $told, 1);
  type() if $typed ne '' && is_raw();
}
close $master;
waitpid $leader, 0;
kill $status & 127, $$ if $status & 127;
exit $status >> 8;

sub terminal {
  my ($number, $modes) = (pack('i', 0), POSIX::Termios->new);
  sysopen(my $master, '/dev/ptmx', POSIX::O_RDWR | POSIX::O_NOCTTY) or die "terminal: /dev/ptmx: $!\n";
  ioctl($master, $LOCK, $number) && ioctl($master, $NUMBER, $number) or die "terminal: /dev/ptmx: $!\n";
  my $path = '/dev/pts/' . unpack('i', $number);
  sysopen(my $slave, $path, POSIX::O_RDWR | POSIX::O_NOCTTY) or die "terminal: $path: $!\n";
  ioctl($slave, $SIZE, $sizes[0]) or die "terminal: $path: $!\n";
  $modes->getattr(fileno $slave);
  $modes->setoflag($modes->getoflag & ~POSIX::OPOST);
  $modes->setattr(fileno $slave, POSIX::TCSANOW);
  return ($master, $slave);
}

# The leader of the session; whatever becomes of this program, the other one does not outlive it.
sub started {
  my $leader = fork // die "terminal: fork: $!\n";
  return $leader if $leader;
  close $_ for $master, $told, $alive;
  POSIX::setsid();
  ioctl($slave, $CONTROL, 0) or die "terminal: no controlling terminal: $!\n";
  my $program = fork // die "terminal: fork: $!\n";
  if (!$program) {
    POSIX::dup2(fileno $slave, $_) for 0, 1;
    exec { $ARGV[0] } @ARGV;
    print STDERR "terminal: $ARGV[0]: $!\n";
    POSIX::_exit(127);
  }
  my $guard = fork // die "terminal: fork: $!\n";
  if (!$guard) {
    $SIG{HUP} = 'IGNORE';
    sysread $dead, my $nothing, 1;
    kill 'KILL', $program;
    POSIX::_exit(0);
  }
  close $slave;
  $SIG{HUP} = 'IGNORE';
  waitpid $program, 0;
  my $status = $?;
  kill 'KILL', $guard;
  waitpid $guard, 0;
  syswrite $tell, pack 'i', $status;
  POSIX::_exit(0);
}

sub ended {
  my $bytes = '';
  sysread $told, $bytes, 4;
  return length $bytes == 4 ? unpack('i', $bytes) : 125 << 8;
}

sub shown {
  my $bytes;
  $open = sysread($master, $bytes, 65536) ? 1 : 0;
  return if !$open;
  print $bytes;
  return if @sizes < 2;
  ioctl($master, $SIZE, pop @sizes);
}

sub is_raw {
  my $modes = POSIX::Termios->new;
  $modes->getattr(fileno $master);
  return !($modes->getlflag & POSIX::ICANON);
}

sub type {
  syswrite $master, $typed;
  $typed = '';
}
