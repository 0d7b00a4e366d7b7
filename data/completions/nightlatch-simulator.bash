# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for bash. Options and faults are those that the simulator's own help lists.

_nightlatch_simulator()
{
    local word=${COMP_LINE:0:COMP_POINT} values=''
    word=${word##*[[:space:]]}

    case $word in
        --api=*) values='1.6 1.13' ;;
        --auth-modes=*) values='plain hashed encrypted' ;;
        --discovery=*) values='normal empty hidden no-ip stale foreign 403 garbage' ;;
        --fault=*) values=$("$1" --help | sed -n '/^Faults:/,/^$/s/^  \([a-z][a-z0-9-]*\)  .*/\1/p') ;;
        --push=*) values='final all' ;;
        -*) values=$("$1" --help | sed -n 's/^  \(-., \)\{0,1\}\(--[a-z0-9-]*=\{0,1\}\).*/\2/p') ;;
    esac

    if [[ $word == --*=* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "${word#*=}")
        [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/${word%%=*}=}")
    else
        mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
    fi
    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
} &&
    complete -F _nightlatch_simulator nightlatch-simulator
