# shellcheck shell=bash
# To be sourced: where on this machine a JDK 25 is.

# Whether a folder holds a JDK 25 that can compile: each JDK tells its version in its release file.
is_jdk25() {
  [[ -n ${1:-} && -x $1/bin/javac && -r $1/release ]] &&
    grep -Eq '^JAVA_VERSION="25(["._+-])' "$1/release"
}

# Prints the home of a JDK 25: first what the environment names, then where installers put it.
find_jdk25() {
  local home
  for home in "${JAVA25_HOME:-}" "${JAVA_HOME_25:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    "${JDK25_HOME:-}" "${JAVA_HOME:-}" "$(home_of_java)" \
    /usr/lib/jvm/*25* /usr/java/*25* /opt/*25* /opt/java/*25* /opt/hostedtoolcache/*/25*/*/ \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/25* "${HOME:-}"/.jdks/*25* \
    "${HOME:-}"/.asdf/installs/java/*25* "${HOME:-}"/.local/share/mise/installs/java/*25*; do
    if is_jdk25 "${home%/}"; then
      printf '%s\n' "${home%/}"
      return 0
    fi
  done
  return 1
}

home_of_java() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java" 2>/dev/null) || return 0
  dirname "$(dirname "$java")"
}
