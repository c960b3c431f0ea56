#!/bin/sh
# Run by mmdebstrap while it makes the guest's root, with the tree as $1. Fetches the newest cloud kernel of the
# tree's own suite (so the host's distribution does not matter) and keeps its image and modules only: a regular
# installation would pull in an initramfs generator that takes longer than everything else together.
set -eu
tree=$1
mkdir "$tree/kernel"
chroot "$tree" sh -euc '
  cd /kernel
  image=$(apt-cache depends linux-image-cloud-amd64 | sed -n "s/^ *Depends: \(linux-image-[0-9].*\)$/\1/p" | head -n 1)
  apt-get -qq -o APT::Sandbox::User=root download "$image"
  mkdir out
  dpkg-deb --extract ./*.deb out
  # /lib is a link in the tree: move below its target instead of unpacking over it.
  mkdir -p /usr/lib/modules
  mv out/lib/modules/* /usr/lib/modules/
  mv out/boot/vmlinuz-* /boot/vmlinuz
  depmod "$(ls /usr/lib/modules)"
'
rm -r "$tree/kernel"
mkdir -p "$tree/opt/boxcheck" "$tree/h/c" "$tree/h/s" "$tree/run/sshd"
