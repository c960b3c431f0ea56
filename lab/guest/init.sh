#!/bin/sh
# Second stage: everything BoxLite expects of a machine, then busybox init as PID 1 (it reaps orphans and starts
# services again).
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mountpoint -q /dev || mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs -o mode=1777 shm /dev/shm
mount -t tmpfs -o mode=0755 run /run
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t cgroup2 cgroup /sys/fs/cgroup
mkdir -p /run/sshd /run/boxcheck/launch /var/log/boxcheck
# Homes of the lanes; see lab/lanes.ts.
mkdir -p /h/c /h/c1 /h/s /h/s1 /h/p /h/p1

for module in virtio_net virtio_rng kvm_amd fuse overlay tun; do modprobe "$module" 2>/dev/null; done
# About one start in fifty dies of a triple fault when huge pages are not made at once: under nested emulation an
# interrupt is injected while the page it needs is still missing.
echo always >/sys/kernel/mm/transparent_hugepage/defrag
# A CPU that is stuck is told on the console after twice so many seconds (else 20 s).
echo 5 >/proc/sys/kernel/watchdog_thresh
# BoxLite's jailer puts each box into a cgroup of its own and needs these controllers there.
echo '+cpu +memory +pids' >/sys/fs/cgroup/cgroup.subtree_control
# Two first boxes of a machine race for the group above theirs (BoxLite 0.11.0, jailer/cgroup.rs: looked for, then made),
# and the loser goes without one: its VM outlives its removal. A machine on which a box has run before has that group.
mkdir /sys/fs/cgroup/boxlite
# The first group with a CPU quota to come and the last to go patch the scheduler's code: see holder.pl for why that
# must not happen while boxes come and go.
mkdir /sys/fs/cgroup/boxcheck
echo '100000 100000' >/sys/fs/cgroup/boxcheck/cpu.max

hostname boxcheck-lab
ip link set lo up
ip link set eth0 up
ip address add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2

cp /opt/boxcheck/inittab /etc/inittab
exec /opt/boxcheck/busybox init
