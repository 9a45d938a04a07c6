#!/bin/sh
# Makes the part of the image's file system that is not Virga: a JDK with the modules that are needed, the C library of
# this machine, and a user. What runs stands on nothing else: no shell, no package manager.
#
#     JAVA25_HOME=/path/to/jdk deploy/image/root.sh FOLDER
set -eu
root=$1
jdk=${JAVA25_HOME:-${JAVA_HOME:-}}
[ -x "$jdk/bin/jlink" ] || { echo "$0: JAVA25_HOME or JAVA_HOME must name a JDK 25, which has jlink" >&2; exit 2; }

# What `jdeps --print-module-deps` names for Virga's jars, and what is found by name only: file systems in zip files,
# names through JNDI, more character sets, flight recordings, keys by PKCS #11.
modules=java.base,java.desktop,java.instrument,java.management,java.naming,java.net.http
modules=$modules,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.charsets,jdk.crypto.cryptoki,jdk.jfr
modules=$modules,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs,jdk.jcmd

rm -rf "$root"
mkdir -p "$root/etc" "$root/opt" "$root/tmp" "$root/var/lib/virga" "$root/var/cache"

"$jdk/bin/jlink" --module-path "$jdk/jmods" --add-modules "$modules" --no-header-files --no-man-pages \
    --strip-java-debug-attributes --compress zip-6 --output "$root/opt/java"
rm -rf "$root/opt/java/bin/jrunscript" "$root/opt/java/bin/keytool" "$root/opt/java/legal"

# The linker and the libraries that the JDK's files name, under the paths where the linker looks for them.
find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/java' -o -name jspawnhelper \) -exec ldd {} + 2>/dev/null |
    sed -n -e 's/^.* => \(\/[^ ]*\) .*/\1/p' -e 's/^[[:space:]]*\(\/lib[^ ]*\) .*/\1/p' |
    grep -v "^$(cd "$root" && pwd)/" | sort -u |
    while read -r library; do
        case $library in
            */libX* | */libx* | */libasound* | */libfreetype* | */libpng* | */libharfbuzz* | */libbsd* | */libmd.*) continue ;; # for screens
        esac
        mkdir -p "$root${library%/*}"
        cp -L "$library" "$root$library"
    done

echo 'virga:x:65532:65532::/nonexistent:/nologin' > "$root/etc/passwd"
echo 'virga:x:65532:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
