#!/usr/bin/env bash
# start-sshd.sh FOLDER: starts an SSH server on a free port of loopback with keys of its own, all in FOLDER, and writes
# FOLDER/ssh_config, with the host "worker". Its process id is in FOLDER/pid.
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
PATH=$PATH:/usr/sbin:/sbin
sshd=$(command -v sshd) || { echo 'start-sshd.sh: sshd: command not found (apt-get install openssh-server)' >&2; exit 3; }
port=$(node -e 'const server = net.createServer().listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close() })')
ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
cp "$folder/key.pub" "$folder/authorized_keys"
echo "[127.0.0.1]:$port $(cat "$folder/host_key.pub")" > "$folder/known_hosts"
cat > "$folder/sshd_config" << END
ListenAddress 127.0.0.1:$port
HostKey $folder/host_key
AuthorizedKeysFile $folder/authorized_keys
PidFile $folder/pid
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
# The folder may belong to a shared place such as /tmp.
StrictModes no
UsePAM no
END
cat > "$folder/ssh_config" << END
Host worker
  HostName 127.0.0.1
  Port $port
  IdentityFile $folder/key
  IdentitiesOnly yes
  UserKnownHostsFile $folder/known_hosts
  BatchMode yes
END
# The folder that Debian's sshd wants, as its service makes it.
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
"$sshd" -f "$folder/sshd_config" -E "$folder/log"
for ((attempt = 0; attempt < 100; attempt++)); do
  ssh -F "$folder/ssh_config" worker true 2> "$folder/client.log" && exit
  sleep 0.2
done
echo "start-sshd.sh: no connection (see $folder/log)" >&2
exit 3
