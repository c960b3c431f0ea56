#!/usr/bin/perl
# Holds idle virtual machines open for as long as the guest lives. The first VM to come and the last to go make the
# kernel patch its own code (static keys); under TCG with two CPUs the other one can go on executing the old
# breakpoint for ever, and the machine locks up. With one held, boxes are never the first nor the last. The other has
# no interrupt controller: BoxLite tries /dev/kvm with such a VM before each box (`kvm_has_noapic_vcpu`).
use strict;
sysopen(my $kvm, '/dev/kvm', 2) or die "holder: /dev/kvm: $!";
my @held = map { machine($_) } 1, 0;
open(my $ready, '>', '/run/boxcheck/holder') or die "holder: $!";
close $ready;
sleep 86400 while 1;

sub machine {
  my ($has_irqchip) = @_;
  my $vm = ioctl($kvm, 0xAE01, 0) or die "holder: KVM_CREATE_VM: $!";
  open(my $machine, '+<&=', $vm) or die "holder: $!";
  !$has_irqchip or ioctl($machine, 0xAE60, 0) or die "holder: KVM_CREATE_IRQCHIP: $!";
  ioctl($machine, 0xAE41, 0) or die "holder: KVM_CREATE_VCPU: $!";
  return $machine;
}
