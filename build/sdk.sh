# Sourced by ./fathom and ./test: finds the .NET SDK and builds with it. Expects $root, the repository.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
export MSBUILDDISABLENODEREUSE=1

# Prints the path of the dotnet program; nothing when there is none.
find_dotnet() {
  local candidate
  for candidate in "${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}" "$(command -v dotnet || true)" "${HOME:-/nonexistent}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then printf '%s\n' "$candidate"; return; fi
  done
}

# Ends the script with exit code 2 and the fix. $1: what was found.
refuse_sdk() {
  cat >&2 <<EOF
Fathom needs the .NET SDK 10.0 (10.0.100 or newer): found $1.
Get it from https://dotnet.microsoft.com/download/dotnet/10.0, or without root:
  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
It is looked for in \$DOTNET_ROOT, \$PATH and ~/.dotnet.
EOF
  exit 2
}

# Sets $dotnet; ends the script when there is no dotnet at all. Cheap: starts nothing.
require_dotnet() {
  dotnet="$(find_dotnet)"
  [ -n "$dotnet" ] || refuse_sdk "no dotnet program"
}

# Ends the script when dotnet has no SDK that global.json takes.
require_sdk() {
  if ! (cd "$root" && "$dotnet" --version >/dev/null 2>&1); then
    local found
    found="$(cd / && "$dotnet" --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')"
    refuse_sdk "$dotnet with ${found:+SDK }${found:-no SDK (a runtime alone cannot build)}"
  fi
}

# Runs a dotnet command with its output in a file that is shown only when it fails: the compiler server outlives the command and would keep a pipe
# open that somebody reads to its end.
dotnet_quietly() {
  local log status=0
  log="$(mktemp)"
  (cd "$root" && "$dotnet" "$@") >"$log" 2>&1 </dev/null || status=$?
  if [ $status -ne 0 ]; then
    if grep -q ': error' "$log"; then grep ': error' "$log" | sort -u >&2; else cat "$log" >&2; fi
  fi
  rm -f "$log"
  return $status
}
