# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for fish. What may follow is asked of nightlatchctl itself.

function __nightlatchctl_complete
    set -l words (commandline -xpc 2>/dev/null; or commandline -opc)
    set -l current (commandline -ct)
    set -l lines (command nightlatchctl complete -- $words[2..] "$current")
    if contains -- \tfiles $lines
        set -l path (string replace -r -- '^--[a-z-]+=' '' "$current")
        set -l prefix (string replace -r -- '^(--[a-z-]+=)?.*' '$1' "$current")
        printf "$prefix%s\n" (__fish_complete_path "$path")
        return
    end
    printf '%s\n' $lines
end

complete -c nightlatchctl -f -a '(__nightlatchctl_complete)'
