# Installs what is lacking, on Debian as root or with sudo. To be read by other scripts: `. tests/need.sh`.

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

updated=no
install() {
  command -v apt-get >/dev/null || return 1
  if [ "$updated" = no ]; then
    as_root apt-get update -qq >/dev/null || return 1
    updated=yes
  fi
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# need COMMAND PACKAGE...: makes sure that a command is there.
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null && return 0
  echo "installing $*"
  install "$@" && command -v "$command" >/dev/null
}
