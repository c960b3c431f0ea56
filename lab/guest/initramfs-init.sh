#!/bin/busybox sh
# First program of the guest: finds the two disks and hands over. Kept so small because all of it is emulated.
/bin/busybox mkdir -p /proc /sys /dev /root
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t devtmpfs dev /dev
while read -r module; do
  /bin/busybox insmod "/modules/$module" || echo "boxcheck: cannot load $module"
done </modules/order
/bin/busybox mount -t ext4 -o noatime,discard /dev/vda /root || echo 'boxcheck: no root disk'
/bin/busybox mount -t ext4 -o ro,noatime /dev/vdb /root/opt/boxcheck || echo 'boxcheck: no payload disk'
/bin/busybox umount /proc
exec /bin/busybox switch_root /root /opt/boxcheck/init
