# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for fish. Options and faults are those that the simulator's own help lists.

function __nightlatch_simulator_complete
    set -l current (commandline -ct)
    switch "$current"
        case '--api=*'
            printf '%s\n' --api=1.6 --api=1.13
        case '--auth-modes=*'
            printf '%s\n' --auth-modes={plain,hashed,encrypted}
        case '--discovery=*'
            printf '%s\n' --discovery={normal,empty,hidden,no-ip,stale,foreign,403,garbage}
        case '--push=*'
            printf '%s\n' --push={final,all}
        case '--fault=*'
            command nightlatch-simulator --help | string replace -rf '^  ([a-z][a-z0-9-]*)  +(\S.*)$' -- '--fault=$1\t$2'
        case '-*'
            command nightlatch-simulator --help | string replace -rf '^  (?:-., )?(--[a-z0-9-]+=?)\S*  +(\S.*)$' '$1\t$2'
    end
end

complete -c nightlatch-simulator -f -a '(__nightlatch_simulator_complete)'
